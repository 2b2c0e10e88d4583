#include "engine/model/events.h"

#include "engine/music/instruments.h"
#include "engine/music/statistics.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>

namespace chainsong {
namespace {

constexpr int kMaxBars = 65'536; // a hostile file may end years from now
constexpr std::size_t kMaxSounding = 32;

/// The tonic as a signed distance from C: F# up to 6, G down to -5, so that classes stay near the keys.
int shiftOf(const Key& key) { return key.tonic <= 6 ? key.tonic : key.tonic - 12; }

std::int64_t nearestStep(Tick at) { return (at.value + kTicksPerStep / 2) / kTicksPerStep; }

/// The highest class that a part may write under a key.
int highestPitchClass(const Part& part, const Key& key) { return pitchClassOf(127, part.is_drums, key); }

/// A metre whose bar has exactly this length, in beats of `unit` if they fit; only bars cut short need one.
std::optional<Metre> metreOfLength(Tick length, int unit) {
    for (int candidate : {unit, 4, 8, 16, 32}) {
        const std::int64_t beat = Metre{1, candidate}.barLength().value;
        if (length.value > 0 && length.value % beat == 0 && length.value / beat <= 255)
            return Metre{static_cast<int>(length.value / beat), candidate};
    }
    return std::nullopt;
}

/// Where each part's notes come from.
Result<std::vector<std::size_t>> tracksOfParts(const Score& score) {
    std::vector<std::size_t> tracks;
    const bool has_room = score.tracks.size() <= kMaxParts;
    for (std::size_t track = 0; track < score.tracks.size(); ++track)
        if (has_room || !score.tracks[track].notes.empty()) tracks.push_back(track);
    if (tracks.size() > kMaxParts)
        return Error{"the piece has " + std::to_string(tracks.size()) + " voices; the model reads at most "
                + std::to_string(kMaxParts),
            score.title};
    return tracks;
}

Result<std::vector<BarFrame>> barsOf(const Score& score) {
    const int count = numBars(score);
    if (count <= 0) return Error{"the piece has no bars", score.title};
    if (count > kMaxBars)
        return Error{"the piece has more than " + std::to_string(kMaxBars) + " bars", score.title};
    const MetreMap metres(score.metres);
    const Key home = estimateKey(score).key;
    std::vector<BarFrame> bars;
    bars.reserve(static_cast<std::size_t>(count));
    auto next_key = score.keys.begin();
    Key key = home; // until the first written one
    for (int bar = 0; bar < count; ++bar) {
        const Tick start = metres.barStart(bar);
        while (next_key != score.keys.end() && next_key->at <= start) key = (next_key++)->key;
        Metre metre = metres.metreOfBar(bar);
        const Tick length = metres.barLength(bar);
        const bool is_whole = length == metre.barLength();
        const auto own = is_whole ? metre : metreOfLength(length, metre.unit);
        if (!own || length.value % kTicksPerStep != 0 || length.value / kTicksPerStep > kMaxBarSteps)
            return Error{"bar " + std::to_string(bar + 1) + " (" + metreName(metre) + ", "
                    + std::to_string(length.value) + " ticks) does not fit the model's grid",
                score.title};
        bars.push_back({*own, key});
    }
    return bars;
}

/// One note on the grid, before its place in a bar is known.
struct GridNote {
    std::int64_t start_step = 0;
    int part = 0;
    int key = 0;
    int steps = 1;
    int velocity = 0;
    bool standsAt(const GridNote& other) const {
        return start_step == other.start_step && part == other.part && key == other.key;
    }
};

std::vector<GridNote> gridNotes(
    const Score& score, const std::vector<std::size_t>& tracks, std::int64_t past_last_step) {
    std::vector<GridNote> notes;
    for (std::size_t part = 0; part < tracks.size(); ++part) {
        for (const Note& note : score.tracks[tracks[part]].notes) {
            const std::int64_t start =
                std::clamp<std::int64_t>(nearestStep(note.start), 0, past_last_step - 1);
            const std::int64_t steps =
                std::clamp<std::int64_t>(nearestStep(note.end()) - start, 1, kMaxDuration);
            notes.push_back({start, static_cast<int>(part), note.key, static_cast<int>(steps),
                std::min(note.velocity_127 / 16, kNumVelocityClasses - 1)});
        }
    }
    std::sort(notes.begin(), notes.end(), [](const GridNote& a, const GridNote& b) {
        if (a.start_step != b.start_step) return a.start_step < b.start_step;
        if (a.part != b.part) return a.part < b.part;
        if (a.key != b.key) return a.key < b.key;
        return a.steps != b.steps ? a.steps > b.steps
                                  : a.velocity > b.velocity; // the longest first: it stays
    });
    notes.erase(std::unique(notes.begin(), notes.end(),
                    [](const GridNote& kept, const GridNote& next) { return kept.standsAt(next); }),
        notes.end());
    return notes;
}

/// Tracks named after their instruments; of several alike the first is "violin 1".
std::vector<Track> tracksOf(const std::vector<Part>& parts) {
    std::map<std::string, int> total, so_far;
    for (const Part& part : parts) ++total[partName(part)];
    std::vector<Track> tracks;
    for (const Part& part : parts) {
        Track track;
        track.name = partName(part);
        if (total[track.name] > 1) track.name += " " + std::to_string(++so_far[partName(part)]);
        track.program = part.program;
        track.is_drums = part.is_drums;
        tracks.push_back(std::move(track));
    }
    return tracks;
}

} // namespace

int pitchClassOf(int midi_key, bool is_drums, const Key& key) {
    assert(midi_key >= 0 && midi_key <= 127);
    return is_drums ? kNumPitchedClasses + midi_key : midi_key - shiftOf(key) + 6;
}

int midiKeyOf(int pitch_class, const Key& key) {
    return isDrumClass(pitch_class) ? pitch_class - kNumPitchedClasses : pitch_class + shiftOf(key) - 6;
}

std::string partName(const Part& part) {
    return std::string(part.is_drums ? kDrumsName : instrumentName(part.program));
}

Result<PieceFrame> frameOf(const Score& score) {
    const auto tracks = tracksOfParts(score);
    if (!tracks) return tracks.error();
    auto bars = barsOf(score);
    if (!bars) return bars.error();
    PieceFrame frame;
    frame.bars = std::move(*bars);
    for (std::size_t track : *tracks)
        frame.parts.push_back({score.tracks[track].program, score.tracks[track].is_drums});
    if (frame.parts.empty()) frame.parts.push_back({});
    frame.tempo_bpm = TempoMap(score.tempos).tempoBpmAt({0});
    return frame;
}

Result<EventPiece> toEvents(const Score& score) {
    auto frame = frameOf(score);
    if (!frame) return frame.error();
    EventPiece piece{std::move(*frame), {}};
    std::int64_t past_last_step = 0;
    for (const BarFrame& bar : piece.frame.bars) past_last_step += bar.numSteps();
    const auto notes = gridNotes(score, *tracksOfParts(score), past_last_step);
    piece.events.reserve(notes.size() + piece.frame.bars.size());
    auto note = notes.begin();
    std::int64_t bar_start = 0;
    for (const BarFrame& bar : piece.frame.bars) {
        for (; note != notes.end() && note->start_step < bar_start + bar.numSteps(); ++note) {
            const bool is_drums = piece.frame.parts[static_cast<std::size_t>(note->part)].is_drums;
            piece.events.push_back({false, static_cast<int>(note->start_step - bar_start), note->part,
                pitchClassOf(note->key, is_drums, bar.key), note->steps - 1, note->velocity});
        }
        piece.events.push_back(kBarLine);
        bar_start += bar.numSteps();
    }
    return piece;
}

Score toScore(const PieceFrame& frame, const std::vector<Event>& events) {
    Score score;
    score.tempos = {tempoAt({0}, frame.tempo_bpm)};
    score.tracks = tracksOf(frame.parts);
    for (const BarFrame& bar : frame.bars) {
        if (score.metres.empty() || !(score.metres.back().metre == bar.metre))
            score.metres.push_back({score.end, bar.metre});
        if (score.keys.empty() || !(score.keys.back().key == bar.key))
            score.keys.push_back({score.end, bar.key});
        score.end = score.end + bar.metre.barLength();
    }
    std::size_t bar = 0;
    Tick bar_start;
    for (const Event& event : events) {
        if (bar >= frame.bars.size()) break;
        if (event.is_bar_line) {
            bar_start = bar_start + frame.bars[bar++].metre.barLength();
            continue;
        }
        const int key = midiKeyOf(event.pitch, frame.bars[bar].key);
        const auto part = static_cast<std::size_t>(event.part);
        assert(key >= 0 && key <= 127 && part < score.tracks.size());
        if (key < 0 || key > 127 || part >= score.tracks.size()) continue;
        Note note;
        note.start = bar_start + Tick{event.position * kTicksPerStep};
        // The frame says how long the piece is: what would ring on ends with it.
        note.length = std::min(Tick{(event.duration + 1) * kTicksPerStep}, score.end - note.start);
        note.key = static_cast<std::uint8_t>(key);
        note.velocity_127 = static_cast<std::uint8_t>(event.velocity * 16 + 8);
        score.tracks[part].notes.push_back(note);
    }
    return normalised(std::move(score));
}

EventCursor::EventCursor(const PieceFrame& frame) {
    m_last_key.fill(-1);
    enterBar(frame);
}

void EventCursor::enterBar(const PieceFrame& frame) {
    m_bar_steps = isAtEnd(frame) ? 0 : frame.bars[static_cast<std::size_t>(m_bar)].numSteps();
    m_position = 0;
    m_part = -1;
    m_pitch = -1;
    m_is_position_full = false;
}

bool EventCursor::allowsPart(int position, int part, const PieceFrame& frame) const {
    if (part < 0 || part >= static_cast<int>(frame.parts.size()) || !allowsPosition(position)) return false;
    if (position > m_position || part > m_part) return true;
    const Key& key = frame.bars[static_cast<std::size_t>(m_bar)].key;
    return part == m_part && m_pitch < highestPitchClass(frame.parts[static_cast<std::size_t>(part)], key);
}

bool EventCursor::allowsPitch(int position, int part, int pitch, const PieceFrame& frame) const {
    if (!allowsPart(position, part, frame)) return false;
    if (isDrumClass(pitch) != frame.parts[static_cast<std::size_t>(part)].is_drums) return false;
    const int key = midiKeyOf(pitch, frame.bars[static_cast<std::size_t>(m_bar)].key);
    if (key < 0 || key > 127) return false;
    return position > m_position || part > m_part || pitch > m_pitch;
}

void EventCursor::advance(const Event& event, const PieceFrame& frame) {
    if (isAtEnd(frame)) return;
    if (event.is_bar_line) {
        m_bar_start += m_bar_steps;
        ++m_bar;
        enterBar(frame);
    } else {
        const Key& key = frame.bars[static_cast<std::size_t>(m_bar)].key;
        const Part& part = frame.parts[static_cast<std::size_t>(event.part)];
        m_position = event.position;
        m_part = event.part;
        m_pitch = event.pitch;
        m_is_position_full =
            m_part + 1 == static_cast<int>(frame.parts.size()) && m_pitch >= highestPitchClass(part, key);
        m_last_key[static_cast<std::size_t>(m_part)] = midiKeyOf(m_pitch, key);
    }
    const int now = m_bar_start + m_position;
    std::erase_if(m_sounding, [now](const Sounding& note) { return note.end_step <= now; });
    if (event.is_bar_line) return;
    if (m_sounding.size() == kMaxSounding) m_sounding.erase(m_sounding.begin());
    m_sounding.push_back({m_part, m_last_key[static_cast<std::size_t>(m_part)], now + event.duration + 1});
}

} // namespace chainsong
