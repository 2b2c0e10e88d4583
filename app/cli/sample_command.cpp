#include "app/cli/command.h"
#include "app/cli/diagnosis.h"
#include "app/cli/sample_target.h"
#include "app/cli/tempering.h"
#include "engine/inference/chains.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kTempering = -1;
const std::map<std::string, int> kKernels{
    {"nuts", static_cast<int>(Kernel::kNuts)},
    {"hmc", static_cast<int>(Kernel::kHmc)},
    {"rwm", static_cast<int>(Kernel::kRandomWalk)},
    {"walnuts", static_cast<int>(Kernel::kWalnuts)},
    {"smc", kTempering},
};

struct SampleOptions {
    TargetChoice target;
    std::string out_dir;
    int kernel = static_cast<int>(Kernel::kNuts);
    RunOptions run;
    int num_particles = TemperedOptions{}.num_particles;
    double reference_sd = 10;
    std::string resume_path;
};

/// The share of all chains' draws that are done, from any of their threads.
class ChainsProgress {
public:
    ChainsProgress(Console& console, const RunOptions& options)
        : m_console(console)
        , m_first_chain(options.first_chain)
        , m_num_draws(std::max(1, options.num_warm_up + options.num_draws))
        , m_share(static_cast<std::size_t>(options.num_chains)) { }
    void operator()(const ChainProgress& chain) {
        const std::lock_guard lock(m_mutex);
        m_share[static_cast<std::size_t>(chain.chain - m_first_chain)] =
            static_cast<double>(chain.draws_done) / m_num_draws;
        const double sum = std::accumulate(m_share.begin(), m_share.end(), 0.0);
        m_console.progress({"sampling", sum / static_cast<double>(m_share.size())});
    }

private:
    Console& m_console;
    int m_first_chain, m_num_draws;
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
    settings.chain = run.options.first_chain + static_cast<int>(chain) + 1;
    settings.seed = std::to_string(seed);
    table.comments = stanComments(settings);
    table.step_size = source.step_size;
    table.inverse_mass = source.inverse_mass;
    table.warm_up_s = source.warm_up_s;
    table.sampling_s = source.sampling_s;
    return table;
}

/// Why a run ended before all its draws were made; empty if it did not.
std::string wordsFor(const Run& run) {
    const std::string draws = std::to_string(run.chains.front().stats.size()) + " draws of each chain";
    switch (run.end) {
    case RunEnd::kGoodEnough: return "good enough after " + draws;
    case RunEnd::kOutOfTime: return "the time is over: what was drawn so far is kept";
    case RunEnd::kAllDraws:
    case RunEnd::kCancelled: break;
    }
    return {};
}

Status runTheChains(const SampleOptions& options, const Target& target, Console& console) {
    ChainsProgress progress(console, options.run);
    const auto run = runChains(target, options.run, {{}, std::ref(progress)}, console.stopToken());
    if (!run) return run.error();
    if (run->was_stopped) {
        const std::string& path = options.run.checkpoint_path;
        return Error{path.empty() ? "stopped" : "stopped; go on with --resume " + path};
    }
    if (const std::string words = wordsFor(*run); !words.empty()) console.remark(words);
    std::vector<DrawsTable> tables;
    for (std::size_t chain = 0; chain < run->chains.size(); ++chain) {
        if (run->chains[chain].failure) {
            console.remark(sentence(*run->chains[chain].failure));
            continue;
        }
        if (run->chains[chain].num_refused > 0)
            console.remark("chain " + std::to_string(chain + 1) + ": the density refused "
                + std::to_string(run->chains[chain].num_refused) + " points, the first with \""
                + run->chains[chain].first_refusal + "\"");
        tables.push_back(tableOf(*run, chain, options.run.seed));
        const int number = options.run.first_chain + static_cast<int>(chain) + 1;
        const auto path =
            std::filesystem::path(options.out_dir) / ("chain-" + std::to_string(number) + ".csv");
        if (auto written = writeStanCsv(path.string(), tables.back()); !written) return written;
    }
    const auto diagnosis = diagnoseTables(tables);
    if (!diagnosis) return diagnosis.error();
    tell(*diagnosis, console);
    return Done{};
}

