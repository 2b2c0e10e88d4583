#pragma once

#include "engine/model/phrases/phrase.h"

#include <cstdint>
#include <span>
#include <vector>

namespace chainsong {

/// What a note and its successor have in common in every key: the interval between them and the note's
/// duration. Two melodies share a run of n notes where n - 1 of these in a row are equal.
using RunStep = std::uint32_t;
std::vector<RunStep> runStepsOf(const Voice& voice);
RunStep runStep(int from_key, int to_key, int duration_steps);

/// Steps of the runs that are counted as "reused": nine notes.
constexpr int kGramSteps = 8;

/// A hash for each stretch of `length` steps, in order; empty if there are fewer.
std::vector<std::uint64_t> gramHashes(std::span<const RunStep> steps, int length);
/// The same for a single stretch.
std::uint64_t gramHash(std::span<const RunStep> steps);

} // namespace chainsong
