#pragma once

#include "engine/base/result.h"
#include "engine/inference/log_density.h"

#include <cstdint>
#include <string>

namespace chainsong {

/// What the user wants to draw from: a built-in target by name, or a Stan model as a shared library.
struct TargetChoice {
    std::string name;
    std::string model_path;
    std::string data_path;
};

Result<Target> chosenTarget(const TargetChoice& choice, std::uint64_t seed);
/// All built-in targets, with commas.
std::string namesOfTargets();

} // namespace chainsong
