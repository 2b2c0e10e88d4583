#pragma once

#include "engine/model/prompt/chip.h"

#include <string_view>

namespace chainsong {

/// Reads a prompt in English or Chinese (German where the lexicon reaches) by a grammar: key, mode, metre,
/// tempo in numbers and words, bars or seconds, instruments with negation, voices, style, mood, energy,
/// density. Pure; never asks the locale; numbers are clamped to their documented ranges and a notice says so.
ParsedPrompt parsePrompt(std::string_view prompt);

/// What the user gets when a chip of the same name is edited: chips of `edited` take the place of those of
/// `parsed`.
std::vector<Chip> merged(const std::vector<Chip>& parsed, const std::vector<Chip>& edited);

} // namespace chainsong
