#pragma once

#include "engine/model/muse/features.h"
#include "engine/model/prior.h"

#include <array>
#include <cstdint>
#include <vector>

namespace chainsong {

/// Several windows of pieces, padded to one size, as plain arrays in row-major order.
///   B windows, T steps (events), J bars, M notes of the bars, W words, C chips, P phrases, N notes of the phrases
struct TrainingBatch {
    int B = 0, T = 0, J = 0, M = 0, W = 0, C = 0, P = 0, N = 0;
    std::array<std::vector<std::int32_t>, 6> step_ids;  // kInput … kVelocity: (B, T, numIds(group))
    std::array<std::vector<std::int32_t>, kNumHeads> target;  // (B, T); -1: this head writes nothing here
    std::array<std::vector<std::int32_t>, kNumHeads> lowest, highest;  // (B, T) classes allowed
    std::vector<std::int32_t> step_bar;  // (B, T) index into the J bars; -1 for padding
    std::vector<std::int32_t> note_ids;  // (B, M, numIds(kNote))
    std::vector<std::int32_t> note_bar;  // (B, M); -1 for padding
    std::vector<std::uint8_t> note_given;  // (B, M) known beforehand
    std::vector<std::int32_t> bar_index;  // (B, J) bar in its piece; -1 for padding
    std::vector<std::int32_t> word_ids;  // (B, W, numIds(kWord)); all 0: no word
    std::vector<std::int32_t> chip_ids;  // (B, C, numIds(kChip)); all 0: no chip
    std::vector<std::int32_t> phrase_note_ids;  // (B, N, numIds(kNote))
    std::vector<std::int32_t> phrase_of_note;  // (B, N); -1 for padding
    std::int64_t num_notes = 0;
};

/// One window before padding.
struct TrainingWindow {
    std::array<std::vector<std::int32_t>, 6> step_ids;
    std::array<std::vector<std::int32_t>, kNumHeads> target, lowest, highest;
    std::vector<std::int32_t> step_bar;
    std::vector<std::int32_t> note_ids, note_bar;
    std::vector<std::uint8_t> note_given;
    std::vector<std::int32_t> bar_index;
    std::vector<std::int32_t> word_ids, chip_ids;
    std::vector<std::int32_t> phrase_note_ids, phrase_of_note;
    int num_phrases = 0;
    std::int64_t num_notes = 0;
};

/// What a window shows beforehand: for each note of the piece (in order of its events, bar lines left out), whether
/// it is given. Empty = none.
using GivenFlags = std::vector<std::uint8_t>;

/// Steps `first_bar` … of a piece, as many whole bars as `max_steps` events allow (at least one bar, cut if need be).
/// Up to 8 bars before and 4 bars after stand in the slots.
TrainingWindow makeWindow(const EventPiece& piece, const GivenFlags& given, int first_bar, int max_steps);
/// Shows one more phrase to all steps of a window.
void addPhrase(TrainingWindow& window, const RememberedPhrase& phrase);
TrainingBatch makeBatch(const std::vector<TrainingWindow>& windows);

}  // namespace chainsong
