#include "engine/io/midi_track.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>

namespace chainsong {
namespace {

constexpr int kFastestMicroseconds = 60'000; // 1000 BPM
constexpr int kSlowestMicroseconds = 15'000'000; // 4 BPM

/// Label text of a file: UTF-8, or else Latin-1 as older programs wrote it.
std::string readText(std::span<const std::uint8_t> bytes, std::size_t max_characters = 200) {
    const std::string_view text = asText(bytes);
    const std::u32string code_points = decodeUtf8(text);
    if (encodeUtf8(code_points) == text) return cleanLabel(text, max_characters);
    std::u32string latin;
    for (const std::uint8_t byte : bytes) latin.push_back(byte);
    return cleanLabel(encodeUtf8(latin), max_characters);
}

/// Reads one track; its members are the state between events.
class TrackReader {
public:
    TrackReader(ByteReader bytes, bool is_first, const MidiClock& clock, MidiLosses& losses)
        : m_bytes(bytes)
        , m_is_first(is_first)
        , m_clock(clock)
        , m_losses(losses) { }

    Result<MidiTrack> read() {
        while (m_bytes.has(1)) {
            const Result<bool> goes_on = readEvent();
            if (!goes_on) return goes_on.error();
            if (!*goes_on) break;
        }
        for (auto& [channel, open] : m_open)
            for (int key = 0; key < 128; ++key)
                if (open[static_cast<std::size_t>(key)].is_open) {
                    ++m_losses.stuck_notes;
                    addNote(channel, key, open[static_cast<std::size_t>(key)]);
                }
        m_track.end = now();
        return std::move(m_track);
    }

private:
    struct Open {
        bool is_open = false;
        bool is_struck_again = false; // it took the place of one that still sounded
        Tick start;
        std::uint8_t velocity_127 = 0;
    };
    using OpenKeys = std::array<Open, 128>;

    Tick now() const { return m_clock.ours(m_now); }
    Error errorAt(std::size_t at, const std::string& what) const {
        return {what + " at byte " + std::to_string(at)};
    }
    Result<bool> cutShort() {
        m_track.is_cut_short = true;
        return false;
    }

    /// False where the track ends.
    Result<bool> readEvent() {
        const std::size_t at = m_bytes.at();
        std::uint32_t delta = 0;
        switch (m_bytes.variableLength(delta)) {
        case ByteReader::Length::kRead: break;
        case ByteReader::Length::kCutShort: return cutShort();
        case ByteReader::Length::kTooLong: return errorAt(at, "a time step is longer than four bytes");
        }
        if (m_now + delta > m_clock.lastTick()) {
            m_losses.is_too_long = true;
            return false;
        }
        m_now += delta;
        if (!m_bytes.has(1)) return cutShort();
        const std::size_t status_at = m_bytes.at();
        int status = m_bytes.peek();
        if (status >= 0x80) m_bytes.byte();
        if (status == 0xFF) return readMeta();
        if (status == 0xF0 || status == 0xF7)
            return readBlock().has_value() ? Result<bool>(true) : blockError(status_at);
        if (status > 0xF0) return errorAt(status_at, "an event that no MIDI file may hold stands");
        // Running status survives meta and exclusive events here, as many programs write it so.
        if (status < 0x80) {
            if (m_status == 0) return errorAt(status_at, "the first event of a track lacks its kind");
            status = m_status;
        }
        m_status = status;
        return readChannelEvent(status >> 4, status & 0x0F);
    }

    Result<bool> readChannelEvent(int kind, int channel) {
        const std::size_t length = kind == 0xC || kind == 0xD ? 1 : 2;
        std::array<int, 2> data{};
        for (std::size_t i = 0; i < length; ++i) {
            if (!m_bytes.has(1)) return cutShort();
            if (m_bytes.peek() >= 0x80) return errorAt(m_bytes.at(), "a value is out of range");
            data[i] = m_bytes.byte();
        }
        if (kind == 0x9 && data[1] > 0) {
            strike(channel, data[0], data[1]);
        } else if (kind == 0x8 || kind == 0x9) {
            release(channel, data[0]);
        } else if (kind == 0xC) {
            settle(channel, &MidiChannel::program, data[0]);
        } else if (kind == 0xB && data[0] == 7) {
            settle(channel, &MidiChannel::volume_127, data[1]);
        } else if (kind == 0xB && data[0] == 10) {
            settle(channel, &MidiChannel::pan_127, data[1]);
        } else if (kind == 0xB && (data[0] == 120 || data[0] == 123)) {
            releaseAll(channel);
        } else {
            ++m_losses.controllers;
        }
        return true;
    }

    /// Sets what holds for the whole track: the last word before its first note, or the first word at all.
    void settle(int channel, std::optional<int> MidiChannel::*what, int value) {
        MidiChannel& part = m_track.channels[channel];
        if (!m_open.contains(channel) || !(part.*what))
            part.*what = value;
        else if (part.*what != value)
            ++m_losses.late_programs;
    }

    void strike(int channel, int key, int velocity_127) {
        Open& open = m_open[channel][static_cast<std::size_t>(key)];
        const bool is_struck_again = open.is_open;
        if (open.is_open) addNote(channel, key, open);
        open = {true, is_struck_again, now(), static_cast<std::uint8_t>(velocity_127)};
    }

