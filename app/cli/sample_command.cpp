#include "app/cli/command.h"
#include "app/cli/diagnosis.h"
#include "engine/base/atomic_file.h"
#include "engine/inference/chains.h"
#include "engine/inference/targets.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>

namespace chainsong {
namespace {

const std::map<std::string, Kernel> kKernels{
    {"nuts", Kernel::kNuts},
    {"hmc", Kernel::kHmc},
    {"rwm", Kernel::kRandomWalk},
};

struct SampleOptions {
    std::string target;
    std::string data_path;
    std::string out_dir;
    RunOptions run;
};

/// Flattens numbers and nested lists of numbers, row by row.
bool appendNumbers(const nlohmann::json& value, std::vector<double>& numbers) {
    if (value.is_number()) {
        numbers.push_back(value.get<double>());
        return true;
    }
    if (!value.is_array()) return false;
    for (const auto& entry : value)
        if (!appendNumbers(entry, numbers)) return false;
    return true;
}

Result<NamedNumbers> readData(const std::string& path) {
    constexpr std::uint64_t kMaxBytes = 256 << 20;
    const auto bytes = readWholeFile(path, kMaxBytes);
    if (!bytes) return bytes.error();
    const auto json =
        nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return Error{"is no JSON object of named numbers", path};
    NamedNumbers data;
    for (const auto& [name, value] : json.items())
        if (!appendNumbers(value, data[name]))
            return Error{"\"" + name + "\" holds something that is no number", path};
    return data;
}

/// The share of all chains' draws that are done, from any of their threads.
class ChainsProgress {
public:
    ChainsProgress(Console& console, int num_chains)
        : m_console(console)
        , m_share(static_cast<std::size_t>(num_chains)) { }
    void operator()(const ChainProgress& chain) {
        const std::lock_guard lock(m_mutex);
        m_share[static_cast<std::size_t>(chain.chain)] =
            static_cast<double>(chain.draws_done) / std::max(1, chain.draws_wanted);
        const double sum = std::accumulate(m_share.begin(), m_share.end(), 0.0);
        m_console.progress({"sampling", sum / static_cast<double>(m_share.size())});
    }

private:
    Console& m_console;
    std::mutex m_mutex;
    std::vector<double> m_share;
};

DrawsTable tableOf(const Run& run, std::size_t chain, std::uint64_t seed) {
    const ChainRun& source = run.chains[chain];
    NamedColumns columns = stanColumns(run, chain);
    DrawsTable table;
    table.names = std::move(columns.names);
    table.columns = std::move(columns.columns);
    table.num_warm_up = static_cast<std::size_t>(source.num_warm_up_kept);
    StanSettings settings;
    settings.model = run.target;
    settings.num_draws = run.options.num_draws;
    settings.num_warm_up = run.options.num_warm_up;
    settings.target_accept = run.options.target_accept;
    settings.max_tree_depth = run.options.max_tree_depth;
    settings.chain = static_cast<int>(chain) + 1;
    settings.seed = std::to_string(seed);
    table.comments = stanComments(settings);
    table.step_size = source.step_size;
    table.inverse_mass = source.inverse_mass;
    table.warm_up_s = source.warm_up_s;
    table.sampling_s = source.sampling_s;
    return table;
}

Status sampleTarget(SampleOptions options, const CommonOptions& common, Console& console) {
    NamedNumbers data;
    if (!options.data_path.empty()) {
        auto read = readData(options.data_path);
        if (!read) return read.error();
        data = *std::move(read);
    }
    const auto target = makeTarget(options.target, data);
    if (!target) return target.error();
    std::error_code failed;
    std::filesystem::create_directories(options.out_dir, failed);
    if (failed) return Error{"the folder cannot be made: " + failed.message(), options.out_dir};

    options.run.seed = common.seed;
    options.run.num_threads = common.num_threads;
    ChainsProgress progress(console, options.run.num_chains);
    const auto run = runChains(*target, options.run, {{}, std::ref(progress)}, console.stopToken());
    if (!run) return run.error();
    if (run->was_stopped) return Error{"stopped"};
    std::vector<DrawsTable> tables;
    for (std::size_t chain = 0; chain < run->chains.size(); ++chain) {
        if (run->chains[chain].failure) {
            console.remark(sentence(*run->chains[chain].failure));
            continue;
        }
        tables.push_back(tableOf(*run, chain, common.seed));
        const auto path =
            std::filesystem::path(options.out_dir) / ("chain-" + std::to_string(chain + 1) + ".csv");
        if (auto written = writeStanCsv(path.string(), tables.back()); !written) return written;
    }
    const auto diagnosis = diagnoseTables(tables);
    if (!diagnosis) return diagnosis.error();
    tell(*diagnosis, console);
    return Done{};
}

std::string namesOfTargets() {
    std::string names;
    for (const TargetInfo& target : builtInTargets()) names += (names.empty() ? "" : ", ") + target.name;
    return names;
}

} // namespace

void addSampleCommand(Program& program) {
    const auto options = std::make_shared<SampleOptions>();
    CLI::App* const command =
        addCommand(program, "sample", "Draw from a built-in target; Stan CSV out, one file a chain",
            [options](const CommonOptions& common, Console& console) {
                return sampleTarget(*options, common, console);
            });
    command->add_option("TARGET", options->target, "One of " + namesOfTargets())->required();
    command->add_option("--data", options->data_path, "Its data: a JSON object of numbers and lists");
    command->add_option("--kernel", options->run.kernel, "nuts, hmc or rwm")
        ->transform(CLI::CheckedTransformer(kKernels, CLI::ignore_case).description("nuts|hmc|rwm"));
    command->add_option("--chains", options->run.num_chains, "Chains")
        ->check(numberFrom(1, 1000))
        ->capture_default_str();
    command->add_option("--warmup", options->run.num_warm_up, "Draws to adapt in")
        ->check(numberFrom(0, 1e8))
        ->capture_default_str();
    command->add_option("--draws", options->run.num_draws, "Draws to keep, of each chain")
        ->check(numberFrom(1, 1e8))
        ->capture_default_str();
    command->add_option("-o", options->out_dir, "The folder for the chains' files")->required();
}

} // namespace chainsong
