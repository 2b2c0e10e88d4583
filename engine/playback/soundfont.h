#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chainsong {

/// Larger files are not opened: FluidSynth reads a soundfont into memory.
constexpr std::uint64_t kMaxSoundfontBytes = std::uint64_t{2} << 30;

/// The soundfont that will sound, and what the user should hear about the choice (empty: nothing).
struct FoundSoundfont {
    std::string path;
    std::string notice;
};

/// Is this a file that FluidSynth may be given: there, not too large, a SoundFont 2 or 3 by its first bytes.
Status checkSoundfont(const std::string& path);

/// Files tried in this order. The small one comes first: it loads in 30 ms, the rich one in half a second.
std::vector<std::string> usualSoundfonts();

/// The environment's CHAINSONG_SOUNDFONT, else `chosen` (the user's, may be empty), else the first usable one
/// of `usual`. A chosen file that cannot be used is passed over with a notice; none at all is an Error that
/// says what to install.
Result<FoundSoundfont> findSoundfont(const std::string& chosen = {});
Result<FoundSoundfont> findSoundfont(
    const std::vector<std::string>& wished, const std::vector<std::string>& usual);

} // namespace chainsong
