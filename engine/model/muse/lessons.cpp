#include "engine/model/muse/lessons.h"

#include "engine/model/form.h"
#include "engine/model/muse/captions.h"
#include "engine/music/instruments.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

namespace chainsong {
namespace {

/// Instruments that take each other's place when a piece is learnt again with other colours.
constexpr std::array kStandIns { 0, 6, 19, 24, 40, 41, 42, 43, 48, 52, 56, 60, 68, 70, 71, 73 };

/// Tracks beyond kMaxParts are left out; the fullest stay.
Score withMostParts(Score score)
{
    std::vector<std::size_t> order(score.tracks.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return score.tracks[a].notes.size() > score.tracks[b].notes.size(); });
    order.resize(std::min<std::size_t>(order.size(), kMaxParts));
    std::sort(order.begin(), order.end());
    std::vector<Track> kept;
    for (const std::size_t i : order) kept.push_back(std::move(score.tracks[i]));
    score.tracks = std::move(kept);
    return score;
}

/// The piece with only some of its parts, chosen at random.
EventPiece withFewerParts(const EventPiece& piece, Rng& rng)
{
    const std::size_t count = piece.frame.parts.size();
    std::vector<int> new_part(count, -1);
    EventPiece fewer;
    fewer.frame = piece.frame;
    fewer.frame.parts.clear();
    const std::size_t forced = rng.below(count);
    for (std::size_t p = 0; p < count; ++p) {
        if (p != forced && rng.uniform() < 0.5) continue;
        new_part[p] = static_cast<int>(fewer.frame.parts.size());
        fewer.frame.parts.push_back(piece.frame.parts[p]);
    }
    for (Event event : piece.events) {
        if (!event.is_bar_line) event.part = new_part[static_cast<std::size_t>(event.part)];
        if (event.part >= 0) fewer.events.push_back(event);
    }
    return fewer;
}

void changeInstruments(EventPiece& piece, Rng& rng)
{
    for (std::size_t p = 0; p < piece.frame.parts.size(); ++p) {
        Part& part = piece.frame.parts[p];
        if (part.is_drums || rng.uniform() < 0.4) continue;
        KeyRange used { 127, 0 };
        for (const Event& event : piece.events) {
            if (event.is_bar_line || event.part != static_cast<int>(p)) continue;
            const int key = midiKeyOf(event.pitch, piece.frame.bars.front().key);
            used = { std::min(used.lowest, key), std::max(used.highest, key) };
        }
        const int program = kStandIns[rng.below(kStandIns.size())];
        const KeyRange range = comfortableRange(program);
        if (range.lowest <= used.lowest + 3 && range.highest >= used.highest - 3) part.program = program;
    }
}

/// Which notes are shown beforehand: nothing (half the time), all from some bar on, whole parts, or single pins.
GivenFlags drawGiven(const EventPiece& piece, int first_bar, Rng& rng)
{
    const double kind = rng.uniform();
    if (kind < 0.5) return {};
    const int right_from = first_bar + 1 + static_cast<int>(rng.below(12));
    const auto shown_parts = static_cast<std::uint32_t>(rng());
    const double pin_chance = 0.05 + 0.25 * rng.uniform();
    GivenFlags given;
    int bar = 0;
    for (const Event& event : piece.events) {
        if (event.is_bar_line) {
            ++bar;
            continue;
        }
        const bool is_given = kind < 0.75 ? bar >= right_from : kind < 0.88 ? (shown_parts >> event.part & 1u) != 0 : rng.uniform() < pin_chance;
        given.push_back(is_given ? 1 : 0);
    }
    return given;
}

/// Two bars of a piece, wherever they are; none if they could be the ones of a window that begins at `avoid_bar` (-1: any will do).
RememberedPhrase drawPhrase(const EventPiece& piece, int avoid_bar, Rng& rng)
{
    constexpr int kPhraseBars = 2, kWindowBars = 12;
    const int first = static_cast<int>(rng.below(piece.frame.bars.size()));
    RememberedPhrase phrase { piece.frame.parts, {}, {} };
    if (avoid_bar >= 0 && first > avoid_bar - kPhraseBars && first < avoid_bar + kWindowBars) return phrase;
    int bar = 0;
    for (const Event& event : piece.events) {
        if (event.is_bar_line) ++bar;
        else if (bar >= first && bar < first + kPhraseBars) phrase.notes.push_back(event);
    }
    return phrase;
}

/// A third of the windows are reminded of one to four phrases: from elsewhere in the piece, or from its kin.
void remind(TrainingWindow& window, const LessonPart& part, const EventPiece& piece, int first_bar, Rng& rng)
{
    if (rng.uniform() >= 0.35) return;
    const bool is_own = rng.uniform() < 0.5;
    for (std::size_t left = 1 + rng.below(4); left > 0; --left) {
        const RememberedPhrase phrase = is_own ? drawPhrase(piece, first_bar, rng) : drawPhrase(part.train[rng.below(part.train.size())].events, -1, rng);
        if (!phrase.notes.empty()) addPhrase(window, phrase);
    }
}

/// Most windows are told which bars come again, as a composed piece's plan tells them; a third are not, and some of some bars only.
void tellForm(EventPiece& piece, std::vector<BarForm> form, Rng& rng)
{
    const double kind = rng.uniform();
    if (kind < 0.35) return;
    const double left_out = kind < 0.5 ? rng.uniform() : 0;
    for (std::size_t b = 0; b < piece.frame.bars.size(); ++b)
        if (left_out == 0 || rng.uniform() >= left_out) piece.frame.bars[b].form = form[b];
}

}  // namespace

