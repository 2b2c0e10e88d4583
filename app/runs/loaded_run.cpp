#include "app/runs/loaded_run.h"

#include "engine/inference/diagnostics.h"
#include "engine/io/stan_run.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

/// A run of 800 MB; a chain may take all of it.
constexpr std::size_t kMostCells = 100'000'000;

/// What differs between the columns of two chains, in words.
std::string differenceOf(const std::vector<std::string>& wanted, const std::vector<std::string>& found) {
    for (const std::string& name : wanted)
        if (std::ranges::find(found, name) == found.end()) return "the column \"" + name + "\" is missing";
    for (const std::string& name : found)
        if (std::ranges::find(wanted, name) == wanted.end())
            return "the column \"" + name + "\" is not in the first file";
    return "the columns stand in another order than in the first file";
}

/// Moves the table's columns into the run.
void takeChain(DrawsTable& table, const std::vector<std::string>& names, RunDraws& run) {
    RunDraws::Chain chain;
    std::size_t next = 0;
    for (std::size_t i = 0; i < table.names.size(); ++i) {
        auto& column = table.columns[i];
        if (table.names[i] == "energy__") chain.energies = column;
        if (table.names[i] == "divergent__")
            for (const double value : column) chain.diverged.push_back(value > 0.5 ? 1 : 0);
        if (next < names.size() && table.names[i] == names[next]) {
            chain.columns.push_back(std::move(column));
            ++next;
        }
    }
    run.chains.push_back(std::move(chain));
}

/// What the sampler noticed after warm-up; 0 where it did not look.
void takeTroubles(const DrawsTable& table, std::size_t num_warm_up, LoadedRun& run) {
    const auto kept = [&](const std::vector<double>& column) {
        return std::span(column).subspan(std::min(num_warm_up, column.size()));
    };
    if (const auto* const diverged = table.column("divergent__"))
        run.troubles.num_divergences += static_cast<int>(
            std::ranges::count_if(kept(*diverged), [](double value) { return value > 0.5; }));
    const double max_depth = maxTreeDepthOf(table);
    if (const auto* const depths = table.column("treedepth__"); depths != nullptr && max_depth > 0)
        run.troubles.num_at_max_depth += static_cast<int>(
            std::ranges::count_if(kept(*depths), [&](double depth) { return depth >= max_depth; }));
    if (const auto* const energies = table.column("energy__")) {
        run.ebfmis.push_back(ebfmi(kept(*energies)));
        run.troubles.lowest_ebfmi = std::fmin(run.troubles.lowest_ebfmi, run.ebfmis.back());
    }
}

std::string nameOf(const std::string& path) { return fs::path(path).filename().string(); }

/// Sentences about chains that are not alike.
void compareChains(const RunDraws& run, const std::vector<std::size_t>& warm_ups, LoadedRun& loaded) {
    const auto [fewest, most] = std::ranges::minmax(warm_ups);
    if (fewest != most)
        loaded.notices.push_back("The chains hold different numbers of warm-up draws; the first "
            + std::to_string(most) + " of each are left out.");
    int shortest = run.numDraws(0);
    for (int chain = 0; chain < run.numChains(); ++chain) shortest = std::min(shortest, run.numDraws(chain));
    if (shortest < run.longestChain())
        loaded.notices.push_back("The chains differ in length; what compares them uses the first "
            + std::to_string(std::max(0, shortest - static_cast<int>(most))) + " draws of each.");
}

} // namespace

Result<LoadedRun> loadRun(const std::vector<std::string>& paths, std::stop_token stop) {
    const auto files = filesOfRun(paths);
    if (!files) return files.error();
    LoadedRun loaded;
    loaded.files = *files;
    auto run = std::make_shared<RunDraws>();
    std::vector<std::string> all_names;
    std::vector<std::size_t> warm_ups;
    CsvBudget budget;
    budget.max_cells = kMostCells;
    for (const std::string& file : *files) {
        if (stop.stop_requested()) return Error{"stopped"};
        auto table = readStanCsvFile(file, budget);
        if (!table) return table.error();
        for (const std::string& notice : table->notices)
            loaded.notices.push_back(nameOf(file) + ": " + notice);
        if (run->chains.empty()) {
            all_names = table->names;
            std::ranges::copy_if(all_names, std::back_inserter(run->names), isQuantity);
            if (run->names.empty())
                return Error{"the file names no quantity, only columns of the sampler", file};
        } else if (table->names != all_names) {
            return Error{"this is no chain of the same run: " + differenceOf(all_names, table->names), file};
        }
        if (table->numDraws() <= table->num_warm_up) return Error{"there are no draws after warm-up", file};
        budget.max_cells -= std::min(budget.max_cells, table->numDraws() * all_names.size());
        warm_ups.push_back(table->num_warm_up);
        takeTroubles(*table, table->num_warm_up, loaded);
        takeChain(*table, run->names, *run);
    }
    run->num_warm_up = static_cast<int>(std::ranges::max(warm_ups));
    compareChains(*run, warm_ups, loaded);
    loaded.draws = std::move(run);
    return loaded;
}

} // namespace chainsong
