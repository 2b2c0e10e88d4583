#include "engine/io/stan_csv.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"

#include <cassert>
#include <cmath>

namespace chainsong {
namespace {

/// "theta[3,1]" -> "theta.3.1"; what would break the header becomes "_".
std::string nameForFile(const std::string& name) {
    std::string out;
    for (const char c : name) {
        const bool is_seam = c == '[' || (c == ',' && name.back() == ']');
        if (is_seam)
            out += '.';
        else if (c == ',' || c == '"' || c == '#' || c == '\n' || c == '\r')
            out += '_';
        else if (c != ']')
            out += c;
    }
    return out.empty() ? "_" : out;
}

std::string cellFor(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return formatNumber(value);
}

std::string oneLine(std::string comment) {
    for (char& c : comment)
        if (c == '\n' || c == '\r') c = ' ';
    return comment;
}

void writeAdaptation(const DrawsTable& table, std::string& out) {
    if (table.step_size <= 0 && table.inverse_mass.empty()) return;
    out += "# Adaptation terminated\n# Step size = " + cellFor(table.step_size) + "\n";
    if (table.inverse_mass.empty()) return;
    out += "# Diagonal elements of inverse mass matrix:\n# ";
    for (std::size_t i = 0; i < table.inverse_mass.size(); ++i)
        out += (i > 0 ? ", " : "") + cellFor(table.inverse_mass[i]);
    out += "\n";
}

} // namespace

std::vector<std::string> stanComments(const StanSettings& settings) {
    const auto number = [](int value) { return std::to_string(value); };
    std::vector<std::string> lines{
        "stan_version_major = 2",
        "stan_version_minor = 35",
        "stan_version_patch = 0",
        "model = " + settings.model,
        "method = sample (Default)",
        "  sample",
        "    num_samples = " + number(settings.num_draws),
        "    num_warmup = " + number(settings.num_warm_up),
        std::string("    save_warmup = ") + (settings.keeps_warm_up ? "1" : "0"), // rstan reads no "true"
        "    thin = 1 (Default)",
        "    adapt",
        "      engaged = true (Default)",
        "      delta = " + formatNumber(settings.target_accept),
        "    algorithm = " + settings.algorithm,
        "      hmc",
        "        engine = nuts (Default)",
        "          nuts",
        "            max_depth = " + number(settings.max_tree_depth),
        "        metric = diag_e (Default)",
        "    num_chains = 1 (Default)",
        "id = " + number(settings.chain),
        "random",
        "  seed = " + settings.seed,
    };
    return lines;
}

std::string stanCsvText(const DrawsTable& table) {
    assert(table.names.size() == table.columns.size());
    std::string out;
    for (const std::string& comment : table.comments) out += "# " + oneLine(comment) + "\n";
    for (std::size_t i = 0; i < table.names.size(); ++i)
        out += (i > 0 ? "," : "") + nameForFile(table.names[i]);
    out += "\n";
    for (std::size_t draw = 0; draw < table.numDraws(); ++draw) {
        if (draw == table.num_warm_up) writeAdaptation(table, out);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (i > 0) out += ',';
            out += cellFor(table.columns[i][draw]);
        }
        out += '\n';
    }
    if (table.num_warm_up >= table.numDraws()) writeAdaptation(table, out);
    const auto seconds = [](double value) { return formatFixed(value, 6); };
    out += "# \n#  Elapsed Time: " + seconds(table.warm_up_s) + " seconds (Warm-up)\n";
    out += "#                " + seconds(table.sampling_s) + " seconds (Sampling)\n";
    out += "#                " + seconds(table.warm_up_s + table.sampling_s) + " seconds (Total)\n# \n";
    return out;
}

Status writeStanCsv(const std::string& path, const DrawsTable& table) {
    return writeFileAtomically(path, stanCsvText(table));
}

} // namespace chainsong
