#include "engine/jobs/prior_source.h"
#include "engine/model/muse/muse.h"

namespace chainsong {

Result<PriorPtr> readModel(const std::string& weights_path) { return loadMuse(weights_path); }

} // namespace chainsong
