#include "app/cli/chain_files.h"

#include <filesystem>

namespace chainsong {

std::string chainPath(const std::string& folder, int number) {
    return (std::filesystem::path(folder) / ("chain-" + std::to_string(number) + ".csv")).string();
}

StanSettings settingsOf(const std::string& target, const RunOptions& options, int number) {
    StanSettings settings;
    settings.model = target;
    settings.num_draws = options.num_draws;
    settings.num_warm_up = options.num_warm_up;
    settings.keeps_warm_up = options.keeps_warm_up;
    settings.target_accept = options.target_accept;
    settings.max_tree_depth = options.max_tree_depth;
    settings.chain = number;
    settings.seed = std::to_string(options.seed);
    return settings;
}

DrawsTable tableOf(const Run& run, std::size_t chain) {
    const ChainRun& source = run.chains[chain];
    NamedColumns columns = stanColumns(run, chain);
    DrawsTable table;
    table.names = std::move(columns.names);
    table.columns = std::move(columns.columns);
    table.num_warm_up = static_cast<std::size_t>(source.num_warm_up_kept);
    const int number = run.options.first_chain + static_cast<int>(chain) + 1;
    StanSettings settings = settingsOf(run.target, run.options, number);
    settings.num_draws =
        static_cast<int>(source.stats.size()) - source.num_warm_up_kept; // it may have ended early
    table.comments = stanComments(settings);
    table.step_size = source.step_size;
    table.inverse_mass = source.inverse_mass;
    table.warm_up_s = source.warm_up_s;
    table.sampling_s = source.sampling_s;
    return table;
}

} // namespace chainsong
