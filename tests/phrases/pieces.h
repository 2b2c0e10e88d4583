#pragma once

#include "engine/base/random.h"
#include "engine/music/score.h"

#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace chainsong {

/// A melody of eighths in 4/4 and C major, a program of its own for each voice.
inline Score melodies(const std::vector<std::vector<int>>& voices, int transposition = 0) {
    Score score;
    score.keys = {{Tick{}, Key{((transposition % 12) + 12) % 12, Mode::kMajor}}};
    for (const auto& keys : voices) {
        Track track;
        track.program = 40 + static_cast<int>(score.tracks.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            Note note;
            note.start = Tick{kTicksPerQuarter / 2} * static_cast<std::int64_t>(i);
            note.length = Tick{kTicksPerQuarter / 2};
            note.key = static_cast<std::uint8_t>(keys[i] + transposition);
            track.notes.push_back(note);
        }
        score.tracks.push_back(track);
    }
    return normalised(score);
}

inline std::vector<int> randomKeys(std::size_t count, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<int> keys;
    for (std::size_t i = 0; i < count; ++i) keys.push_back(55 + static_cast<int>(rng.below(24)));
    return keys;
}

/// A file of its own, gone at the end.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& name)
        : m_path(std::filesystem::temp_directory_path()
            / ("chainsong-" + std::to_string(::getpid()) + "-" + name)) { }
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    std::string path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace chainsong
