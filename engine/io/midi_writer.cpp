#include "engine/io/midi_file.h"

#include "engine/base/atomic_file.h"
#include "engine/base/text.h"
#include "engine/io/midi_track.h"
#include "engine/io/notation.h"
#include "engine/music/instruments.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>

namespace chainsong {
namespace {

constexpr int kDrumChannel = 9;
constexpr int kReleaseVelocity = 64;
constexpr std::int64_t kLongestStep = 0x0FFFFFFF;

/// The bytes of one track, event by event in ascending time.
class TrackWriter {
public:
    void meta(Tick at, int kind, std::string_view block) {
        step(at);
        m_bytes.insert(m_bytes.end(), {0xFF, static_cast<std::uint8_t>(kind)});
        variableLength(block.size());
        m_bytes.insert(m_bytes.end(), block.begin(), block.end());
    }
    void meta(Tick at, int kind, std::initializer_list<int> block) {
        std::string bytes;
        for (const int byte : block) bytes.push_back(static_cast<char>(static_cast<std::uint8_t>(byte)));
        meta(at, kind, bytes);
    }
    void channel(Tick at, int status, int first) { event(at, {status, first}); }
    void channel(Tick at, int status, int first, int second) { event(at, {status, first, second}); }

    /// The whole chunk; nothing may follow.
    std::vector<std::uint8_t> finished(Tick end) {
        meta(std::max(end, m_now), 0x2F, ""); // changes may stand behind the end
        std::vector<std::uint8_t> chunk{'M', 'T', 'r', 'k'};
        for (int shift = 24; shift >= 0; shift -= 8)
            chunk.push_back(static_cast<std::uint8_t>(m_bytes.size() >> shift));
        chunk.insert(chunk.end(), m_bytes.begin(), m_bytes.end());
        return chunk;
    }

private:
    void event(Tick at, std::initializer_list<int> bytes) {
        step(at);
        for (const int byte : bytes) m_bytes.push_back(static_cast<std::uint8_t>(byte));
    }
    void step(Tick at) {
        std::int64_t delta = at.value - m_now.value;
        assert(delta >= 0 && "events come in ascending time");
        for (; delta > kLongestStep;
             delta -= kLongestStep) { // an empty text on the way: a step holds 28 bits
            variableLength(static_cast<std::uint64_t>(kLongestStep));
            m_bytes.insert(m_bytes.end(), {0xFF, 0x01, 0x00});
        }
        variableLength(static_cast<std::uint64_t>(delta));
        m_now = at;
    }
    void variableLength(std::uint64_t value) {
        for (int shift = 21; shift > 0; shift -= 7)
            if (value >> shift != 0)
                m_bytes.push_back(static_cast<std::uint8_t>(0x80u | (value >> shift & 0x7Fu)));
        m_bytes.push_back(static_cast<std::uint8_t>(value & 0x7Fu));
    }

    std::vector<std::uint8_t> m_bytes;
    Tick m_now;
};

void writeKey(TrackWriter& out, Tick at, const Key& key) {
    const bool is_minor_like = key.mode == Mode::kMinor || key.mode == Mode::kDorian
        || key.mode == Mode::kPhrygian || key.mode == Mode::kLocrian;
    out.meta(at, 0x59, {signatureSharps(key), is_minor_like ? 1 : 0});
}

void writeMetre(TrackWriter& out, Tick at, const Metre& metre) {
    const int clocks = std::max(96 / metre.unit, 1); // MIDI clocks a click
    out.meta(at, 0x58, {metre.beats, std::countr_zero(static_cast<unsigned>(metre.unit)), clocks, 8});
}

void writeMarker(TrackWriter& out, const Marker& marker) {
    // Chord symbols travel as plain text, as the corpora of lead sheets have them.
    const bool is_chord = marker.text.starts_with(kChordText);
    out.meta(marker.at, is_chord ? 0x01 : 0x06, cleanLabel(marker.text));
}

/// Track 0: what holds for all voices.
std::vector<std::uint8_t> conductor(const Score& score, const std::vector<std::string>& remarks) {
    struct Moment {
        Tick at;
        int order; // of kinds at one tick
        std::size_t index;
    };
    std::vector<Moment> moments;
    const auto gather = [&](const auto& list, int order) {
        for (std::size_t i = 0; i < list.size(); ++i) moments.push_back({list[i].at, order, i});
    };
    gather(score.metres, 0);
    gather(score.keys, 1);
    gather(score.tempos, 2);
    gather(score.markers, 3);
    moments.push_back({score.end, 4, 0});
    std::stable_sort(moments.begin(), moments.end(),
        [](const Moment& a, const Moment& b) { return a.at != b.at ? a.at < b.at : a.order < b.order; });

    TrackWriter out;
    if (!score.title.empty()) out.meta({0}, 0x03, cleanLabel(score.title));
    for (const std::string& remark : remarks) out.meta({0}, 0x01, cleanLabel(remark, kMaxRemarkCharacters));
    for (const auto& [at, order, index] : moments) {
        if (order == 0) writeMetre(out, at, score.metres[index].metre);
        if (order == 1) {
            const Key& key = score.keys[index].key;
            writeKey(out, at, key);
            if (key.mode != Mode::kMajor && key.mode != Mode::kMinor)
                out.meta(at, 0x01, std::string(kKeyText) + keyName(key));
        }
        if (order == 2) {
            const int microseconds = score.tempos[index].microseconds_per_quarter;
            out.meta(at, 0x51, {microseconds >> 16, microseconds >> 8, microseconds});
        }
        if (order == 3) writeMarker(out, score.markers[index]);
        if (order == 4) out.meta(at, 0x7F, kOurMark);
    }
    return out.finished(score.end);
}

/// One voice. At equal ticks: releases, then keys, then strikes.
std::vector<std::uint8_t> voice(const Score& score, const Track& track, int channel) {
    struct Moment {
        Tick at;
        int order;
        std::size_t index;
    };
    std::vector<Moment> moments;
    moments.reserve(2 * track.notes.size() + score.keys.size());
    for (std::size_t i = 0; i < track.notes.size(); ++i) {
        moments.push_back({track.notes[i].end(), 0, i});
        moments.push_back({track.notes[i].start, 2, i});
    }
    if (!track.is_drums)
        for (std::size_t i = 0; i < score.keys.size(); ++i) moments.push_back({score.keys[i].at, 1, i});
    std::sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) {
        if (a.at != b.at) return a.at < b.at;
        return a.order != b.order ? a.order < b.order : a.index < b.index;
    });

