#include "app/cli/diagnosis.h"

#include "app/cli/table.h"
#include "engine/base/numbers.h"
#include "engine/inference/diagnostics.h"
#include "engine/io/stan_run.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

std::vector<double> withoutWarmUp(const std::vector<double>& column, std::size_t num_warm_up) {
    const auto skipped = static_cast<std::ptrdiff_t>(std::min(num_warm_up, column.size()));
    return {column.begin() + skipped, column.end()};
}

int numAtMaxDepth(const DrawsTable& chain) {
    const auto* const depths = chain.column("treedepth__");
    const double max_depth = maxTreeDepthOf(chain);
    if (depths == nullptr || !(max_depth > 0)) return 0;
    const auto kept = withoutWarmUp(*depths, chain.num_warm_up);
    return static_cast<int>(
        std::count_if(kept.begin(), kept.end(), [&](double depth) { return depth >= max_depth; }));
}

ChainReport reportOf(const DrawsTable& chain) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    const auto columnOf = [&](const char* name) {
        const auto* const column = chain.column(name);
        return column == nullptr ? std::vector<double>{} : withoutWarmUp(*column, chain.num_warm_up);
    };
    ChainReport report;
    report.num_draws = chain.numDraws() - std::min(chain.num_warm_up, chain.numDraws());
    const auto diverged = columnOf("divergent__"), leapfrogs = columnOf("n_leapfrog__"),
               energies = columnOf("energy__");
    report.num_divergences =
        diverged.empty() ? kUnknown : static_cast<double>(std::count(diverged.begin(), diverged.end(), 1.0));
    report.step_size = chain.step_size > 0 ? chain.step_size : kUnknown;
    report.leapfrogs_per_draw = leapfrogs.empty() ? kUnknown : meanOf({leapfrogs});
    report.ebfmi = energies.empty() ? kUnknown : ebfmi(energies);
    const double seconds = chain.warm_up_s + chain.sampling_s;
    report.seconds = seconds > 0 ? seconds : kUnknown;
    return report;
}

SamplerTroubles troublesOf(const std::vector<DrawsTable>& tables, const std::vector<ChainReport>& chains) {
    SamplerTroubles troubles;
    for (const DrawsTable& table : tables) troubles.num_at_max_depth += numAtMaxDepth(table);
    for (const ChainReport& chain : chains) {
        if (chain.num_divergences > 0) troubles.num_divergences += static_cast<int>(chain.num_divergences);
        if (chain.ebfmi < troubles.lowest_ebfmi) troubles.lowest_ebfmi = chain.ebfmi;
    }
    return troubles;
}

/// Short enough for a column: about five digits that count.
std::string figure(double value) {
    if (!std::isfinite(value)) return "-";
    const double size = std::abs(value);
    if (size >= 1e9 || (size < 1e-4 && size > 0)) return formatNumber(value);
    return formatFixed(value, size >= 1000 ? 1 : size >= 10 ? 2 : 4);
}

