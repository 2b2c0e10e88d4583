#pragma once

#include "engine/inference/targets.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsong::test {

/// A JSON file of the shared reference folder ("posteriors/arK-arK.json"), or nothing where the folder is
/// absent.
std::optional<nlohmann::json> referenceJson(const std::string& path);
/// The lines of a CSV file of numbers there, column by column.
std::vector<std::vector<double>> referenceColumns(const std::string& path);
/// The single-precision numbers of a raw file there.
std::vector<double> referenceFloats(const std::string& path);
/// The numbers of a JSON object, nested lists laid flat row by row.
NamedNumbers numbersIn(const nlohmann::json& object);
/// The file with data and reference summaries of a built-in target, or "" when it needs none.
std::string dataFileOf(const std::string& target);
/// A built-in target with its reference data.
std::optional<Target> referenceTarget(const std::string& name);

} // namespace chainsong::test
