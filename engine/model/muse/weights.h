#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace chainsong {

/// One array of numbers of a network: float32 values, row by row.
struct NamedArray {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    bool operator==(const NamedArray&) const = default;
};

/// All that a weights file holds: the network's arrays, and words about them (architecture, training data and its
/// licences, validation nats, revision).
struct Weights {
    std::map<std::string, std::string> metadata;
    std::vector<NamedArray> arrays;  // in order of their names
};

constexpr int kWeightsVersion = 3;

/// The array of that name, or nullptr.
const NamedArray* findArray(const Weights& weights, const std::string& name);

enum class WeightsPrecision { kFloat32, kFloat16 };
/// Writes the safetensors layout: 8 bytes header length, JSON header, values. The file appears complete or not at all.
Status writeWeights(const std::string& path, const Weights& weights, WeightsPrecision precision);

/// Reads F32, F16 and BF16 arrays. Proves before use that the arrays tile the file without hole or overlap and that
/// every value is finite; allocates nothing that the file's size does not cover.
Result<Weights> readWeights(const std::string& path);
/// The same checks on bytes, for tests and fuzzing; `where` names them in errors.
Result<Weights> parseWeights(const std::vector<std::uint8_t>& bytes, const std::string& where);
/// The header's words alone, for `inspect`.
Result<std::map<std::string, std::string>> readWeightsMetadata(const std::string& path);

}  // namespace chainsong