ordered_json numberOrNull(double value) {
    return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

ordered_json toJson(const Diagnosis& diagnosis) {
    ordered_json rows = ordered_json::array();
    for (const SummaryRow& row : diagnosis.rows)
        rows.push_back(
            {{"name", row.name}, {"mean", numberOrNull(row.mean)}, {"mcse", numberOrNull(row.mcse_mean)},
                {"sd", numberOrNull(row.sd)}, {"q5", numberOrNull(row.q5)}, {"q50", numberOrNull(row.q50)},
                {"q95", numberOrNull(row.q95)}, {"ess_bulk", numberOrNull(row.ess_bulk)},
                {"ess_tail", numberOrNull(row.ess_tail)}, {"rhat", numberOrNull(row.rhat)}});
    ordered_json ebfmis = ordered_json::array(), chains = ordered_json::array();
    for (const ChainReport& chain : diagnosis.chains) {
        if (std::isfinite(chain.ebfmi)) ebfmis.push_back(chain.ebfmi);
        chains.push_back({{"draws", chain.num_draws}, {"divergences", numberOrNull(chain.num_divergences)},
            {"step_size", numberOrNull(chain.step_size)},
            {"leapfrogs_per_draw", numberOrNull(chain.leapfrogs_per_draw)},
            {"ebfmi", numberOrNull(chain.ebfmi)}, {"seconds", numberOrNull(chain.seconds)}});
    }
    return {{"summary", std::move(rows)}, {"divergences", diagnosis.troubles.num_divergences},
        {"at_max_depth", diagnosis.troubles.num_at_max_depth}, {"worst", diagnosis.verdict.worst},
        {"ebfmi", std::move(ebfmis)}, {"chains", std::move(chains)},
        {"ess_per_second", numberOrNull(diagnosis.ess_per_s)}, {"verdict", wordFor(diagnosis.verdict.light)},
        {"sentence", diagnosis.verdict.sentence}, {"warnings", diagnosis.verdict.warnings}};
}

/// How the sampler fared, chain by chain; of many only what they come to.
std::string chainsText(const Diagnosis& diagnosis) {
    constexpr std::size_t kMostLines = 16;
    std::string text;
    const auto& chains = diagnosis.chains;
    const bool says_anything = std::any_of(chains.begin(), chains.end(),
        [](const ChainReport& chain) { return chain.step_size > 0 || chain.leapfrogs_per_draw > 0; });
    if (says_anything && chains.size() <= kMostLines) {
        Table table{{"chain", "draws", "divergences", "step size", "leapfrogs", "E-BFMI", "seconds"}};
        for (std::size_t i = 0; i < chains.size(); ++i)
            table.add({std::to_string(i + 1), std::to_string(chains[i].num_draws),
                std::isfinite(chains[i].num_divergences) ? formatFixed(chains[i].num_divergences, 0) : "-",
                figure(chains[i].step_size), figure(chains[i].leapfrogs_per_draw), figure(chains[i].ebfmi),
                figure(chains[i].seconds)});
        text += table.text() + "\n";
    }
    text += "divergences " + std::to_string(diagnosis.troubles.num_divergences);
    if (diagnosis.troubles.lowest_ebfmi < 1)
        text += ", lowest E-BFMI " + figure(diagnosis.troubles.lowest_ebfmi);
    if (std::isfinite(diagnosis.ess_per_s))
        text += ", " + formatFixed(diagnosis.ess_per_s, 0) + " independent draws a second of all chains";
    return text + "\n";
}

} // namespace

Result<Diagnosis> diagnoseTables(const std::vector<DrawsTable>& chains, int num_threads) {
    if (chains.empty()) return Error{"there are no draws"};
    std::vector<std::string> names;
    for (const std::string& name : chains.front().names)
        if (isQuantity(name)) names.push_back(name);
    std::vector<ChainColumns> columns;
    std::size_t draws_per_chain = SIZE_MAX;
    for (std::size_t chain = 0; chain < chains.size(); ++chain) {
        if (chains[chain].names != chains.front().names)
            return Error{"chain " + std::to_string(chain + 1) + " has other columns than the first"};
        ChainColumns kept;
        for (const std::string& name : names)
            kept.push_back(withoutWarmUp(*chains[chain].column(name), chains[chain].num_warm_up));
        draws_per_chain = std::min(draws_per_chain, kept.empty() ? 0 : kept.front().size());
        columns.push_back(std::move(kept));
    }
    if (draws_per_chain == 0) return Error{"there are no draws after warm-up"};
    Diagnosis diagnosis;
    diagnosis.rows = diagnose(names, columns, num_threads);
    double seconds = 0;
    for (const DrawsTable& chain : chains) {
        diagnosis.chains.push_back(reportOf(chain));
        seconds += diagnosis.chains.back().seconds;
    }
    diagnosis.troubles = troublesOf(chains, diagnosis.chains);
    diagnosis.verdict = verdictOf(diagnosis.rows, static_cast<int>(chains.size()),
        static_cast<int>(draws_per_chain), diagnosis.troubles);
    diagnosis.ess_per_s = diagnosis.verdict.lowest_ess / seconds;
    return diagnosis;
}

void tell(const Diagnosis& diagnosis, Console& console) {
    if (console.wantsJson())
        return console.result(toJson(diagnosis).dump(2, ' ', false, ordered_json::error_handler_t::replace));
    Table table{{"name", "mean", "mcse", "sd", "q5", "q50", "q95", "ess_bulk", "ess_tail", "rhat"}};
    for (const SummaryRow& row : diagnosis.rows)
        table.add({row.name, figure(row.mean), figure(row.mcse_mean), figure(row.sd), figure(row.q5),
            figure(row.q50), figure(row.q95),
            std::isfinite(row.ess_bulk) ? formatFixed(row.ess_bulk, 0) : "-",
            std::isfinite(row.ess_tail) ? formatFixed(row.ess_tail, 0) : "-",
            std::isfinite(row.rhat) ? formatFixed(row.rhat, 4) : "-"});
    std::string text = table.text() + "\n" + chainsText(diagnosis);
    text += std::string(wordFor(diagnosis.verdict.light)) + ": " + diagnosis.verdict.sentence + "\n";
    for (const std::string& warning : diagnosis.verdict.warnings) text += warning + "\n";
    console.result(text);
}

} // namespace chainsong
