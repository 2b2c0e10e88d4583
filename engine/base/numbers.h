#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chainsong {

/// The whole of `text` as a number, or nothing. Never looks at the locale; no surrounding space allowed.
std::optional<std::int64_t> parseInteger(std::string_view text);
std::optional<std::uint64_t> parseUnsigned(std::string_view text);
/// Finite numbers only: "nan", "inf" and values beyond double's range are refused.
std::optional<double> parseNumber(std::string_view text);

/// Shortest text that reads back as the same double ("0.1", "1e+300"); never looks at the locale.
std::string formatNumber(double value);
/// With a fixed count of digits behind the point.
std::string formatFixed(double value, int digits);

}  // namespace chainsong
