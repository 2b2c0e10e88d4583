#include "engine/model/muse/weights.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

namespace chainsong {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMaxHeaderBytes = 4 << 20;
constexpr std::uint64_t kMaxFileBytes = std::uint64_t(1) << 30;
constexpr std::size_t kMaxDimensions = 8;

float floatFromHalf(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000u) << 16;
    const std::uint32_t exponent = half >> 10 & 0x1Fu;
    const std::uint32_t mantissa = half & 0x3FFu;
    if (exponent == 0) {  // zero and subnormals: mantissa * 2^-24
        const float value = std::ldexp(static_cast<float>(mantissa), -24);
        return sign ? -value : value;
    }
    if (exponent == 31) return std::numeric_limits<float>::quiet_NaN();  // infinities are refused like NaN
    return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
}

/// Round to nearest, ties to even; values beyond half's range are clamped to it.
std::uint16_t halfFromFloat(float value)
{
    const float clamped = std::clamp(value, -65504.0f, 65504.0f);
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(clamped);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000u);
    const float magnitude = std::fabs(clamped);
    if (magnitude < 0x1p-14f) return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(std::nearbyint(magnitude * 0x1p24f)));
    const std::uint32_t rounded = (bits & 0x7FFFFFFFu) + 0xFFFu + (bits >> 13 & 1u);
    return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>((rounded >> 13) - (112u << 10)));
}

template <class T>
T loadAs(const std::uint8_t* from)
{
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

struct Slot {
    NamedArray array;
    std::string dtype;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

std::uint64_t bytesOf(const std::string& dtype) { return dtype == "F32" ? 4 : dtype == "F16" || dtype == "BF16" ? 2 : 0; }

/// Elements of a shape, or nothing if they cannot be in a file this small.
std::optional<std::uint64_t> countOf(const Json& shape, std::uint64_t most, std::vector<std::int64_t>& out)
{
    if (!shape.is_array() || shape.size() > kMaxDimensions) return std::nullopt;
    std::uint64_t count = 1;
    for (const Json& size : shape) {
        if (!size.is_number_unsigned()) return std::nullopt;
        const auto n = size.get<std::uint64_t>();
        if (n > most || (n != 0 && count > most / n)) return std::nullopt;
        count *= n;
        out.push_back(static_cast<std::int64_t>(n));
    }
    return count;
}

Result<Slot> slotOf(const std::string& name, const Json& entry, std::uint64_t data_size, const std::string& where)
{
    const auto wrong = [&](const std::string& what) { return Error { "the weights' array \"" + cleanLabel(name, 60) + "\" " + what, where }; };
    if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") || !entry.contains("data_offsets"))
        return wrong("lacks its type, shape or place");
    if (!entry["dtype"].is_string() || bytesOf(entry["dtype"]) == 0) return wrong("has a type that is not F32, F16 or BF16");
    Slot slot;
    slot.dtype = entry["dtype"];
    slot.array.name = name;
    const auto count = countOf(entry["shape"], data_size, slot.array.shape);
    if (!count) return wrong("has a shape larger than the file");
    const Json& offsets = entry["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
        return wrong("has no proper place in the file");
    slot.begin = offsets[0];
    slot.end = offsets[1];
    if (slot.begin > slot.end || slot.end > data_size || slot.end - slot.begin != *count * bytesOf(slot.dtype))
        return wrong("does not fit its place in the file");
    return slot;
}

Status fillValues(Slot& slot, const std::uint8_t* data, const std::string& where)
{
    const std::uint64_t width = bytesOf(slot.dtype);
    slot.array.values.resize((slot.end - slot.begin) / width);
    const std::uint8_t* from = data + slot.begin;
    for (float& value : slot.array.values) {
        if (width == 4)
            value = loadAs<float>(from);
        else if (slot.dtype == "F16")
            value = floatFromHalf(loadAs<std::uint16_t>(from));
        else
            value = std::bit_cast<float>(static_cast<std::uint32_t>(loadAs<std::uint16_t>(from)) << 16);
        if (!std::isfinite(value)) return Error { "the weights' array \"" + cleanLabel(slot.array.name, 60) + "\" holds a value that is not a number", where };
        from += width;
    }
    return Done {};
}

/// Depth of nesting is bounded before the parser recurses; a name that stands twice is refused.
Result<Json> parseHeader(const std::uint8_t* bytes, std::uint64_t size, const std::string& where)
{
    bool is_sound = true;
    std::set<std::string> names;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > 6) is_sound = false;
        if (event == Json::parse_event_t::key && depth == 1 && !names.insert(parsed.get<std::string>()).second) is_sound = false;
        return is_sound;
    };
    Json header = Json::parse(bytes, bytes + size, watch, /*allow_exceptions=*/false);
    if (!is_sound || header.is_discarded() || !header.is_object()) return Error { "the weights' header is not proper JSON", where };
    return header;
}

Result<std::uint64_t> headerSize(const std::uint8_t* bytes, std::uint64_t file_size, const std::string& where)
{
    if (file_size < 8) return Error { "the weights file is cut off at its beginning", where };
    const auto size = loadAs<std::uint64_t>(bytes);
    if (size > kMaxHeaderBytes || size > file_size - 8) return Error { "this is not a weights file (its header would be larger than the file)", where };
    return size;
}

Result<std::map<std::string, std::string>> metadataOf(const Json& header, const std::string& where)
{
    std::map<std::string, std::string> words;
    if (const auto at = header.find("__metadata__"); at != header.end() && at->is_object())
        for (const auto& [name, value] : at->items())
            if (value.is_string()) words[name] = value.get<std::string>();
    const auto architecture = words.find("architecture");
    if (architecture == words.end() || architecture->second.rfind("muse ", 0) != 0)
        return Error { "these weights are not Muse's (they name no architecture that is known here)", where };
    const auto version = parseInteger(std::string_view(architecture->second).substr(5));
    if (!version || *version > kWeightsVersion) return Error { "these weights are for a newer version of the program (" + cleanLabel(architecture->second, 40) + ")", where };
    if (*version < kWeightsVersion)
        return Error { "these weights are from an older version of the program (" + cleanLabel(architecture->second, 40) + "); train them anew", where };
    return words;
}

}  // namespace

