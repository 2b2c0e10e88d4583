#pragma once

#include "engine/music/score.h"
#include "engine/music/tempo_map.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace chainsong {

/// One bar of the page.
struct NotatedBar {
    Tick start;
    Tick length;
    Metre metre;
    Key key;
};

/// A note, chord or rest with one written value: a longer note is several of these, tied.
struct NotatedPiece {
    Tick at; // from the bar's start
    Tick length;
    std::vector<std::uint8_t> keys = {}; // none: a rest
    bool is_tied_before = false;
    bool is_tied_after = false;
    std::string_view type = {}; // "quarter", "eighth" …; empty where no written value fits
    int num_dots = 0;
    bool is_triplet = false; // three in the time of two
};

/// What one voice of a staff has in one bar: pieces from the bar's start to its end without gaps; nothing at
/// all where another than the first voice is silent.
using VoiceBar = std::vector<NotatedPiece>;

constexpr int kMaxVoicesPerStaff = 4;

/// The bars of a score, up to its end.
std::vector<NotatedBar> notatedBars(const Score& score);
/// Notes as a staff writes them: on the grid of 24 a quarter, at most four voices (a note that would need a
/// fifth cuts the one that began first). Result: voice by voice, bar by bar; the first voice is always there.
std::vector<std::vector<VoiceBar>> notatedVoices(
    const std::vector<Note>& notes, const std::vector<NotatedBar>& bars);
/// The score with every note on the grid, and its end on a bar line.
Score onNotationGrid(Score score);

} // namespace chainsong
