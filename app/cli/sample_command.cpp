#include "app/cli/chain_files.h"
#include "app/cli/command.h"
#include "app/cli/diagnosis.h"
#include "app/cli/gathering.h"
#include "app/cli/ranks.h"
#include "app/cli/sample_target.h"
#include "app/cli/tempering.h"
#include "engine/base/numbers.h"
#include "engine/inference/settle.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

namespace chainsong {
namespace {

constexpr int kTempering = -1, kSettling = -2;
constexpr int kMostTimes = 10; // so many times the usual draws are made at most where chains do not agree
const std::map<std::string, int> kKernels{
    {"auto", kSettling},
    {"nuts", static_cast<int>(Kernel::kNuts)},
    {"hmc", static_cast<int>(Kernel::kHmc)},
    {"rwm", static_cast<int>(Kernel::kRandomWalk)},
    {"walnuts", static_cast<int>(Kernel::kWalnuts)},
    {"smc", kTempering},
};

struct SampleOptions {
    TargetChoice target;
    std::string out_dir;
    int kernel = kSettling;
    RunOptions run;
    bool has_order_of_draws = false; // then not one more is made
    int num_particles = TemperedOptions{}.num_particles;
    double reference_sd = 10;
    std::string resume_path;
    double rank_patience_s = 60;
};

/// The share of all chains' draws that are done, what a draw costs and what diverged, from any of their
/// threads. A second run, which a chain that has fewer draws than before gives away, may make as many as
/// `most_draws` of each.
class ChainsProgress {
public:
    ChainsProgress(Console& console, const RunOptions& options, int most_draws)
        : m_console(console)
        , m_first_chain(options.first_chain)
        , m_num_wanted(std::max(1, options.num_warm_up + options.num_draws))
        , m_most_wanted(std::max(m_num_wanted, options.num_warm_up + most_draws))
        , m_chains(static_cast<std::size_t>(options.num_chains)) { }
    void operator()(const ChainProgress& news) {
        const std::lock_guard lock(m_mutex);
        ChainProgress& chain = m_chains[static_cast<std::size_t>(news.chain - m_first_chain)];
        if (news.draws_done < chain.draws_done) m_num_wanted = m_most_wanted;
        chain = news;
        double num_draws = 0, num_evaluations = 0;
        int num_divergences = 0;
        for (const ChainProgress& each : m_chains) {
            num_draws += each.draws_done;
            num_evaluations += static_cast<double>(each.num_evaluations);
            num_divergences += each.num_divergences;
        }
        const double share = num_draws / static_cast<double>(m_chains.size()) / m_num_wanted;
        m_console.progress({"sampling", std::min(share, 1.0)},
            ", " + formatFixed(num_evaluations / std::max(num_draws, 1.0), 1) + " gradients a draw, "
                + std::to_string(num_divergences) + " divergences");
    }

private:
    Console& m_console;
    int m_first_chain, m_num_wanted, m_most_wanted;
    std::mutex m_mutex;
    std::vector<ChainProgress> m_chains;
};

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

/// What one process draws, and where it goes.
struct ChainsOrder {
    RunOptions run;
    int most_draws = 0; // > 0: until the chains agree, so many of each at the most
    std::string folder;
    std::string resume_path; // what to give to --resume if the run is stopped
    bool is_silent = false;
};

Result<Run> draw(
    const ChainsOrder& order, const Target& target, const RunCallbacks& callbacks, Console& console) {
    if (order.most_draws == 0) return runChains(target, order.run, callbacks, console.stopToken());
    auto settled = runUntilSettled(target, order.run, order.most_draws, callbacks, console.stopToken());
    if (!settled) return settled.error();
    if (settled->took_local_steps)
        console.remark("NUTS alone did not settle, so the run was begun anew with local steps: these are the "
                       "draws of --kernel walnuts");
    return std::move(settled->run);
}

/// Draws and writes one file a chain.
Result<std::vector<DrawsTable>> drawChains(const ChainsOrder& order, const Target& target, Console& console) {
    ChainsProgress progress(console, order.run, order.most_draws);
    RunCallbacks callbacks;
    if (!order.is_silent) callbacks.on_progress = std::ref(progress);
    const auto run = draw(order, target, callbacks, console);
    if (!run) return run.error();
    if (run->was_stopped)
        return Error{
            order.resume_path.empty() ? "stopped" : "stopped; go on with --resume " + order.resume_path};
    if (const std::string words = wordsFor(*run); !words.empty() && !order.is_silent) console.remark(words);
    std::vector<DrawsTable> tables;
    for (std::size_t chain = 0; chain < run->chains.size(); ++chain) {
        const ChainRun& drawn = run->chains[chain];
        const int number = order.run.first_chain + static_cast<int>(chain) + 1;
        if (drawn.failure) {
            console.remark(sentence(*drawn.failure));
            continue;
        }
        if (drawn.num_refused > 0)
            console.remark("chain " + std::to_string(number) + ": the density refused "
                + std::to_string(drawn.num_refused) + " points, the first with \"" + drawn.first_refusal
                + "\"");
        tables.push_back(tableOf(*run, chain));
        if (auto written = writeStanCsv(chainPath(order.folder, number), tables.back()); !written)
            return written.error();
    }
    return tables;
}

Status tellOf(const std::vector<DrawsTable>& tables, int num_threads, Console& console) {
    const auto diagnosis = diagnoseTables(tables, num_threads);
    if (!diagnosis) return diagnosis.error();
    tell(*diagnosis, console);
    return Done{};
}

/// One of several processes: draws its share of the chains; the first gathers all and speaks for them.
Status drawAsRank(const SampleOptions& options, const Target& target, const Rank& rank, Console& console) {
    const StopRule& rule = options.run.stop_rule;
    if (rule.rhat > 0 || rule.ess > 0)
        return Error{"R-hat and ESS ask all chains, which are drawn by " + std::to_string(rank.count)
            + " processes here: end by --max-seconds instead"};
    SharedRun shared{options.out_dir, options.run, rank, options.rank_patience_s};
    const auto folder = OpenFolder::open(shared, console);
    if (!folder) return folder.error();
    RunOptions share = shareOf(options.run, rank);
    share.checkpoint_path = checkpointPath(shared, rank.number);
    // A rank that has no checkpoint was done, or had not begun: it begins anew, with the same draws.
    std::error_code unknown;
    share.resumes = share.resumes && std::filesystem::exists(share.checkpoint_path, unknown);
    std::vector<DrawsTable> tables;
    if (share.num_chains > 0) {
        auto drawn = drawChains(
            {share, 0, options.out_dir, sharedCheckpointPath(shared), rank.number > 0}, target, console);
        if (!drawn) return drawn.error();
        tables = *std::move(drawn);
    }
    if (rank.number == 0) {
        auto all = gatherChains(target, shared, std::move(tables), console);
        if (!all) return all.error();
        if (auto told = tellOf(*all, options.run.num_threads, console); !told) return told;
    }
    std::error_code ignored;
    if (options.run.checkpoint_path.empty()) std::filesystem::remove(share.checkpoint_path, ignored);
    return Done{};
}

Status sampleTarget(SampleOptions options, const CommonOptions& common, Console& console) {
    const auto target = chosenTarget(options.target, common.seed);
    if (!target) return target.error();
    std::error_code failed;
    std::filesystem::create_directories(options.out_dir, failed);
    if (failed) return Error{"the folder cannot be made: " + failed.message(), options.out_dir};
    const Rank rank = rankOfThisProcess();
    if (options.kernel == kTempering) {
        if (rank.number > 0) return Done{}; // the first does it alone
        TemperedOptions tempered;
        tempered.num_particles = options.num_particles;
        tempered.seed = common.seed;
        tempered.num_threads = common.num_threads;
        return temper(*target, options.reference_sd, tempered, options.out_dir, console);
    }
    // A run in parts, or with an end of its own, is what it was ordered to be.
    const bool is_whole = rank.isAlone() && options.run.first_chain == 0 && options.resume_path.empty()
        && options.run.checkpoint_path.empty() && options.run.stop_rule.rhat == 0
        && options.run.stop_rule.ess == 0;
    int most_draws = 0;
    if (options.kernel == kSettling) {
        options.kernel = static_cast<int>(Kernel::kNuts);
        if (is_whole) most_draws = options.run.num_draws * (options.has_order_of_draws ? 1 : kMostTimes);
    }
    options.run.kernel = static_cast<Kernel>(options.kernel);
    options.run.seed = common.seed;
    options.run.num_threads = common.num_threads;
    if (!options.resume_path.empty()) {
        options.run.checkpoint_path = options.resume_path;
        options.run.resumes = true;
    }
    if (!rank.isAlone()) return drawAsRank(options, *target, rank, console);
    const auto claim = ChainsClaim::take(options.out_dir, options.run.first_chain, options.run.num_chains);
    if (!claim) return claim.error();
    const auto tables =
        drawChains({options.run, most_draws, options.out_dir, options.run.checkpoint_path}, *target, console);
    return tables ? tellOf(*tables, common.num_threads, console) : tables.error();
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
            "auto: nuts, and if its chains do not settle, walnuts (local steps) until they do; hmc; rwm; smc "
            "for many modes and evidence")
        ->transform(
            CLI::CheckedTransformer(kKernels, CLI::ignore_case).description("auto|nuts|walnuts|hmc|rwm|smc"));
    command->add_option("--chains", options->run.num_chains, "Chains")
        ->check(numberFrom(1, 1000))
        ->capture_default_str();
    command->add_option("--warmup", options->run.num_warm_up, "Draws to adapt in")
        ->check(numberFrom(0, 1e8))
        ->capture_default_str();
    command
        ->add_option("--draws", options->run.num_draws,
            "Draws to keep, of each chain; not given: more, up to 10000, where chains do not settle")
        ->check(numberFrom(1, 1e8))
        ->each([options](const std::string&) { options->has_order_of_draws = true; })
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
    command
        ->add_option("--checkpoint-seconds", options->run.checkpoint_interval_s, "Time between checkpoints")
        ->check(numberFrom(0.01, 1e6))
        ->capture_default_str();
    command
        ->add_option("--rank-patience", options->rank_patience_s,
            "Under mpirun or srun: seconds without a checkpoint after which another rank counts as stopped")
        ->check(numberFrom(0.1, 1e6))
        ->capture_default_str();
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