Status sampleTarget(SampleOptions options, const CommonOptions& common, Console& console) {
    const auto target = chosenTarget(options.target, common.seed);
    if (!target) return target.error();
    std::error_code failed;
    std::filesystem::create_directories(options.out_dir, failed);
    if (failed) return Error{"the folder cannot be made: " + failed.message(), options.out_dir};
    if (options.kernel == kTempering) {
        TemperedOptions tempered;
        tempered.num_particles = options.num_particles;
        tempered.seed = common.seed;
        tempered.num_threads = common.num_threads;
        return temper(*target, options.reference_sd, tempered, options.out_dir, console);
    }
    options.run.kernel = static_cast<Kernel>(options.kernel);
    options.run.seed = common.seed;
    options.run.num_threads = common.num_threads;
    if (!options.resume_path.empty()) {
        options.run.checkpoint_path = options.resume_path;
        options.run.resumes = true;
    }
    return runTheChains(options, *target, console);
}

} // namespace

void addSampleCommand(Program& program) {
    const auto options = std::make_shared<SampleOptions>();
    CLI::App* const command = addCommand(program, "sample",
        "Draw from a built-in target or a Stan model; Stan CSV out, one file a chain",
        [options](const CommonOptions& common, Console& console) {
            return sampleTarget(*options, common, console);
        });
    CLI::Option_group* const what = command->add_option_group("What to draw from");
    what->add_option("TARGET", options->target.name, "One of " + namesOfTargets());
    what->add_option("--model", options->target.model_path,
        "Instead: a Stan model compiled with BridgeStan (a .so file). Its code is run");
    what->require_option(1);
    command->add_option(
        "--data", options->target.data_path, "Its data: a JSON object; or a network's weights (.f32)");
    command
        ->add_option("--kernel", options->kernel,
            "nuts, walnuts where scales differ by place, hmc, rwm, or smc for many modes and evidence")
        ->transform(
            CLI::CheckedTransformer(kKernels, CLI::ignore_case).description("nuts|walnuts|hmc|rwm|smc"));
    command->add_option("--chains", options->run.num_chains, "Chains")
        ->check(numberFrom(1, 1000))
        ->capture_default_str();
    command->add_option("--warmup", options->run.num_warm_up, "Draws to adapt in")
        ->check(numberFrom(0, 1e8))
        ->capture_default_str();
    command->add_option("--draws", options->run.num_draws, "Draws to keep, of each chain")
        ->check(numberFrom(1, 1e8))
        ->capture_default_str();
    command
        ->add_option("--chain-offset", options->run.first_chain,
            "Chains drawn elsewhere before these: for arrays of jobs with one seed")
        ->check(numberFrom(0, 1e9))
        ->capture_default_str();
    command->add_option("--max-seconds", options->run.stop_rule.max_seconds, "End after so long")
        ->check(numberFrom(0, 1e9));
    command->add_option("--until-rhat", options->run.stop_rule.rhat, "End once R-hat is at most this")
        ->check(numberFrom(1, 10));
    command
        ->add_option(
            "--until-ess", options->run.stop_rule.ess, "End once bulk and tail ESS are at least this")
        ->check(numberFrom(0, 1e9));
    auto* const checkpoint = command->add_option(
        "--checkpoint", options->run.checkpoint_path, "Keep the run in this file, to go on with --resume");
    command
        ->add_option("--resume", options->resume_path, "Go on with the run in this file, and keep it there")
        ->excludes(checkpoint);
    command->add_option("--particles", options->num_particles, "smc: particles, a multiple of 16")
        ->check(numberFrom(16, 1e8))
        ->capture_default_str();
    command
        ->add_option("--reference-sd", options->reference_sd,
            "smc: sd of the normals to start from, where no prior is known")
        ->check(numberFrom(1e-6, 1e6))
        ->capture_default_str();
    command->add_option("-o", options->out_dir, "The folder for the chains' files")->required();
}

} // namespace chainsong
