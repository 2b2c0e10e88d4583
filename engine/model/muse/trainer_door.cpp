#include "engine/model/muse/muse.h"
#include "engine/model/muse/trainer_module.h"

#include <dlfcn.h>

#include <array>
#include <filesystem>
#include <string>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

/// Beside the program, where it was built, where it is installed.
std::array<fs::path, 3> modulePlaces()
{
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    const fs::path name = "libchainsong_trainer.so";
    return { program / name, fs::path(CHAINSONG_TRAINER_DIR) / name, program / ".." / "lib" / "chainsong" / name };
}

Result<const TrainerModule*> openModule()
{
    using Entry = const TrainerModule* (*)();
    std::string why = "it is not part of this build";
    for (const fs::path& place : modulePlaces()) {
        std::error_code ignored;
        if (!fs::exists(place, ignored)) continue;
        if (void* const handle = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL)) {  // stays open until the program ends
            if (const auto entry = reinterpret_cast<Entry>(dlsym(handle, kTrainerModuleSymbol))) return entry();
        }
        if (const char* const reason = dlerror()) why = reason;
    }
    return Error { "The trainer (LibTorch) could not be loaded: " + why };
}

}  // namespace

Result<TrainReport> trainMuse(const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop)
{
    const auto module = openModule();
    if (!module) return module.error();
    return (*module)->train(options, on_progress, stop);
}

Result<std::vector<PartEvaluation>> evaluateMuse(const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop)
{
    const auto module = openModule();
    if (!module) return module.error();
    return (*module)->evaluate(options, on_progress, stop);
}

double matrixSpeedGflops()
{
    const auto module = openModule();
    return module ? (*module)->matrix_speed_gflops() : 0;
}

}  // namespace chainsong
