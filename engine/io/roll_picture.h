#pragma once

#include "engine/base/result.h"
#include "engine/music/score.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chainsong {

/// How large a picture is, and whether on dark ground.
struct RollPictureStyle {
    int width_px = 1400;
    int height_px = 700;
    bool is_dark = false;
};

/// A score as a piano roll in PNG: keyboard, bars with numbers, beats, one colour a track with a legend. Same
/// score, same bytes.
std::vector<std::uint8_t> rollPicture(const Score& score, const RollPictureStyle& style = {});
/// The same into a file, completely or not at all.
Status writeRollPicture(const Score& score, const std::string& path, const RollPictureStyle& style = {});

} // namespace chainsong
