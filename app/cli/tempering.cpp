#include "app/cli/tempering.h"

#include "app/cli/table.h"
#include "engine/base/numbers.h"
#include "engine/inference/priors.h"
#include "engine/io/stan_csv.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

Status writeParticles(const TemperedRun& run, const std::string& out_dir) {
    DrawsTable table;
    table.names = run.parameter_names;
    table.names.insert(table.names.begin(), "lp__");
    table.columns = run.columns;
    table.columns.insert(table.columns.begin(), run.log_densities);
    StanSettings settings;
    settings.model = run.target;
    settings.algorithm = "fixed_param"; // what readers of Stan CSV know that has no adaptation block
    settings.num_draws = static_cast<int>(run.log_densities.size());
    settings.num_warm_up = 0;
    settings.seed = std::to_string(run.options.seed);
    table.comments = stanComments(settings);
    table.comments.push_back("tempered SMC: equally weighted particles, relatives side by side");
    table.comments.push_back("log evidence = " + formatNumber(run.log_evidence) + ", standard error "
        + formatNumber(run.log_evidence_se));
    return writeStanCsv((std::filesystem::path(out_dir) / "chain-1.csv").string(), table);
}

struct Row {
    std::string name;
    Estimate mean, variance;
};

std::vector<Row> rowsOf(const TemperedRun& run) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < run.parameter_names.size(); ++i) {
        Row row{run.parameter_names[i], expectation(run, i), {}};
        const double centre = row.mean.mean;
        row.variance = expectation(run, i, [centre](double x) { return (x - centre) * (x - centre); });
        rows.push_back(std::move(row));
    }
    return rows;
}

void tell(const TemperedRun& run, Console& console) {
    const std::vector<Row> rows = rowsOf(run);
    if (console.wantsJson()) {
        ordered_json summary = ordered_json::array();
        for (const Row& row : rows)
            summary.push_back({{"name", row.name}, {"mean", row.mean.mean}, {"mean_se", row.mean.se},
                {"sd", std::sqrt(row.variance.mean)}});
        ordered_json temperatures = ordered_json::array();
        for (const TemperedStage& stage : run.stages) temperatures.push_back(stage.temperature);
        const ordered_json json{{"log_evidence", run.log_evidence}, {"log_evidence_se", run.log_evidence_se},
            {"particles", run.log_densities.size()}, {"evaluations", run.num_evaluations},
            {"temperatures", temperatures}, {"summary", summary}};
        return console.result(json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
    }
    Table table{{"name", "mean", "se", "sd"}};
    for (const Row& row : rows)
        table.add({row.name, formatFixed(row.mean.mean, 4), formatFixed(row.mean.se, 4),
            formatFixed(std::sqrt(row.variance.mean), 4)});
    console.result(table.text() + "\nlog evidence " + formatFixed(run.log_evidence, 4) + ", standard error "
        + formatFixed(run.log_evidence_se, 4) + "\n" + std::to_string(run.log_densities.size())
        + " particles, " + std::to_string(run.stages.size()) + " temperatures, "
        + std::to_string(run.num_evaluations) + " evaluations of the likelihood\n");
}

} // namespace

Status temper(const Target& target, double reference_sd, const TemperedOptions& options,
    const std::string& out_dir, Console& console) {
    if (!target.parts)
        console.remark("the prior of " + target.name
            + " is not known apart: tempering starts from normals of sd " + formatNumber(reference_sd)
            + ", and the evidence is the integral of the density as written");
    const Target tempered = target.parts ? target : withNormalReference(target, reference_sd);
    const auto on_stage = [&](const TemperedStage& stage) {
        console.progress({"tempering", stage.temperature});
    };
    const auto run = runTempered(tempered, options, on_stage, console.stopToken());
    if (!run) return run.error();
    if (run->was_stopped) return Error{"stopped"};
    if (run->num_refused > 0)
        console.remark("the density refused " + std::to_string(run->num_refused)
            + " points, the first with \"" + run->first_refusal + "\"");
    if (auto written = writeParticles(*run, out_dir); !written) return written;
    tell(*run, console);
    // Their own errors cannot know of a place that no particle has entered.
    if (!target.parts)
        console.remark(
            "Warning: parts of the density that are much narrower than these normals (the neck of a funnel) "
            "may have "
            "been missed, and neither the errors nor the evidence would show it; compare with --kernel nuts");
    return Done{};
}

} // namespace chainsong
