#include "app/cli/command.h"
#include "app/cli/diagnosis.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace chainsong {
namespace {

Status diagnoseFiles(const std::vector<std::string>& paths, Console& console) {
    std::vector<DrawsTable> chains;
    for (const std::string& path : paths) {
        if (console.stopToken().stop_requested()) return Error{"stopped"};
        console.progress(
            {"reading " + path, static_cast<double>(chains.size()) / static_cast<double>(paths.size())});
        auto chain = readStanCsvFile(path);
        if (!chain) return chain.error();
        for (const std::string& notice : chain->notices) console.remark(path + ": " + notice);
        chains.push_back(*std::move(chain));
    }
    const auto diagnosis = diagnoseTables(chains);
    if (!diagnosis) return Error{diagnosis.error().what, paths.front()};
    tell(*diagnosis, console);
    return Done{};
}

} // namespace

void addDiagnoseCommand(Program& program) {
    const auto paths = std::make_shared<std::vector<std::string>>();
    CLI::App* const command = addCommand(program, "diagnose",
        "Mean, mcse, sd, quantiles, ESS, R-hat, divergences and E-BFMI of any Stan CSV, one file a chain",
        [paths](const CommonOptions&, Console& console) { return diagnoseFiles(*paths, console); });
    command->add_option("FILE.csv", *paths, "The chains")->required();
}

} // namespace chainsong
