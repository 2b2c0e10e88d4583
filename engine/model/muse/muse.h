#pragma once

#include "engine/model/prior.h"

#include <string>

namespace chainsong {

/// Reads a weights file (safetensors layout, checked whole before use) and returns the attention model as a prior.
/// Fails with a sentence if the file is absent, truncated, foreign, of a newer version, or holds NaN.
Result<PriorPtr> loadMuse(const std::string& weights_path);

/// What `inspect` and `doctor` say of a weights file, without loading the network.
struct WeightsSummary {
    std::string architecture;  // "muse 3"
    std::string training_data;  // the corpus' parts
    std::string licences;  // of the data
    double validation_nats_per_note = 0;
    std::int64_t num_parameters = 0;
    std::string made_from;  // revision of the program that trained it
};
Result<WeightsSummary> summariseWeights(const std::string& weights_path);

/// Billions of floating-point operations a second in one 256 x 256 float32 product on one thread. Below 30 the
/// program runs on a reference BLAS and says so.
double matrixSpeedGflops();

}  // namespace chainsong
