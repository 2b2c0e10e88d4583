#pragma once

#include "engine/model/muse/trainer.h"

namespace chainsong {

/// What the trainer's shared module offers. LibTorch costs half a second and 160 MB to load, so it stands in a module of
/// its own that only training and evaluation open; composing needs none of it.
struct TrainerModule {
    Result<TrainReport> (*train)(const TrainOptions&, const OnProgress&, std::stop_token);
    Result<std::vector<PartEvaluation>> (*evaluate)(const EvaluateOptions&, const OnProgress&, std::stop_token);
    double (*matrix_speed_gflops)();
};
inline constexpr const char* kTrainerModuleSymbol = "chainsongTrainer";

/// Inside the module; callers outside use trainer.h.
Result<TrainReport> trainHere(const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop);
Result<std::vector<PartEvaluation>> evaluateHere(const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop);

}  // namespace chainsong
