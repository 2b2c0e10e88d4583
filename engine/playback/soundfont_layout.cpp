#include "engine/playback/soundfont_layout.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace chainsong {
namespace {

struct Chunk {
    std::string name;
    std::string list_type; // of a LIST chunk
    std::uint64_t content_at = 0;
    std::uint64_t end = 0;
    std::uint64_t next = 0; // chunks begin at even places
};

/// The chunk that begins at `at`, if it lies within `limit`.
std::optional<Chunk> chunkAt(std::istream& file, std::uint64_t at, std::uint64_t limit) {
    std::array<char, 12> head{};
    if (at + 8 > limit) return std::nullopt;
    file.clear();
    file.seekg(static_cast<std::streamoff>(at));
    file.read(head.data(), at + 12 <= limit ? 12 : 8);
    std::uint64_t size = 0;
    for (int i = 3; i >= 0; --i)
        size = size << 8 | static_cast<unsigned char>(head[4 + static_cast<std::size_t>(i)]);
    Chunk chunk{std::string(head.data(), 4), {}, at + 8, at + 8 + size, at + 8 + size + size % 2};
    if (chunk.end > limit) return std::nullopt;
    if (chunk.name == "LIST" && size >= 4) {
        chunk.list_type = std::string(head.data() + 8, 4);
        chunk.content_at += 4;
    }
    return chunk;
}

/// Presets, instruments and samples: nine chunks in a fixed order, each a list of records and a closing one.
bool hasPresetLayout(std::istream& file, const Chunk& list) {
    struct Part {
        std::string_view name;
        std::uint64_t record_bytes;
        std::uint64_t least_records;
    };
    constexpr std::array<Part, 9> kParts = {{{"phdr", 38, 2}, {"pbag", 4, 1}, {"pmod", 10, 0}, {"pgen", 4, 0},
        {"inst", 22, 2}, {"ibag", 4, 1}, {"imod", 10, 0}, {"igen", 4, 0}, {"shdr", 46, 1}}};
    std::uint64_t at = list.content_at;
    for (const Part& part : kParts) {
        const auto chunk = chunkAt(file, at, list.end);
        if (!chunk || chunk->name != part.name) return false;
        const std::uint64_t size = chunk->end - chunk->content_at;
        if (size % part.record_bytes != 0 || size / part.record_bytes < part.least_records) return false;
        at = chunk->next;
    }
    return true;
}

} // namespace

bool hasSoundfontLayout(std::istream& file, std::uint64_t file_bytes) {
    constexpr std::uint64_t kFirstList = 12; // after "RIFF", size, "sfbk"
    bool has_samples = false;
    bool has_presets = false;
    for (std::uint64_t at = kFirstList; at + 8 <= file_bytes;) {
        const auto chunk = chunkAt(file, at, file_bytes);
        if (!chunk) return false;
        if (chunk->list_type == "sdta") has_samples = true;
        if (chunk->list_type == "pdta") has_presets = hasPresetLayout(file, *chunk);
        at = chunk->next;
    }
    return has_samples && has_presets;
}

} // namespace chainsong
