#include "app/cli/diagnosis.h"

#include "app/cli/table.h"
#include "engine/base/numbers.h"
#include "engine/inference/diagnostics.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

/// "accept_stat__", "treedepth__" … tell of the sampler, not of the target.
bool isQuantity(const std::string& name) { return name == "lp__" || !name.ends_with("__"); }

std::vector<double> withoutWarmUp(const std::vector<double>& column, std::size_t num_warm_up) {
    const auto skipped = static_cast<std::ptrdiff_t>(std::min(num_warm_up, column.size()));
    return {column.begin() + skipped, column.end()};
}

/// The longest tree that the run allowed, by the settings at the top of its file; 0: they do not say.
double maxDepthOf(const DrawsTable& chain) {
    for (const std::string& comment : chain.comments)
        for (const std::string_view setting : {"max_depth = ", "max_treedepth="}) // CmdStan's and rstan's
            if (const std::size_t at = comment.find(setting); at != std::string::npos) {
                const std::string_view rest = std::string_view(comment).substr(at + setting.size());
                return parseNumber(rest.substr(0, rest.find(' '))).value_or(0);
            }
    return 0;
}

SamplerTroubles troublesOf(const std::vector<DrawsTable>& chains, std::vector<double>& ebfmis) {
    SamplerTroubles troubles;
    for (const DrawsTable& chain : chains) {
        if (const auto* const diverged = chain.column("divergent__")) {
            const auto kept = withoutWarmUp(*diverged, chain.num_warm_up);
            troubles.num_divergences += static_cast<int>(std::count(kept.begin(), kept.end(), 1.0));
        }
        const auto* const depths = chain.column("treedepth__");
        if (const double max_depth = maxDepthOf(chain); depths != nullptr && max_depth > 0) {
            const auto kept = withoutWarmUp(*depths, chain.num_warm_up);
            troubles.num_at_max_depth += static_cast<int>(
                std::count_if(kept.begin(), kept.end(), [&](double depth) { return depth >= max_depth; }));
        }
        if (const auto* const energies = chain.column("energy__")) {
            ebfmis.push_back(ebfmi(withoutWarmUp(*energies, chain.num_warm_up)));
            if (ebfmis.back() < troubles.lowest_ebfmi) troubles.lowest_ebfmi = ebfmis.back();
        }
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
    ordered_json ebfmis = ordered_json::array();
    for (const double value : diagnosis.ebfmi) ebfmis.push_back(numberOrNull(value));
    return {{"summary", std::move(rows)}, {"divergences", diagnosis.troubles.num_divergences},
        {"at_max_depth", diagnosis.troubles.num_at_max_depth}, {"worst", diagnosis.verdict.worst},
        {"ebfmi", std::move(ebfmis)}, {"verdict", wordFor(diagnosis.verdict.light)},
        {"sentence", diagnosis.verdict.sentence}, {"warnings", diagnosis.verdict.warnings}};
}

} // namespace

Result<Diagnosis> diagnoseTables(const std::vector<DrawsTable>& chains) {
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
    diagnosis.rows = diagnose(names, columns);
    diagnosis.troubles = troublesOf(chains, diagnosis.ebfmi);
    diagnosis.verdict = verdictOf(diagnosis.rows, static_cast<int>(chains.size()),
        static_cast<int>(draws_per_chain), diagnosis.troubles);
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
    std::string text = table.text() + "\n";
    text += "divergences " + std::to_string(diagnosis.troubles.num_divergences);
    if (!diagnosis.ebfmi.empty()) text += ", E-BFMI";
    for (const double value : diagnosis.ebfmi) text += " " + figure(value);
    text += "\n" + std::string(wordFor(diagnosis.verdict.light)) + ": " + diagnosis.verdict.sentence + "\n";
    for (const std::string& warning : diagnosis.verdict.warnings) text += warning + "\n";
    console.result(text);
}

} // namespace chainsong
