#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chainsong {

/// Walks over bytes in big-endian order and never beyond their end. Ask has() first; reading past it is a
/// bug.
class ByteReader {
public:
    /// `offset` is where the bytes stand in their file: at() counts from the file's start.
    explicit ByteReader(std::span<const std::uint8_t> bytes, std::size_t offset = 0)
        : m_bytes(bytes)
        , m_offset(offset) { }

    std::size_t at() const { return m_offset + m_position; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }
    bool has(std::size_t count) const { return remaining() >= count; }

    std::uint8_t peek() const { return m_bytes[m_position]; }
    std::uint8_t byte() { return m_bytes[m_position++]; }
    std::uint32_t bigEndian(int num_bytes) {
        std::uint32_t value = 0;
        for (int i = 0; i < num_bytes; ++i) value = value << 8 | byte();
        return value;
    }
    std::uint32_t littleEndian32() {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) value |= static_cast<std::uint32_t>(byte()) << (8 * i);
        return value;
    }
    std::span<const std::uint8_t> take(std::size_t count) {
        const auto taken = m_bytes.subspan(m_position, count);
        m_position += count;
        return taken;
    }
    bool startsWith(std::string_view tag) const {
        if (!has(tag.size())) return false;
        for (std::size_t i = 0; i < tag.size(); ++i)
            if (m_bytes[m_position + i] != static_cast<std::uint8_t>(tag[i])) return false;
        return true;
    }

    enum class Length { kRead, kCutShort, kTooLong };
    /// A variable-length number of at most four bytes (28 bits), as MIDI files have them; padding is legal.
    Length variableLength(std::uint32_t& value) {
        value = 0;
        for (int i = 0; i < 4; ++i) {
            if (!has(1)) return Length::kCutShort;
            const std::uint8_t part = byte();
            value = value << 7 | (part & 0x7Fu);
            if (part < 0x80) return Length::kRead;
        }
        return Length::kTooLong;
    }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_offset = 0;
    std::size_t m_position = 0;
};

inline std::string_view asText(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace chainsong
