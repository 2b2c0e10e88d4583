#pragma once

#include "engine/base/result.h"
#include "engine/inference/log_density.h"

#include <cstdint>
#include <string>

namespace chainsong {

/// The density of a Stan model that was compiled with BridgeStan 2 into a shared library, by its public C
/// interface. The library's own code is run, so this is only for a library that the user has named. `data` is
/// JSON text, or empty; transformed parameters are drawn along, generated quantities are not. The library
/// stays loaded until the program ends.
Result<Target> bridgeStanTarget(const std::string& library_path, const std::string& data, std::uint64_t seed);

} // namespace chainsong