double visitingWeight(const std::string& part, std::size_t num_pieces)
{
    // Small parts by little: at 0.09 the chorales were learnt by heart within 20 million notes (docs/muse.md).
    constexpr auto kWeights = std::to_array<std::pair<std::string_view, double>>({ { "folk-dance", 0.24 }, { "nottingham", 0.05 }, { "chorale", 0.02 },
        { "chorale-synthetic", 0.04 }, { "hymn", 0.03 }, { "keyboard-and-chamber", 0.20 }, { "romantic-piano", 0.11 }, { "art-song", 0.14 },
        { "string-quartet", 0.09 }, { "orchestra", 0.03 }, { "early-jazz", 0.015 }, { "ragtime", 0.01 }, { "drums", 0.03 }, { "band", 0.015 } });
    for (const auto& [name, weight] : kWeights)
        if (name == part) return weight;
    return 0.1 * std::min(1.0, static_cast<double>(num_pieces) / 100);
}

Result<Lessons> readLessons(const std::string& corpus_dir, const std::vector<std::string>& parts, const std::string& split, bool with_training,
    const ReadScore& read_score)
{
    const auto pieces = listCorpus(corpus_dir, parts);
    if (!pieces) return pieces.error();
    Lessons lessons;
    for (const CorpusPiece& piece : *pieces) {
        const bool is_held_out = piece.split == split;
        if (!is_held_out && !(with_training && piece.split == "train")) continue;
        const auto skip = [&](const std::string& why) { lessons.skipped.push_back(std::filesystem::path(piece.path).filename().string() + ": " + why); };
        auto score = read_score(piece.path);
        if (!score) {
            skip(score.error().what);
            continue;
        }
        auto events = toEvents(withMostParts(std::move(*score)));
        if (!events) {
            skip(events.error().what);
            continue;
        }
        if (events->events.size() < events->frame.bars.size() + 8) {
            skip("fewer than eight notes");
            continue;
        }
        if (lessons.parts.empty() || lessons.parts.back().name != piece.part) lessons.parts.push_back({ piece.part, 0, {}, {} });
        auto& where = is_held_out ? lessons.parts.back().held_out : lessons.parts.back().train;
        auto form = formOf(*events);
        where.push_back({ piece, std::move(*events), std::move(form) });
    }
    for (LessonPart& part : lessons.parts) part.weight = visitingWeight(part.name, part.train.size());
    if (lessons.parts.empty()) return Error { "no piece of this corpus could be read", corpus_dir };
    return lessons;
}

TrainingWindow drawWindow(const LessonPart& part, int max_steps, Rng& rng)
{
    const Lesson& lesson = part.train[rng.below(part.train.size())];
    const bool has_fewer = lesson.events.frame.parts.size() > 1 && rng.uniform() < 0.25;
    EventPiece piece = has_fewer ? withFewerParts(lesson.events, rng) : lesson.events;
    tellForm(piece, has_fewer ? formOf(piece) : lesson.form, rng);
    if (rng.uniform() < 0.2) changeInstruments(piece, rng);
    piece.frame.prompt = captionOf(lesson.piece, piece.frame, rng);
    piece.frame.chips = chipsOf(lesson.piece, piece, rng);
    // A third of the windows begin where pieces begin: that is what composing from nothing needs.
    const int first_bar = rng.uniform() < 0.33 ? 0 : static_cast<int>(rng.below(piece.frame.bars.size()));
    TrainingWindow window = makeWindow(piece, drawGiven(piece, first_bar, rng), first_bar, max_steps);
    remind(window, part, piece, first_bar, rng);
    return window;
}

std::vector<TrainingWindow> heldOutWindows(const Lesson& lesson, int max_steps)
{
    EventPiece piece = lesson.events;
    if (!lesson.piece.tags.empty()) piece.frame.chips = { { "style", lesson.piece.tags.front(), 1, ChipSource::kGrammar, 1, {} } };
    std::vector<TrainingWindow> windows;
    const int num_bars = static_cast<int>(piece.frame.bars.size());
    for (int bar = 0; bar < num_bars;) {
        windows.push_back(makeWindow(piece, {}, bar, max_steps));
        const TrainingWindow& window = windows.back();
        bar = std::max(bar + 1, window.bar_index.front() + window.step_bar.back() + 1);
    }
    return windows;
}

}  // namespace chainsong
