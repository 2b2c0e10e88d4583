#include "engine/model/muse/muse.h"

#include "engine/base/numbers.h"
#include "engine/model/muse/decoder.h"
#include "engine/model/muse/weights.h"

namespace chainsong {
namespace {

std::string wordOf(const std::map<std::string, std::string>& words, const char* name)
{
    const auto at = words.find(name);
    return at == words.end() ? std::string() : at->second;
}

/// A short name for the values: 64-bit FNV-1a in hexadecimal. It tells two trainings apart; it proves nothing.
std::string fingerprint(const Weights& weights)
{
    std::uint64_t hash = 14695981039346656037u;
    for (const NamedArray& array : weights.arrays)
        for (const float value : array.values) hash = (hash ^ static_cast<std::uint64_t>(static_cast<std::int64_t>(value * 65536.0f))) * 1099511628211u;
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[hash >> shift & 15u];
    return text;
}

}  // namespace

Result<PriorPtr> loadMuse(const std::string& weights_path)
{
    const auto weights = readWeights(weights_path);
    if (!weights) return weights.error();
    return makeMusePrior(*weights, wordOf(weights->metadata, "architecture") + " (" + fingerprint(*weights) + ")");
}

Result<WeightsSummary> summariseWeights(const std::string& weights_path)
{
    const auto words = readWeightsMetadata(weights_path);
    if (!words) return words.error();
    return WeightsSummary { wordOf(*words, "architecture"), wordOf(*words, "training_data"), wordOf(*words, "licences"), parseNumber(wordOf(*words, "validation_nats_per_note")).value_or(0),
        parseInteger(wordOf(*words, "parameters")).value_or(0), wordOf(*words, "made_from") };
}

}  // namespace chainsong
