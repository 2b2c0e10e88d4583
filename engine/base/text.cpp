#include "engine/base/text.h"

#include <algorithm>
#include <cstdint>

namespace chainsong {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool isContinuation(unsigned char byte) { return (byte & 0xC0u) == 0x80u; }

/// Length of the sequence that `lead` begins, or 0 if no valid sequence begins so.
int sequenceLength(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

bool isShowable(char32_t c)
{
    const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool is_bidi_control = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    return !is_control && !is_bidi_control && c != 0x2028 && c != 0x2029;
}

}  // namespace

std::u32string decodeUtf8(std::string_view bytes)
{
    std::u32string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const int length = sequenceLength(lead);
        if (length == 1) {
            out.push_back(lead);
            ++i;
            continue;
        }
        char32_t c = length == 0 ? 0 : lead & (0xFFu >> (length + 1));
        bool is_valid = length != 0 && i + static_cast<std::size_t>(length) <= bytes.size();
        for (int k = 1; is_valid && k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + static_cast<std::size_t>(k)]);
            is_valid = isContinuation(next);
            c = c << 6 | (next & 0x3Fu);
        }
        const bool is_overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
        const bool is_outside = c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF);
        if (!is_valid || is_overlong || is_outside) {
            out.push_back(kReplacement);
            ++i;
        } else {
            out.push_back(c);
            i += static_cast<std::size_t>(length);
        }
    }
    return out;
}

std::string encodeUtf8(std::u32string_view code_points)
{
    std::string out;
    out.reserve(code_points.size());
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    for (const char32_t c : code_points) {
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6);
            put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | c >> 12);
            put(0x80 | (c >> 6 & 0x3F));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
            put(0x80 | (c >> 6 & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }
    return out;
}

std::string cleanLabel(std::string_view bytes, std::size_t max_characters)
{
    std::u32string shown;
    for (const char32_t c : decodeUtf8(bytes.substr(0, max_characters * 4)))
        if (isShowable(c) && shown.size() < max_characters) shown.push_back(c);
    return encodeUtf8(shown);
}

std::string lowerAscii(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace chainsong