    TrackWriter out;
    out.meta({0}, 0x03,
        cleanLabel(track.name)); // an empty one too: readers would take the instrument for the name
    out.meta({0}, 0x04, track.is_drums ? kDrumsName : instrumentName(track.program));
    out.channel({0}, 0xC0 | channel, track.program);
    out.channel({0}, 0xB0 | channel, 7, track.volume_127);
    out.channel({0}, 0xB0 | channel, 10, track.pan_127);
    for (const auto& [at, order, index] : moments) {
        if (order == 1) {
            writeKey(out, at, score.keys[index].key);
            continue;
        }
        const Note& note = track.notes[index];
        if (order == 0) out.channel(at, 0x80 | channel, note.key, kReleaseVelocity);
        if (order == 2) out.channel(at, 0x90 | channel, note.key, note.velocity_127);
    }
    return out.finished(score.end);
}

/// The score as notation programs like it. They round tempos and take notes off the grid for a performance,
/// whose metre and tempo they then invent.
Score forNotation(Score score) {
    for (TempoChange& tempo : score.tempos) tempo = tempoAt(tempo.at, std::round(tempo.tempoBpm()));
    if (score.tempos.empty()) score.tempos.push_back({});
    if (score.metres.empty()) score.metres.push_back({});
    return onNotationGrid(std::move(score));
}

} // namespace

std::vector<std::uint8_t> writeMidi(
    const Score& given, MidiFlavour flavour, const std::vector<std::string>& remarks) {
    Score score = normalised(given);
    if (flavour == MidiFlavour::kNotation) score = forNotation(std::move(score));
    const std::size_t num_tracks = std::min(score.tracks.size(), kMaxMidiTracks - 1) + 1;
    std::vector<std::uint8_t> bytes{'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 1,
        static_cast<std::uint8_t>(num_tracks >> 8), static_cast<std::uint8_t>(num_tracks),
        static_cast<std::uint8_t>(kTicksPerQuarter >> 8), static_cast<std::uint8_t>(kTicksPerQuarter & 0xFF)};
    const auto append = [&](const std::vector<std::uint8_t>& chunk) {
        bytes.insert(bytes.end(), chunk.begin(), chunk.end());
    };
    append(conductor(score, remarks));
    int num_pitched = 0;
    for (std::size_t i = 0; i + 1 < num_tracks; ++i) {
        Track& track = score.tracks[i];
        track.notes = withoutOverlaps(std::move(track.notes));
        int channel = kDrumChannel;
        if (!track.is_drums) {
            channel = num_pitched++ % 15;
            if (channel >= kDrumChannel) ++channel;
        }
        append(voice(score, track, channel));
    }
    return bytes;
}

Status writeMidiFile(const Score& score, const std::string& path, MidiFlavour flavour,
    const std::vector<std::string>& remarks) {
    return writeFileAtomically(path, writeMidi(score, flavour, remarks));
}

} // namespace chainsong
