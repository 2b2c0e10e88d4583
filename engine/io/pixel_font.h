#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace chainsong {

/// A letter of five columns and seven rows; bit 4 of a row is its left column.
using Glyph = std::array<std::uint8_t, 7>;
constexpr int kGlyphWidth = 5;
constexpr int kGlyphHeight = 7;

/// Capitals, digits and a few signs; small letters look like capitals. False for anything else.
bool hasGlyph(char character);
/// A blank for what has no glyph.
Glyph glyphOf(char character);
/// True if the font can write the whole text.
bool canWrite(std::string_view text);

} // namespace chainsong
