#pragma once

#include "app/cli/console.h"
#include "engine/inference/tempered_smc.h"

#include <string>

namespace chainsong {

/// Draws by tempered SMC, writes the particles as one Stan CSV file, and tells the evidence and the
/// posterior's means and sds, each with its error. A target whose prior is not known apart is started from
/// normals of `reference_sd`.
Status temper(const Target& target, double reference_sd, const TemperedOptions& options,
    const std::string& out_dir, Console& console);

} // namespace chainsong
