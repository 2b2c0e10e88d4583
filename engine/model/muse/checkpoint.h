#pragma once

#include "engine/model/muse/network.h"
#include "engine/model/muse/trainer.h"

#include <string>
#include <vector>

namespace chainsong {

/// Where a training stands: enough to go on as if it had not stopped, but for the rounding to 16 bits.
struct TrainingCheckpoint {
    TrainingState state;
    std::vector<LossPoint> losses;
    double best_valid_nats_per_note = 0;
};

/// The folder beside a weights file in which its training is kept.
std::string checkpointFolder(const std::string& weights_path);
/// Files of a few MiB each (four sets of 16-bit arrays and a table), first beside the old folder, then in its
/// place.
Status writeCheckpoint(const std::string& folder, const TrainingCheckpoint& checkpoint);
/// Fails with a sentence if a file is missing or damaged.
Result<TrainingCheckpoint> readCheckpoint(const std::string& folder);

} // namespace chainsong
