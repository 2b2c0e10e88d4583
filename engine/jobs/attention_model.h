#pragma once

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/muse/muse.h"
#include "engine/model/muse/trainer.h"
#include "engine/model/prior.h"

#include <stop_token>
#include <string>
#include <vector>

// The attention model for those who may run without it: a build without LibTorch has these functions too, and
// each says so in its Error.
namespace chainsong {

bool hasAttentionModel();
Result<PriorPtr> readModel(const std::string& weights_path);
Result<WeightsSummary> describeWeights(const std::string& weights_path);
Result<TrainReport> trainModel(
    const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop);
Result<std::vector<PartEvaluation>> evaluateModel(
    const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop);
/// Billions of floating-point operations a second, see muse.h.
Result<double> measureMatrixSpeedGflops();

} // namespace chainsong
