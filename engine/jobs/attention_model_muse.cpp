#include "engine/jobs/attention_model.h"

namespace chainsong {

bool hasAttentionModel() { return true; }

Result<PriorPtr> readModel(const std::string& weights_path) { return loadMuse(weights_path); }

Result<WeightsSummary> describeWeights(const std::string& weights_path) {
    return summariseWeights(weights_path);
}

Result<TrainReport> trainModel(
    const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop) {
    return trainMuse(options, on_progress, stop);
}

Result<std::vector<PartEvaluation>> evaluateModel(
    const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop) {
    return evaluateMuse(options, on_progress, stop);
}

Result<double> measureMatrixSpeedGflops() { return matrixSpeedGflops(); }

} // namespace chainsong
