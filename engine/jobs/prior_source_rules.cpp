#include "engine/jobs/prior_source.h"

namespace chainsong {

Result<PriorPtr> readModel(const std::string& weights_path) {
    return Error{"this build of Chainsong has no LibTorch and cannot read weights", weights_path};
}

} // namespace chainsong