    void release(int channel, int key) {
        const auto found = m_open.find(channel);
        if (found == m_open.end() || !found->second[static_cast<std::size_t>(key)].is_open) {
            ++m_losses.stray_releases;
            return;
        }
        Open& open = found->second[static_cast<std::size_t>(key)];
        // Some programs write the new note before the end of the old one, at the same time: the end is the
        // old one's.
        if (open.is_struck_again && open.start == now()) {
            open.is_struck_again = false;
            return;
        }
        addNote(channel, key, open);
        open.is_open = false;
    }

    void releaseAll(int channel) {
        const auto found = m_open.find(channel);
        if (found == m_open.end()) return;
        for (int key = 0; key < 128; ++key)
            if (found->second[static_cast<std::size_t>(key)].is_open) release(channel, key);
    }

    void addNote(int channel, int key, const Open& open) {
        if (m_losses.num_notes >= kMaxMidiNotes) {
            m_losses.has_too_many_notes = true;
            return;
        }
        if (open.start >= kMaxMidiTick) return; // it would end beyond what can be read back
        ++m_losses.num_notes;
        const Tick length = std::max(now() - open.start, Tick{1});
        m_track.channels[channel].notes.push_back(
            {open.start, length, static_cast<std::uint8_t>(key), open.velocity_127});
    }

    /// The bytes of a meta or exclusive event; nothing if its length is broken or beyond the end.
    std::optional<std::span<const std::uint8_t>> readBlock() {
        std::uint32_t length = 0;
        m_length = m_bytes.variableLength(length);
        if (m_length != ByteReader::Length::kRead) return {};
        if (!m_bytes.has(length)) {
            m_length = ByteReader::Length::kCutShort;
            return {};
        }
        return m_bytes.take(length);
    }
    Result<bool> blockError(std::size_t at) {
        if (m_length == ByteReader::Length::kTooLong)
            return errorAt(at, "the length of an event is longer than four bytes");
        return cutShort();
    }

    Result<bool> readMeta() {
        const std::size_t at = m_bytes.at();
        if (!m_bytes.has(1)) return cutShort();
        const int kind = m_bytes.byte();
        const auto block = readBlock();
        if (!block) return blockError(at);
        switch (kind) {
        case 0x01:
        case 0x02: takeText(*block); break;
        case 0x03:
            if (!m_track.name) m_track.name = readText(*block);
            break;
        case 0x04:
            if (!m_track.instrument) m_track.instrument = readText(*block);
            break;
        case 0x05: ++m_losses.lyrics; break;
        case 0x06: keep(m_track.markers, Marker{now(), readText(*block)}); break;
        case 0x2F: return false;
        case 0x51: takeTempo(*block); break;
        case 0x58: takeMetre(*block); break;
        case 0x59: takeKey(*block); break;
        case 0x7F:
            if (m_is_first && asText(*block) == kOurMark) m_track.our_end = now();
            break;
        default: break;
        }
        return true;
    }

    template <class T> void keep(std::vector<T>& list, T value) {
        if (list.size() >= kMaxMidiChanges)
            m_losses.has_too_many_changes = true;
        else
            list.push_back(std::move(value));
    }

    void takeText(std::span<const std::uint8_t> block) {
        if (!m_is_first) return;
        const std::string text = readText(block, kMaxRemarkCharacters);
        if (text.starts_with(kChordText)) {
            keep(m_track.markers, Marker{now(), cleanLabel(text)});
            return;
        }
        if (text.starts_with(kKeyText)) {
            // MIDI key signatures know major and minor only; writeMidi() names the other modes in a text.
            if (const Result<Key> key = parseKey(std::string_view(text).substr(kKeyText.size()))) {
                keep(m_track.keys, KeyChange{now(), *key});
                return;
            }
        }
        if (!text.empty() && m_track.remarks.size() < kMaxMidiRemarks) m_track.remarks.push_back(text);
    }

    void takeTempo(std::span<const std::uint8_t> block) {
        if (block.size() != 3) {
            ++m_losses.bad_tempos;
            return;
        }
        const int written = block[0] << 16 | block[1] << 8 | block[2];
        const int microseconds = std::clamp(written, kFastestMicroseconds, kSlowestMicroseconds);
        if (microseconds != written) ++m_losses.clamped_tempos;
        if (!m_clock.is_in_seconds) keep(m_track.tempos, TempoChange{now(), microseconds});
    }

    void takeMetre(std::span<const std::uint8_t> block) {
        if (block.size() < 2 || block[0] == 0 || block[1] > 6) {
            ++m_losses.bad_metres;
            return;
        }
        keep(m_track.metres, MetreChange{now(), Metre{block[0], 1 << block[1]}});
    }

    void takeKey(std::span<const std::uint8_t> block) {
        const int sharps = block.empty() ? 99 : static_cast<std::int8_t>(block[0]);
        if (block.size() != 2 || sharps < -7 || sharps > 7 || block[1] > 1) {
            ++m_losses.bad_keys;
            return;
        }
        keep(m_track.keys, KeyChange{now(), keyFromSignature(sharps, block[1] == 1)});
    }

    ByteReader m_bytes;
    bool m_is_first;
    const MidiClock& m_clock;
    MidiLosses& m_losses;
    MidiTrack m_track;
    std::map<int, OpenKeys> m_open; // channels that have struck a note
    std::int64_t m_now = 0; // the file's ticks
    int m_status = 0; // last channel event's kind and channel
    ByteReader::Length m_length = ByteReader::Length::kRead;
};

} // namespace

Result<MidiTrack> readMidiTrack(ByteReader bytes, bool is_first, const MidiClock& clock, MidiLosses& losses) {
    return TrackReader(bytes, is_first, clock, losses).read();
}

} // namespace chainsong
