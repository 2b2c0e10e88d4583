#pragma once

#include "engine/base/result.h"
#include "engine/inference/log_density.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// Named numbers that a target may need, as a JSON file of Stan data holds them: a single number is a list of
/// one, a matrix is written row by row.
using NamedNumbers = std::map<std::string, std::vector<double>>;

/// What there is to choose from.
struct TargetInfo {
    std::string name;
    std::string sentence;
    bool needs_data = false;
};
std::span<const TargetInfo> builtInTargets();

/// A built-in target by name. `data` matters to those that need it; the error says which numbers are missing
/// or which names there are.
Result<Target> makeTarget(std::string_view name, const NamedNumbers& data = {});

/// d independent standard normals.
Target normalTarget(int dimension);
/// Independent normals with sds from 0.01 to 100, log-spaced.
Target illConditionedTarget(int dimension);
/// x1 ~ N(0, 1), x_t ~ N(0.9 x_(t-1), sqrt(1 - 0.81)).
Target autoregressiveTarget(int dimension);
/// Rubin's (1981) eight schools, in the form that a sampler likes.
Target eightSchoolsTarget();
/// Haario's banana: x1 ~ N(0, 10), x2 ~ N(-0.03 (x1^2 - 100), 1).
Target bananaTarget();
/// Goodman and Weare's (2010) version of Rosenbrock's valley. R-hat alone does not see its failures.
Target rosenbrockTarget();
/// Neal's funnel, centred: v ~ N(0, 3), nine x ~ N(0, exp(v / 2)). Every sampler must warn here.
Target funnelTarget();

/// Posteriors that need data (see data_targets.cpp); names as in posteriordb. Nothing for other names.
Result<Target> makeDataTarget(std::string_view name, const NamedNumbers& data);

} // namespace chainsong
