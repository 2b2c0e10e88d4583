#include "app/cli/ranks.h"

#include "engine/base/numbers.h"

#include <cmath>
#include <cstdlib>
#include <vector>

namespace chainsong {
namespace {

/// -1: no whole number from 0 on.
int wholeNumber(const std::string& text) {
    const auto value = parseNumber(text);
    return value && *value >= 0 && *value <= 1e6 && *value == std::floor(*value) ? static_cast<int>(*value)
                                                                                 : -1;
}

} // namespace

Rank rankFrom(const std::function<std::string(const std::string&)>& variable) {
    // SLURM_STEP_NUM_TASKS is there inside steps only: a batch script's own commands run once.
    struct Launcher {
        const char *number, *count;
        std::vector<const char*> launch;
    };
    static const Launcher launchers[] = {
        {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", {"PMIX_NAMESPACE", "OMPI_MCA_ess_base_jobid"}},
        {"PMI_RANK", "PMI_SIZE", {}},
        {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", {"SLURM_JOB_ID", "SLURM_STEP_ID", "SLURM_RESTART_COUNT"}}};
    for (const Launcher& launcher : launchers) {
        const int number = wholeNumber(variable(launcher.number)),
                  count = wholeNumber(variable(launcher.count));
        if (number < 0 || count <= number) continue;
        Rank rank{number, count};
        for (const char* const name : launcher.launch)
            if (const std::string value = variable(name); !value.empty())
                rank.launch += "/" + value.substr(0, 60);
        return rank;
    }
    return {};
}

Rank rankOfThisProcess() {
    return rankFrom([](const std::string& name) {
        const char* const value = std::getenv(name.c_str());
        return std::string(value == nullptr ? "" : value);
    });
}

RunOptions shareOf(const RunOptions& all, const Rank& rank) {
    const auto firstOf = [&](int number) {
        return static_cast<int>(static_cast<std::int64_t>(all.num_chains) * number / rank.count);
    };
    RunOptions share = all;
    share.first_chain = all.first_chain + firstOf(rank.number);
    share.num_chains = firstOf(rank.number + 1) - firstOf(rank.number);
    if (!rank.isAlone() && !all.checkpoint_path.empty())
        share.checkpoint_path += "." + std::to_string(rank.number);
    return share;
}

} // namespace chainsong
