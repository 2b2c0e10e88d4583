#include "engine/model/muse/checkpoint.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/model/muse/loss_curves.h"

#include <array>
#include <filesystem>
#include <utility>

namespace chainsong {
namespace {

namespace fs = std::filesystem;
constexpr const char* kLossesFile = "losses.csv";
constexpr std::uint64_t kMostTableBytes = 1 << 26;

template <class State> auto filesOf(State& state) {
    return std::array{std::pair{"trained.safetensors", &state.trained},
        std::pair{"average.safetensors", &state.average},
        std::pair{"first_moment.safetensors", &state.first_moment},
        std::pair{"second_moment_root.safetensors", &state.second_moment_root}};
}

Status failed(const std::string& folder, const std::error_code& why) {
    return Error{"the checkpoint could not be written: " + why.message(), folder};
}

} // namespace

std::string checkpointFolder(const std::string& weights_path) { return weights_path + ".checkpoint"; }

Status writeCheckpoint(const std::string& folder, const TrainingCheckpoint& checkpoint) {
    const fs::path fresh = folder + ".new", old = folder + ".old";
    std::error_code why;
    fs::remove_all(fresh, why);
    if (fs::create_directories(fresh, why); why) return failed(folder, why);
    for (const auto& [name, weights] : filesOf(checkpoint.state)) {
        Weights marked{{{"architecture", "muse " + std::to_string(kWeightsVersion)},
                           {"num_steps", formatFixed(checkpoint.state.num_steps, 0)},
                           {"best_valid_nats_per_note", formatFixed(checkpoint.best_valid_nats_per_note, 6)}},
            weights->arrays};
        if (const Status written = writeWeights((fresh / name).string(), marked, WeightsPrecision::kFloat16);
            !written)
            return written.error();
    }
    if (const Status written =
            writeFileAtomically((fresh / kLossesFile).string(), lossTable(checkpoint.losses));
        !written)
        return written.error();
    fs::remove_all(old, why);
    if (fs::exists(folder)) {
        if (fs::rename(folder, old, why); why) return failed(folder, why);
    }
    if (fs::rename(fresh, folder, why); why) return failed(folder, why);
    fs::remove_all(old, why);
    return Done{};
}

Result<TrainingCheckpoint> readCheckpoint(const std::string& folder) {
    TrainingCheckpoint checkpoint;
    for (const auto& [name, weights] : filesOf(checkpoint.state)) {
        auto read = readWeights((fs::path(folder) / name).string());
        if (!read) return read.error();
        checkpoint.state.num_steps = parseNumber(read->metadata["num_steps"]).value_or(0);
        checkpoint.best_valid_nats_per_note =
            parseNumber(read->metadata["best_valid_nats_per_note"]).value_or(0);
        *weights = std::move(*read);
    }
    const auto table = readWholeFile((fs::path(folder) / kLossesFile).string(), kMostTableBytes);
    if (!table) return table.error();
    checkpoint.losses = lossesFromTable(std::string(table->begin(), table->end()));
    return checkpoint;
}

} // namespace chainsong
