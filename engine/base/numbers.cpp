#include "engine/base/numbers.h"

#include <charconv>
#include <cmath>

namespace chainsong {
namespace {

template <class T>
std::optional<T> parseWhole(std::string_view text)
{
    T value {};
    const char* const end = text.data() + text.size();
    const auto [stopped_at, code] = std::from_chars(text.data(), end, value);
    if (code != std::errc {} || stopped_at != end || text.empty()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::int64_t> parseInteger(std::string_view text) { return parseWhole<std::int64_t>(text); }
std::optional<std::uint64_t> parseUnsigned(std::string_view text) { return parseWhole<std::uint64_t>(text); }

std::optional<double> parseNumber(std::string_view text)
{
    const auto value = parseWhole<double>(text);
    if (!value || !std::isfinite(*value)) return std::nullopt;
    return value;
}

std::string formatNumber(double value)
{
    char buffer[32];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    return { buffer, result.ptr };
}

std::string formatFixed(double value, int digits)
{
    char buffer[400];  // 1e308 has 309 digits before the point
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, digits);
    return result.ec == std::errc {} ? std::string(buffer, result.ptr) : formatNumber(value);
}

}  // namespace chainsong
