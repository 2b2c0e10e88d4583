#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong::test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
inline Bytes text(std::string_view characters) { return {characters.begin(), characters.end()}; }
inline Bytes repeated(const Bytes& part, std::size_t count) {
    Bytes all;
    all.reserve(part.size() * count);
    for (std::size_t i = 0; i < count; ++i) all.insert(all.end(), part.begin(), part.end());
    return all;
}
inline Bytes number(std::uint64_t value, int num_bytes) {
    Bytes out;
    for (int shift = 8 * (num_bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
    return out;
}

inline Bytes header(int type = 1, int num_tracks = 1, int division = 480) {
    return text("MThd") + number(6, 4) + number(static_cast<std::uint64_t>(type), 2)
        + number(static_cast<std::uint64_t>(num_tracks), 2) + number(static_cast<std::uint64_t>(division), 2);
}
inline Bytes chunk(std::string_view kind, const Bytes& content, std::int64_t declared = -1) {
    return text(kind) + number(declared < 0 ? content.size() : static_cast<std::uint64_t>(declared), 4)
        + content;
}
inline Bytes track(const Bytes& events) { return chunk("MTrk", events); }

inline const Bytes kNote{0, 0x90, 60, 90, 0x60, 0x80, 60, 64};
inline const Bytes kEnd{0, 0xFF, 0x2F, 0};
inline const Bytes kLongestStep{0xFF, 0xFF, 0xFF, 0x7F};

/// A broken or malicious file and what the reader must answer.
struct HostileMidi {
    std::string name;
    Bytes bytes;
    std::string error = {}; // part of the sentence; empty: it must be read
    int num_notes = -1; // of a file that is read
    std::string notice = {}; // part of one of its notices
};

/// Every class of broken and malicious MIDI file that we know of, by name.
std::vector<HostileMidi> hostileMidi();

} // namespace chainsong::test
