#pragma once

#include "engine/io/midi_file.h"
#include "engine/music/note.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace chainsong {

/// Writes one part of a project, a few bytes at a time. The first byte says what kind it is.
class PartWriter {
public:
    explicit PartWriter(char kind) { m_bytes.push_back(kind); }
    void byte(int value) { m_bytes.push_back(static_cast<char>(static_cast<std::uint8_t>(value))); }
    /// Seven bits a byte, the lowest first.
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) byte(static_cast<int>(value & 0x7F) | 0x80);
        byte(static_cast<int>(value));
    }
    void tick(Tick tick) { number(static_cast<std::uint64_t>(std::max<std::int64_t>(tick.value, 0))); }
    void fraction(double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (int shift = 0; shift < 64; shift += 8) byte(static_cast<int>(bits >> shift & 0xFF));
    }
    void text(std::string_view text) {
        number(text.size());
        m_bytes += text;
    }
    std::string finished() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

/// Reads what PartWriter wrote. After the first thing that does not fit, everything reads as zero and
/// isSound() is false.
class PartReader {
public:
    explicit PartReader(std::string_view bytes)
        : m_bytes(bytes) { }
    bool isSound() const { return m_is_sound; }
    bool isAtEnd() const { return m_bytes.empty(); }
    int byte() {
        if (m_bytes.empty()) m_is_sound = false;
        if (!m_is_sound) return 0;
        const auto value = static_cast<std::uint8_t>(m_bytes.front());
        m_bytes.remove_prefix(1);
        return value;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const int part = byte();
            value |= static_cast<std::uint64_t>(part & 0x7F) << shift;
            if (part < 0x80) return m_is_sound ? value : 0;
        }
        m_is_sound = false;
        return 0;
    }
    int number(int least, int most) {
        return static_cast<int>(std::clamp<std::uint64_t>(
            number(), static_cast<std::uint64_t>(least), static_cast<std::uint64_t>(most)));
    }
    Tick tick() {
        return {
            static_cast<std::int64_t>(std::min(number(), static_cast<std::uint64_t>(kMaxMidiTick.value)))};
    }
    double fraction() {
        std::uint64_t bits = 0;
        for (int shift = 0; shift < 64; shift += 8) bits |= static_cast<std::uint64_t>(byte()) << shift;
        return std::bit_cast<double>(bits);
    }
    std::string text() {
        const std::uint64_t length = number();
        if (length > m_bytes.size()) m_is_sound = false;
        if (!m_is_sound) return {};
        const std::string text(m_bytes.substr(0, length));
        m_bytes.remove_prefix(length);
        return text;
    }
    /// How many entries follow; each takes at least one byte, so a lie is found before anything is allocated.
    std::size_t count() {
        const std::uint64_t count = number();
        if (count > m_bytes.size()) m_is_sound = false;
        return m_is_sound ? static_cast<std::size_t>(count) : 0;
    }

private:
    std::string_view m_bytes;
    bool m_is_sound = true;
};

} // namespace chainsong
