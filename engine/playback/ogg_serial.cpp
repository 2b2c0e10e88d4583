#include "engine/playback/ogg_serial.h"

#include <array>
#include <fstream>
#include <numeric>
#include <string_view>
#include <vector>

namespace chainsong {
namespace {

// RFC 3533, section 6: where things lie in a page's header.
constexpr std::size_t kSerialAt = 14;
constexpr std::size_t kChecksumAt = 22;
constexpr std::size_t kNumSegmentsAt = 26;
constexpr std::size_t kHeaderBytes = 27;
constexpr std::size_t kMaxPageBytes = kHeaderBytes + 255 + 255 * 255;

std::array<std::uint32_t, 256> checksumTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t rest = i << 24;
        for (int bit = 0; bit < 8; ++bit) rest = rest << 1 ^ ((rest & 0x8000'0000u) ? 0x04C1'1DB7u : 0);
        table[i] = rest;
    }
    return table;
}

std::uint32_t checksum(std::span<const std::uint8_t> bytes) {
    static const std::array<std::uint32_t, 256> s_table = checksumTable();
    std::uint32_t sum = 0;
    for (const std::uint8_t byte : bytes) sum = sum << 8 ^ s_table[(sum >> 24 ^ byte) & 0xFF];
    return sum;
}

void store(std::span<std::uint8_t> page, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) page[at + i] = static_cast<std::uint8_t>(value >> 8 * i);
}

/// The length of the page that `bytes` begin with; 0 if it is none.
std::size_t pageLength(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kHeaderBytes) return 0;
    if (std::string_view(reinterpret_cast<const char*>(bytes.data()), 4) != "OggS") return 0;
    const std::size_t num_segments = bytes[kNumSegmentsAt];
    if (bytes.size() < kHeaderBytes + num_segments) return 0;
    const auto segments = bytes.subspan(kHeaderBytes, num_segments);
    const std::size_t length = std::accumulate(segments.begin(), segments.end(), kHeaderBytes + num_segments);
    return length <= bytes.size() ? length : 0;
}

} // namespace

bool setOggSerial(std::span<std::uint8_t> pages, std::uint32_t serial) {
    while (!pages.empty()) {
        const std::size_t length = pageLength(pages);
        if (length == 0) return false;
        const std::span<std::uint8_t> page = pages.first(length);
        store(page, kSerialAt, serial);
        store(page, kChecksumAt, 0);
        store(page, kChecksumAt, checksum(page));
        pages = pages.subspan(length);
    }
    return true;
}

Status setOggSerialOfFile(const std::string& path, const std::string& where, std::uint32_t serial) {
    const Error failure{"the OGG file could not be completed", where};
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    std::vector<std::uint8_t> page(kMaxPageBytes);
    for (std::streamoff at = 0; file;) {
        file.seekg(at);
        file.read(reinterpret_cast<char*>(page.data()), static_cast<std::streamsize>(page.size()));
        const auto num_read = static_cast<std::size_t>(file.gcount());
        file.clear();
        if (num_read == 0) break;
        const std::size_t length = pageLength({page.data(), num_read});
        if (length == 0 || !setOggSerial({page.data(), length}, serial)) return failure;
        file.seekp(at);
        file.write(reinterpret_cast<const char*>(page.data()), static_cast<std::streamsize>(length));
        at += static_cast<std::streamoff>(length);
    }
    file.flush();
    if (!file) return failure;
    return Done{};
}

} // namespace chainsong
