#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// Unicode code points of UTF-8 text. Invalid bytes become U+FFFD, one each; never fails.
std::u32string decodeUtf8(std::string_view bytes);
std::string encodeUtf8(std::u32string_view code_points);

/// Text from a file as a label may show it: valid UTF-8, no control or bidirectional-override characters,
/// at most `max_characters` code points.
std::string cleanLabel(std::string_view bytes, std::size_t max_characters = 200);

/// ASCII letters to lower case; everything else stays. The locale is never asked (Turkish "I" is no trap).
std::string lowerAscii(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);
std::string_view trimmed(std::string_view text);

}  // namespace chainsong
