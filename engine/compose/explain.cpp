#include "engine/compose/explain.h"

#include "engine/compose/request.h"
#include "engine/model/muse/features.h"
#include "engine/model/prompt/parser.h"
#include "engine/model/reasons.h"

#include <cmath>
#include <map>
#include <tuple>

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Part, step from the piece's start, MIDI key: what tells one note of a piece from another.
using NotePlace = std::tuple<int, std::int64_t, int>;

/// The same rounding as toEvents' and the same choice of tracks.
std::map<NotePlace, std::pair<std::size_t, std::size_t>> placesOf(
    const Score& score, std::int64_t num_steps) {
    std::map<NotePlace, std::pair<std::size_t, std::size_t>> places;
    const bool has_room = score.tracks.size() <= kMaxParts;
    int part = 0;
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        if (!has_room && score.tracks[t].notes.empty()) continue;
        for (std::size_t n = 0; n < score.tracks[t].notes.size(); ++n) {
            const Note& note = score.tracks[t].notes[n];
            const std::int64_t step = (note.start.value + kTicksPerStep / 2) / kTicksPerStep;
            places.try_emplace({part, std::min(step, num_steps - 1), note.key}, t, n);
        }
        ++part;
    }
    return places;
}

std::optional<NoteExplanation::Influence> influenceOf(const Look& look, const std::vector<PromptWord>& words,
    const std::vector<Chip>& chips, const std::vector<RememberedPhrase>& phrases) {
    using Kind = NoteExplanation::Influence::Kind;
    NoteExplanation::Influence influence{Kind::kWord, {}, {}, look.index, {}, look.share_unit};
    switch (look.what) {
    case Look::What::kNothing: return std::nullopt;
    case Look::What::kWord: influence.word = words[at(look.index)].span; break;
    case Look::What::kChip: {
        const Chip& chip = chips[at(look.index)];
        influence.kind = Kind::kChip;
        influence.chip = chip.name + "=" + std::get<std::string>(chip.value);
        break;
    }
    case Look::What::kPastBar: influence.kind = Kind::kEarlierBar; break;
    case Look::What::kGivenBar: influence.kind = Kind::kGivenBar; break;
    case Look::What::kPhrase:
        influence.kind = Kind::kPhrase;
        influence.phrase = phrases[at(look.index)].origin;
        break;
    }
    return influence;
}

} // namespace

Result<ScoreExplanation> explain(const Prior& prior, const Score& score, const std::string& prompt,
    const std::vector<Chip>& edited_chips, const std::vector<RememberedPhrase>& remembered,
    std::stop_token stop) {
    auto piece = toEvents(score);
    if (!piece) return piece.error();
    const ParsedPrompt parsed = parsePrompt(prompt);
    PieceFrame& frame = piece->frame;
    frame.prompt = parsed.prompt;
    frame.chips = merged(parsed.chips, edited_chips);
    frame.remembered = remembered;
    const auto reasons = reasonsOf(prior, {.frame = frame, .given = {}}, piece->events, stop);
    if (stop.stop_requested()) return Error{std::string(kStopped)};

    const std::vector<PromptWord> words = wordsOf(frame.prompt);
    const std::vector<Chip> chips = learntChips(frame.chips);
    std::int64_t num_steps = 0;
    for (const BarFrame& bar : frame.bars) num_steps += bar.numSteps();
    const auto places = placesOf(score, num_steps);
    ScoreExplanation explanation(score.tracks.size());
    for (std::size_t t = 0; t < score.tracks.size(); ++t) explanation[t].resize(score.tracks[t].notes.size());

    std::size_t bar = 0, next = 0;
    std::int64_t bar_start = 0;
    for (const Event& event : piece->events) {
        if (event.is_bar_line) {
            bar_start += frame.bars[bar++].numSteps();
            continue;
        }
        const Key& key = frame.bars[bar].key;
        const NoteReason& reason = reasons[next++];
        const auto place = places.find({event.part, bar_start + event.position, midiKeyOf(event.pitch, key)});
        if (place == places.end()) continue;
        NoteExplanation& note = explanation[place->second.first][place->second.second];
        note.probability = std::exp(reason.log_prob);
        note.pitch_probability = reason.pitch_prob;
        for (const auto& choice : reason.pitches)
            note.choices.push_back({midiKeyOf(choice.pitch, key), choice.prob});
        for (const Look& look : reason.looks)
            if (auto influence = influenceOf(look, words, chips, frame.remembered))
                note.influences.push_back(*std::move(influence));
    }
    return explanation;
}

} // namespace chainsong
