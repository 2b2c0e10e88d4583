#include "engine/compose/remember.h"

#include "engine/music/tempo_map.h"

#include <algorithm>
#include <set>

namespace chainsong {
namespace {

constexpr int kPhraseBars = 2; // as libraries are cut
constexpr std::size_t kMostAsked = 64;

/// The styles and moods that are asked for, in the words of libraries.
std::string valuesOf(const std::vector<Chip>& chips) {
    std::string words;
    for (const Chip& chip : chips)
        if (chip.name == "style" || chip.name == "mood")
            if (const auto* value = std::get_if<std::string>(&chip.value))
                words += (words.empty() ? "" : " ") + *value;
    return words;
}

/// The last two bars of the highest voice that has notes there.
std::optional<MelodyVector> endOf(const Score& score) {
    const int bars = numBars(score);
    for (const Voice& voice : voicesOf(score))
        if (const auto phrase =
                phraseAt(score, voice, std::max(0, bars - kPhraseBars), std::min(bars, kPhraseBars)))
            return embedMelody(*phrase);
    return std::nullopt;
}

} // namespace

RememberedPhrase rememberedPhrase(const Phrase& phrase, const PhraseSource& source) {
    const int num_bars = std::max(1, phrase.past_last_bar - phrase.first_bar);
    const int bar_steps = std::clamp(phrase.length_steps / num_bars, 1, kMaxBarSteps);
    RememberedPhrase remembered{{{phrase.program, false}}, {}, {}};
    for (const PhraseNote& note : phrase.notes)
        remembered.notes.push_back({false, note.position % bar_steps, 0, note.pitch,
            std::clamp(note.duration_steps, 1, kMaxDuration) - 1, kNumVelocityClasses / 2});
    remembered.origin = (source.title.empty() ? source.path : source.title) + ", bars "
        + std::to_string(phrase.first_bar + 1) + "-" + std::to_string(phrase.past_last_bar);
    if (!source.part.empty()) remembered.origin += " (" + source.part + ")";
    return remembered;
}

std::vector<RememberedPhrase> rememberedFor(const RangeQueryer& queryer, const std::string& prompt,
    const std::vector<Chip>& chips, const Score* melody) {
    std::vector<FoundPhrase> found;
    const auto ask = [&](PhraseQuestion question) {
        question.most = kMostAsked;
        const auto more = queryer.ask(question);
        found.insert(found.end(), more.begin(), more.end());
    };
    if (const auto end = melody ? endOf(*melody) : std::nullopt)
        ask({.melody = end, .melody_radius = 2, .text = {}});
    // A long prompt's other words drown the one that names the style, so that is asked for by itself first.
    for (const std::string& words : {valuesOf(chips), prompt})
        if (words.find_first_not_of(" \t\n") != std::string::npos)
            ask({.melody = {}, .text = embedText(words)});

    std::vector<RememberedPhrase> phrases;
    std::set<std::uint32_t> sources;
    for (const FoundPhrase& one : found) {
        if (phrases.size() >= kMostRemembered) break;
        const std::uint32_t source = queryer.library().sourceOf(one.id);
        const Phrase phrase = queryer.library().phrase(one.id);
        if (phrase.notes.empty() || !sources.insert(source).second) continue;
        phrases.push_back(rememberedPhrase(phrase, queryer.library().source(source)));
    }
    return phrases;
}

} // namespace chainsong
