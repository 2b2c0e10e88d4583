#pragma once

#include "engine/base/result.h"
#include "engine/model/prior.h"

#include <string>

namespace chainsong {

/// Reads the attention model where the program was built with LibTorch; elsewhere it says that it was not.
Result<PriorPtr> readModel(const std::string& weights_path);

} // namespace chainsong
