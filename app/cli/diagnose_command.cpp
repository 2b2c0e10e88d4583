#include "app/cli/command.h"
#include "app/cli/diagnosis.h"
#include "engine/base/text.h"
#include "engine/io/stan_run.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

namespace chainsong {
namespace {

/// The sentence that says why two files are not chains of one run, if they are not.
std::optional<Error> mismatch(const DrawsTable& first, const std::string& first_path, const DrawsTable& other,
    const std::string& path) {
    for (std::size_t i = 0; i < std::max(first.names.size(), other.names.size()); ++i) {
        const std::string here = i < other.names.size() ? other.names[i] : "missing";
        const std::string there = i < first.names.size() ? first.names[i] : "missing";
        if (here != there)
            return Error{"column " + std::to_string(i + 1) + " is " + here + ", but " + there + " in "
                    + first_path + ": these are not chains of one run",
                path};
    }
    if (first.numDraws() > 1 && first.columns == other.columns)
        return Error{
            "holds the same draws as " + first_path + ": a chain counted twice agrees with itself", path};
    return std::nullopt;
}

/// "model = normal", "seed=1": what the file says of one setting; "" if nothing.
std::string settingOf(const DrawsTable& chain, std::string_view name) {
    for (const std::string& comment : chain.comments) {
        const std::string_view line = trimmed(comment);
        if (line.starts_with(name) && trimmed(line.substr(name.size())).starts_with('='))
            return std::string(line);
    }
    return {};
}

/// Files that an earlier run left in the folder are not seen by their columns.
void tellOfSettings(
    const std::vector<DrawsTable>& chains, const std::vector<std::string>& paths, Console& console) {
    for (std::size_t i = 1; i < chains.size(); ++i)
        for (const char* const name : {"model", "seed", "num_warmup", "warmup"}) {
            const std::string here = settingOf(chains[i], name), there = settingOf(chains[0], name);
            if (here == there) continue;
            console.remark(paths[i] + " may be of another run: "
                + (here.empty() ? "it does not say its " : "it has ") + (here.empty() ? name : here) + ", "
                + paths[0] + (there.empty() ? " says nothing" : " " + there));
            return;
        }
}

void tellOfLengths(const std::vector<DrawsTable>& chains, Console& console) {
    std::size_t least = SIZE_MAX, most = 0;
    for (const DrawsTable& chain : chains) {
        const std::size_t kept = chain.numDraws() - std::min(chain.num_warm_up, chain.numDraws());
        least = std::min(least, kept);
        most = std::max(most, kept);
    }
    if (least < most)
        console.remark("the chains have " + std::to_string(least) + " to " + std::to_string(most)
            + " draws: R-hat and ESS compare the first " + std::to_string(least) + " of each");
}

Status diagnoseFiles(const std::vector<std::string>& named, int num_threads, Console& console) {
    const auto files = filesOfRun(named);
    if (!files) return files.error();
    const std::vector<std::string>& paths = *files;
    std::vector<DrawsTable> chains;
    for (const std::string& path : paths) {
        if (console.stopToken().stop_requested()) return Error{"stopped"};
        console.progress(
            {"reading " + path, static_cast<double>(chains.size()) / static_cast<double>(paths.size())});
        auto chain = readStanCsvFile(path);
        if (!chain) return chain.error();
        for (const std::string& notice : chain->notices) console.remark(path + ": " + notice);
        for (std::size_t i = 0; i < chains.size(); ++i)
            if (auto error = mismatch(chains[i], paths[i], *chain, path)) return *std::move(error);
        chains.push_back(*std::move(chain));
    }
    tellOfLengths(chains, console);
    tellOfSettings(chains, paths, console);
    const auto diagnosis = diagnoseTables(chains, num_threads);
    if (!diagnosis) return Error{diagnosis.error().what, paths.front()};
    tell(*diagnosis, console);
    return Done{};
}

} // namespace

void addDiagnoseCommand(Program& program) {
    const auto paths = std::make_shared<std::vector<std::string>>();
    CLI::App* const command = addCommand(program, "diagnose",
        "Mean, mcse, sd, quantiles, ESS, R-hat, divergences and E-BFMI of any Stan CSV, one file a chain",
        [paths](const CommonOptions& common, Console& console) {
            return diagnoseFiles(*paths, common.num_threads, console);
        });
    command->add_option("FILE.csv", *paths, "The chains, or the folder that holds them")->required();
}

} // namespace chainsong
