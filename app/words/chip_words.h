#pragma once

#include <QString>

#include <optional>
#include <vector>

#include "engine/model/prompt/chip.h"
#include "widgets/prompt_bar/prompt_chip.h"

namespace chainsong {

/// "Key", "Tempo", "Instruments": a chip's name as users read it.
QString chipTitle(const std::string& name);
/// The chip's value as users read and type it: "D minor", "60–76", "piano, cello".
QString chipValueText(const Chip& chip);
/// A chip for the prompt bar.
PromptChip promptChip(const Chip& chip);
/// What a user typed into a chip. Understands the plain value ("96", "piano, cello") and whatever the prompt
/// would
/// ("G-Moll", "慢"). Nothing: not understood.
std::optional<Chip> typedChip(const std::string& name, const QString& text);
/// The names that a chip can have, in the order in which they are offered.
const std::vector<std::string>& chipNames();

} // namespace chainsong
