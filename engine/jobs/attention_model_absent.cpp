#include "engine/jobs/attention_model.h"

namespace chainsong {
namespace {

Error notBuilt(const std::string& where = {}) {
    return {"this build of Chainsong has no LibTorch and thus no attention model", where};
}

} // namespace

bool hasAttentionModel() { return false; }

Result<PriorPtr> readModel(const std::string& weights_path) { return notBuilt(weights_path); }

Result<WeightsSummary> describeWeights(const std::string& weights_path) { return notBuilt(weights_path); }

Result<TrainReport> trainModel(const TrainOptions&, const OnProgress&, std::stop_token) { return notBuilt(); }

Result<std::vector<PartEvaluation>> evaluateModel(
    const EvaluateOptions&, const OnProgress&, std::stop_token) {
    return notBuilt();
}

Result<double> measureMatrixSpeedGflops() { return notBuilt(); }

} // namespace chainsong
