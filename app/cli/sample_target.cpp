#include "app/cli/sample_target.h"

#include "engine/base/atomic_file.h"
#include "engine/inference/bridge_stan.h"
#include "engine/inference/targets.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace chainsong {
namespace {

constexpr std::uint64_t kMaxBytes = 256 << 20;

/// Flattens numbers and nested lists of numbers, row by row.
bool appendNumbers(const nlohmann::json& value, std::vector<double>& numbers) {
    if (value.is_number()) {
        numbers.push_back(value.get<double>());
        return true;
    }
    if (!value.is_array()) return false;
    for (const auto& entry : value)
        if (!appendNumbers(entry, numbers)) return false;
    return true;
}

/// Raw little-endian single precision: the weights of a network.
NamedNumbers weightsIn(const std::vector<std::uint8_t>& bytes) {
    NamedNumbers data;
    for (std::size_t at = 0; at + sizeof(float) <= bytes.size(); at += sizeof(float)) {
        float weight = 0;
        std::memcpy(&weight, bytes.data() + at, sizeof weight);
        data["weights"].push_back(weight);
    }
    return data;
}

Result<NamedNumbers> readData(const std::string& path) {
    const auto bytes = readWholeFile(path, kMaxBytes);
    if (!bytes) return bytes.error();
    if (path.ends_with(".f32")) return weightsIn(*bytes);
    const auto json =
        nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return Error{"is no JSON object of named numbers", path};
    NamedNumbers data;
    for (const auto& [name, value] : json.items())
        if (!appendNumbers(value, data[name]))
            return Error{"\"" + name + "\" holds something that is no number", path};
    return data;
}

Result<Target> modelTarget(const TargetChoice& choice, std::uint64_t seed) {
    std::string data;
    if (!choice.data_path.empty()) {
        const auto bytes = readWholeFile(choice.data_path, kMaxBytes);
        if (!bytes) return bytes.error();
        data.assign(bytes->begin(), bytes->end());
        if (!nlohmann::json::accept(data)) return Error{"is no JSON", choice.data_path};
    }
    return bridgeStanTarget(choice.model_path, data, seed);
}

} // namespace

Result<Target> chosenTarget(const TargetChoice& choice, std::uint64_t seed) {
    if (!choice.model_path.empty()) return modelTarget(choice, seed);
    NamedNumbers data;
    if (!choice.data_path.empty()) {
        auto read = readData(choice.data_path);
        if (!read) return read.error();
        data = *std::move(read);
    }
    return makeTarget(choice.name, data);
}

std::string namesOfTargets() {
    std::string names;
    for (const TargetInfo& target : builtInTargets()) names += (names.empty() ? "" : ", ") + target.name;
    return names;
}

} // namespace chainsong