const NamedArray* findArray(const Weights& weights, const std::string& name)
{
    const auto at = std::lower_bound(
        weights.arrays.begin(), weights.arrays.end(), name, [](const NamedArray& array, const std::string& n) { return array.name < n; });
    return at != weights.arrays.end() && at->name == name ? &*at : nullptr;
}

Status writeWeights(const std::string& path, const Weights& weights, WeightsPrecision precision)
{
    const bool is_half = precision == WeightsPrecision::kFloat16;
    Json header;
    header["__metadata__"] = weights.metadata;
    std::string data;
    for (const NamedArray& array : weights.arrays) {
        const std::size_t begin = data.size();
        for (const float value : array.values) {
            const std::uint16_t half = halfFromFloat(value);
            if (is_half)
                data.append(reinterpret_cast<const char*>(&half), sizeof half);
            else
                data.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
        header[array.name] = { { "dtype", is_half ? "F16" : "F32" }, { "shape", array.shape }, { "data_offsets", { begin, data.size() } } };
    }
    const std::string words = header.dump();
    const std::uint64_t size = words.size();
    std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
    bytes += words;
    bytes += data;
    return writeFileAtomically(path, bytes);
}

Result<Weights> parseWeights(const std::vector<std::uint8_t>& bytes, const std::string& where)
{
    const auto header_size = headerSize(bytes.data(), bytes.size(), where);
    if (!header_size) return header_size.error();
    const auto header = parseHeader(bytes.data() + 8, *header_size, where);
    if (!header) return header.error();
    auto metadata = metadataOf(*header, where);
    if (!metadata) return metadata.error();

    const std::uint8_t* data = bytes.data() + 8 + *header_size;
    const std::uint64_t data_size = bytes.size() - 8 - *header_size;
    std::vector<Slot> slots;
    for (const auto& [name, entry] : header->items()) {
        if (name == "__metadata__") continue;
        auto slot = slotOf(name, entry, data_size, where);
        if (!slot) return slot.error();
        slots.push_back(std::move(*slot));
    }
    std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.begin < b.begin || (a.begin == b.begin && a.end < b.end); });
    std::uint64_t reached = 0;
    for (const Slot& slot : slots) {
        if (slot.begin != reached) return Error { "the weights file has a hole or an overlap", where };
        reached = slot.end;
    }
    if (reached != data_size) return Error { "the weights file has bytes that belong to no array", where };

    Weights weights { std::move(*metadata), {} };
    for (Slot& slot : slots) {
        if (const auto filled = fillValues(slot, data, where); !filled) return filled.error();
        weights.arrays.push_back(std::move(slot.array));
    }
    std::sort(weights.arrays.begin(), weights.arrays.end(), [](const NamedArray& a, const NamedArray& b) { return a.name < b.name; });
    return weights;
}

Result<Weights> readWeights(const std::string& path)
{
    const auto bytes = readWholeFile(path, kMaxFileBytes);
    if (!bytes) return bytes.error();
    return parseWeights(*bytes, path);
}

Result<std::map<std::string, std::string>> readWeightsMetadata(const std::string& path)
{
    const auto bytes = readWholeFile(path, kMaxFileBytes);
    if (!bytes) return bytes.error();
    const auto size = headerSize(bytes->data(), bytes->size(), path);
    if (!size) return size.error();
    const auto header = parseHeader(bytes->data() + 8, *size, path);
    if (!header) return header.error();
    return metadataOf(*header, path);
}

}  // namespace chainsong
