#include "app/cli/command.h"

#include "engine/base/numbers.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <thread>

namespace chainsong {
namespace {

/// CLI11 alone would let "-1" wrap around.
CLI::Validator aSeed() {
    return CLI::Validator(
        [](std::string& text) {
            return parseUnsigned(text) ? std::string()
                                       : "\"" + text + "\" is no whole number from 0 to 2^64 - 1";
        },
        {});
}

} // namespace

int usualThreads() {
    constexpr unsigned kEnough = 4;
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, kEnough));
}

CLI::App* addCommand(Program& program, const std::string& name, const std::string& description, Work work) {
    CLI::App* const command = program.app.add_subcommand(name, description);
    command->add_option("--seed", program.common.seed, "Same seed, same bytes, on any number of threads")
        ->check(aSeed())
        ->capture_default_str();
    constexpr int kMostThreads = 256;
    command->add_option("--threads", program.common.num_threads, "Threads to compute with")
        ->check(numberFrom(1, kMostThreads))
        ->capture_default_str();
    command->add_flag("--json", program.common.wants_json, "The result as JSON on standard output");
    command->callback([&program, work = std::move(work)] { program.chosen = work; });
    return command;
}

CLI::Validator numberFrom(double lowest, double highest) {
    const std::string range = formatNumber(lowest) + " to " + formatNumber(highest);
    return CLI::Validator(
        [lowest, highest, range](std::string& text) {
            const auto value = parseNumber(text);
            if (value && *value >= lowest && *value <= highest) return std::string();
            return "\"" + text + "\" is no number from " + range;
        },
        range);
}

} // namespace chainsong
