#include "engine/model/phrases/phrase.h"

#include "engine/model/events.h"
#include "engine/music/statistics.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace chainsong {
namespace {

Tick onGrid(Tick at) { return {(at.value + kTicksPerStep / 2) / kTicksPerStep * kTicksPerStep}; }

int stepsOf(Tick length) { return static_cast<int>(length.value / kTicksPerStep); }

/// The highest note of each onset, unless a higher one sounds on until it has ended.
std::vector<Note> melodyOf(const std::vector<Note>& notes) {
    constexpr Tick kShortest{kTicksPerStep};
    constexpr Tick kLongest{kMaxDuration * kTicksPerStep};
    std::vector<Note> melody;
    for (Note note : notes) {
        const Tick end = onGrid(note.end());
        note.start = onGrid(note.start);
        note.length = std::clamp(end - note.start, kShortest, kLongest);
        if (melody.empty() || melody.back().start < note.start) {
            const bool is_covered =
                !melody.empty() && melody.back().key > note.key && melody.back().end() >= note.end();
            if (!is_covered) melody.push_back(note);
        } else if (melody.back().start == note.start && note.key >= melody.back().key) {
            melody.back() = note;
        }
    }
    for (std::size_t i = 0; i + 1 < melody.size(); ++i)
        melody[i].length = std::min(melody[i].length, melody[i + 1].start - melody[i].start);
    return melody;
}

/// Equal for phrases that are transpositions of each other, different for others but for accidents of
/// hashing.
std::uint64_t shapeOf(const Phrase& phrase) {
    std::uint64_t hash = static_cast<std::uint64_t>(phrase.length_steps);
    const auto mix = [&hash](int value) {
        hash = (hash ^ static_cast<std::uint64_t>(value + 1024)) * 0x9E3779B97F4A7C15ull;
        hash ^= hash >> 29;
    };
    for (const PhraseNote& note : phrase.notes) {
        mix(note.position);
        mix(note.duration_steps);
        mix(note.pitch - phrase.notes.front().pitch);
    }
    return hash;
}

class Cutter {
public:
    Cutter(const Score& score, const PhraseCut& cut)
        : m_score(score)
        , m_cut(cut)
        , m_metres(score.metres)
        , m_estimated(score.keys.empty() ? estimateKey(score).key : Key{}) { }

    void cutVoice(const Voice& voice, int index, std::vector<PlacedPhrase>& phrases) {
        const auto& notes = voice.notes;
        int last_bar = -1;
        for (std::size_t i = 0; i < notes.size(); ++i) {
            const int bar = m_metres.barAt(notes[i].start);
            if (bar == last_bar) continue; // not the bar's first note
            last_bar = bar;
            if (bar % m_cut.hop_bars != 0) continue;
            PlacedPhrase placed{phraseFrom(voice, i, bar), index, static_cast<int>(i)};
            const auto count = static_cast<int>(placed.phrase.notes.size());
            if (count < m_cut.least_notes || count > m_cut.most_notes) continue;
            if (m_shapes.insert(shapeOf(placed.phrase)).second) phrases.push_back(std::move(placed));
        }
    }

    Phrase phraseFrom(const Voice& voice, std::size_t first, int bar) const {
        const Tick start = m_metres.barStart(bar), end = m_metres.barStart(bar + m_cut.bars);
        Phrase phrase;
        phrase.track = voice.track;
        phrase.program = voice.program;
        phrase.first_bar = bar;
        phrase.past_last_bar = bar + m_cut.bars;
        phrase.key = m_score.keys.empty() ? m_estimated : keyAt(m_score, start);
        constexpr std::int64_t kLongestSteps = 65'535;
        phrase.length_steps = static_cast<int>(std::min(kLongestSteps, (end - start).value / kTicksPerStep));
        for (std::size_t i = first; i < voice.notes.size() && voice.notes[i].start < end; ++i) {
            const Note& note = voice.notes[i];
            if ((note.start - start).value / kTicksPerStep >= kLongestSteps) break;
            phrase.notes.push_back({stepsOf(note.start - start), stepsOf(note.length),
                pitchClassOf(note.key, false, phrase.key)});
            if (static_cast<int>(phrase.notes.size()) > m_cut.most_notes) break; // too many already
        }
        return phrase;
    }

private:
    const Score& m_score;
    const PhraseCut& m_cut;
    MetreMap m_metres;
    Key m_estimated;
    std::unordered_set<std::uint64_t> m_shapes;
};

} // namespace

std::vector<Voice> voicesOf(const Score& score) {
    std::vector<Voice> voices;
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        const Track& track = score.tracks[t];
        if (track.is_drums || track.notes.empty()) continue;
        voices.push_back({static_cast<int>(t), track.program, melodyOf(track.notes)});
    }
    return voices;
}

std::vector<PlacedPhrase> phrasesOf(const Score& score, std::span<const Voice> voices, const PhraseCut& cut) {
    std::vector<PlacedPhrase> phrases;
    Cutter cutter(score, cut);
    for (std::size_t v = 0; v < voices.size(); ++v) cutter.cutVoice(voices[v], static_cast<int>(v), phrases);
    return phrases;
}

std::optional<Phrase> phraseAt(const Score& score, const Voice& voice, int first_bar, int num_bars) {
    PhraseCut cut;
    cut.bars = num_bars;
    cut.most_notes = std::numeric_limits<int>::max();
    const MetreMap metres(score.metres);
    const Tick start = metres.barStart(first_bar);
    const auto first = std::lower_bound(voice.notes.begin(), voice.notes.end(), start,
        [](const Note& note, Tick at) { return note.start < at; });
    if (first == voice.notes.end() || first->start >= metres.barStart(first_bar + num_bars))
        return std::nullopt;
    return Cutter(score, cut)
        .phraseFrom(voice, static_cast<std::size_t>(first - voice.notes.begin()), first_bar);
}

} // namespace chainsong
