#include "engine/model/muse/trainer_module.h"

#include "engine/model/muse/network.h"

#include <exception>

namespace chainsong {
namespace {

/// LibTorch reports by exceptions; past this point there are none.
template <class Work>
auto guarded(Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception& failure) {
        return Error { std::string("LibTorch stopped: ") + failure.what() };
    }
}

}  // namespace
}  // namespace chainsong

extern "C" const chainsong::TrainerModule* chainsongTrainer()
{
    using namespace chainsong;
    static const TrainerModule module {
        [](const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop) {
            return guarded([&] { return trainHere(options, on_progress, stop); });
        },
        [](const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop) {
            return guarded([&] { return evaluateHere(options, on_progress, stop); });
        },
        measureMatrixSpeedGflops,
    };
    return &module;
}
