#pragma once

#include "engine/model/muse/batch.h"
#include "engine/model/muse/weights.h"

#include <array>
#include <memory>
#include <vector>

namespace chainsong {

/// Sums over a batch, nats: one number for each head, and how many notes they belong to.
struct HeadLosses {
    std::array<double, kNumHeads> nats {};
    std::int64_t num_notes = 0;
    double perNote() const;
};

/// All that a training has come to: the arrays, their moving average, and AdamW's two moments (of the second the square root, which
/// 16 bits can hold).
struct TrainingState {
    Weights trained, average, first_moment, second_moment_root;
    double num_steps = 0;
};

/// The attention model under training (LibTorch stays in network.cpp). Not thread-safe.
class TrainingNetwork {
public:
    /// kBest: a graphics card if LibTorch has one, else the processor. kProcessorAsCard computes on the processor what a card
    /// would, in its few large operations: slower, and equal but for rounding (a test holds the two together).
    enum class Device { kBest, kProcessor, kProcessorAsCard };
    explicit TrainingNetwork(std::uint64_t seed, Device device = Device::kBest);
    ~TrainingNetwork();

    /// One step of AdamW on the batch's mean nats per note.
    HeadLosses learn(const TrainingBatch& batch, double learning_rate);
    /// Loss with the averaged weights, nothing learnt.
    HeadLosses evaluate(const TrainingBatch& batch);
    /// Log-probability of each target, with the averaged weights: (B, T) a head, 0 where there is none. For tests.
    std::array<std::vector<float>, kNumHeads> targetLogProbs(const TrainingBatch& batch);

    /// Exponential moving average of the weights: what is shipped.
    Weights averagedWeights() const;
    /// Takes both the weights and their average from arrays of the same names and shapes.
    Status takeWeights(const Weights& weights);
    TrainingState state() const;
    Status takeState(const TrainingState& state);
    double numSteps() const;
    bool isOnCard() const;
    std::int64_t numParameters() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// See muse.h.
double measureMatrixSpeedGflops();

}  // namespace chainsong
