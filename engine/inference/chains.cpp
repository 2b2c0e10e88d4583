#include "engine/inference/chains.h"

#include "engine/inference/agreement.h"
#include "engine/inference/chain_group.h"
#include "engine/inference/checkpoint.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace chainsong {
namespace {

constexpr double kSliceMs = 30;
constexpr double kMaxValues = 1e9; // 8 GB of draws

/// The sentence that says what is wrong with a run's order, if anything is.
std::optional<Error> check(const Target& target, const RunOptions& options) {
    const auto fail = [&](std::string what) { return Error{std::move(what), target.name}; };
    if (target.dimension < 1) return fail("the target has no parameters");
    if (!target.log_density) return fail("the target has no density");
    if (!target.constrain && target.parameter_names.size() != static_cast<std::size_t>(target.dimension))
        return fail("the target has " + std::to_string(target.dimension) + " dimensions but names "
            + std::to_string(target.parameter_names.size()) + " parameters");
    if (options.num_chains < 1 || options.num_chains > 10'000)
        return fail("the number of chains must be 1 to 10000");
    if (options.num_warm_up < 0 || options.num_draws < 0)
        return fail("the numbers of draws must not be negative");
    if (options.num_warm_up > 100'000'000 || options.num_draws > 100'000'000)
        return fail("a chain has at most 100 million draws");
    const double num_kept =
        options.num_draws + (options.keeps_warm_up ? static_cast<double>(options.num_warm_up) : 0.0);
    if (num_kept * options.num_chains * static_cast<double>(target.parameter_names.size() + 7) > kMaxValues)
        return fail("the draws would not fit into memory: fewer draws, chains or parameters");
    if (!(options.target_accept > 0 && options.target_accept < 1))
        return fail("the target acceptance must lie between 0 and 1");
    if (options.max_tree_depth < 1 || options.max_tree_depth > 20)
        return fail("the tree depth must be 1 to 20");
    if (!(options.trajectory_length > 0)) return fail("the trajectory length must be positive");
    if (options.first_chain < 0 || options.first_chain > 1'000'000'000)
        return fail("the first chain's number must be 0 to a billion");
    if (options.first_chain > 0 && !options.starts.empty())
        return fail("start points and a first chain other than 0 do not go together");
    if (!(options.checkpoint_interval_s > 0)) return fail("the time between checkpoints must be positive");
    const StopRule& rule = options.stop_rule;
    if (rule.first_look < 1) return fail("the first look must come after a draw at least");
    if (!(rule.max_seconds >= 0 && rule.ess >= 0 && (rule.rhat == 0 || rule.rhat >= 1)))
        return fail("a run cannot end at an R-hat below 1, or a negative time or ESS");
    if (options.resumes && options.checkpoint_path.empty())
        return fail("to resume, the checkpoint must be named");
    if (!options.starts.empty()) {
        if (options.starts.size() != static_cast<std::size_t>(options.num_chains))
            return fail("there must be one start point a chain");
        for (const Vec& start : options.starts)
            if (start.size() != static_cast<std::size_t>(target.dimension))
                return fail("a start point has " + std::to_string(start.size()) + " values, the target "
                    + std::to_string(target.dimension) + " dimensions");
    }
    return std::nullopt;
}

/// Chains waiting for a thread. Each worker takes those that have waited longest, advances them for a moment
/// and puts them back, so that all chains grow side by side on any number of threads.
class WaitingChains {
public:
    void put(Chain* chain) {
        const std::lock_guard lock(m_mutex);
        m_chains.push_back(chain);
    }
    /// At most `count` chains, none when none waits.
    std::vector<Chain*> take(std::size_t count) {
        const std::lock_guard lock(m_mutex);
        const auto past = m_chains.begin() + static_cast<std::ptrdiff_t>(std::min(count, m_chains.size()));
        std::vector<Chain*> taken(m_chains.begin(), past);
        m_chains.erase(m_chains.begin(), past);
        return taken;
    }

private:
    std::mutex m_mutex;
    std::deque<Chain*> m_chains;
};

/// The chains of a run with their threads, advanced from one look to the next.
class Crew {
public:
    Crew(const Target& target, Run& run, const RunCallbacks& callbacks, std::stop_token stop)
        : m_target(target)
        , m_run(run)
        , m_callbacks(callbacks)
        , m_stop(stop)
        , m_order(orderOf(target, run.options))
        , m_num_wanted(run.options.num_draws) {
        for (int i = 0; i < run.options.num_chains; ++i)
            m_chains.push_back(
                std::make_unique<Chain>(target, run.options, run.options.first_chain + i, stop));
        m_places.resize(m_chains.size());
    }

    /// Repeats the warm-up and takes up the draws of a checkpoint, if there is one.
    Status resume() {
        const auto checkpoint = readCheckpoint(m_run.options.checkpoint_path, m_order);
        if (!checkpoint) return checkpoint.error();
        while (!advanceTo(0))
            m_last_save = Clock::now(); // a checkpoint is due, but there is nothing new to keep
        for (std::size_t i = 0; i < m_chains.size() && !m_stop.stop_requested(); ++i)
            if (i < checkpoint->chains.size() && !checkpoint->chains[i].q.empty()
                && !ChainPlacing::runOf(*m_chains[i]).failure) {
                ChainPlacing::put(*m_chains[i], checkpoint->chains[i]);
                m_places[i] = ChainPlacing::placeOf(*m_chains[i]);
            }
        return Done{};
    }

    /// Draws until something ends the run.
    Status draw() {
        const StopRule& rule = m_run.options.stop_rule;
        const bool looks = rule.rhat > 0 || rule.ess > 0;
        int look = looks ? std::min(rule.first_look, m_num_wanted) : m_num_wanted;
        for (;; look = std::min(m_num_wanted, look + std::max(1, look / 2))) {
            while (!advanceTo(look)) { // paused to save
                if (const auto saved = save(); !saved) return saved;
                if (isOutOfTime()) m_run.end = RunEnd::kOutOfTime;
                if (m_run.end == RunEnd::kOutOfTime) return Done{};
            }
            if (m_stop.stop_requested()) {
                m_run.end = RunEnd::kCancelled;
                break;
            }
            if (looks && isGoodEnough(rule)) {
                m_run.end = RunEnd::kGoodEnough;
                break;
            }
            if (look >= m_num_wanted) break;
        }
        return save();
    }

    void takeRuns() {
        for (const auto& chain : m_chains) m_run.chains.push_back(chain->takeRun());
    }

private:
    using Clock = std::chrono::steady_clock;
    static double secondsSince(Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    }
    bool isOutOfTime() const {
        const double limit = m_run.options.stop_rule.max_seconds;
        return limit > 0 && secondsSince(m_start) >= limit;
    }
    bool isTimeToPause() const {
        const bool saves = !m_run.options.checkpoint_path.empty();
        return isOutOfTime() || (saves && secondsSince(m_last_save) >= m_run.options.checkpoint_interval_s);
    }

    /// False: paused before the chains had made so many draws. No chain is under way afterwards.
    bool advanceTo(int num_draws) {
        m_run.options.num_draws = num_draws;
        WaitingChains waiting;
        for (const auto& chain : m_chains) {
            ChainPlacing::wake(*chain);
            if (!chain->isFinished()) waiting.put(chain.get());
        }
        std::atomic<bool> is_paused{false};
        const bool keeps_places = !m_run.options.checkpoint_path.empty();
        const int num_threads = std::clamp(m_run.options.num_threads, 1, m_run.options.num_chains);
        const std::size_t group = groupSize(num_threads);
        const auto work = [&] {
            // A worker that finds the line empty may go: whoever holds the last chains puts them back itself.
            for (;;) {
                const auto chains = is_paused ? std::vector<Chain*>{} : waiting.take(group);
                if (chains.empty()) return;
                if (chains.size() == 1)
                    chains.front()->advance(kSliceMs, m_callbacks);
                else
                    advanceTogether(chains, m_target, kSliceMs, m_callbacks);
                for (Chain* const chain : chains) {
                    if (keeps_places && !m_stop.stop_requested())
                        m_places[static_cast<std::size_t>(chain->number() - m_run.options.first_chain)] =
                            ChainPlacing::placeOf(*chain);
                    if (chain->isFinished()) continue;
                    waiting.put(chain);
                    if (isTimeToPause()) is_paused = true;
                }
            }
        };
        {
            std::vector<std::jthread> workers;
            for (int i = 1; i < num_threads; ++i) workers.emplace_back(work);
            work();
        }
        m_run.options.num_draws = m_num_wanted;
        return m_stop.stop_requested() || !is_paused
            || std::all_of(
                m_chains.begin(), m_chains.end(), [](const auto& chain) { return chain->isFinished(); });
    }

    /// How many chains a thread advances together.
    std::size_t groupSize(int num_threads) const {
        if (!areBetterTogether(m_target, m_run.options)) return 1;
        const std::size_t share = (m_chains.size() + static_cast<std::size_t>(num_threads) - 1)
            / static_cast<std::size_t>(num_threads);
        return std::min(share, kLargestGroup);
    }

    Status save() {
        m_last_save = Clock::now();
        if (m_run.options.checkpoint_path.empty()) return Done{};
        Checkpoint checkpoint{m_order, m_places};
        for (std::size_t i = 0; i < m_chains.size(); ++i)
            checkpoint.chains[i].run = ChainPlacing::drawsUntil(*m_chains[i], m_places[i]);
        return writeCheckpoint(m_run.options.checkpoint_path, checkpoint);
    }

    bool isGoodEnough(const StopRule& rule) const {
        std::vector<const ChainRun*> runs;
        for (const auto& chain : m_chains) runs.push_back(&ChainPlacing::runOf(*chain));
        return chainsong::isGoodEnough(runs, rule);
    }

    const Target& m_target;
    Run& m_run;
    const RunCallbacks& m_callbacks;
    std::stop_token m_stop;
    std::string m_order;
    int m_num_wanted;
    std::vector<std::unique_ptr<Chain>> m_chains;
    std::vector<ChainPlace> m_places; // of each chain at its last pause, for checkpoints
    Clock::time_point m_start = Clock::now(), m_last_save = m_start;
};

} // namespace

Result<Run> runChains(
    const Target& target, const RunOptions& options, const RunCallbacks& callbacks, std::stop_token stop) {
    if (auto error = check(target, options)) return *std::move(error);
    Run run{target.name, target.parameter_names, options, {}, false};
    {
        Crew crew(target, run, callbacks, stop);
        if (options.resumes)
            if (const auto resumed = crew.resume(); !resumed) return resumed.error();
        if (const auto drawn = crew.draw(); !drawn) return drawn.error();
        crew.takeRuns();
    }
    run.was_stopped = stop.stop_requested();
    const bool has_draws = std::any_of(
        run.chains.begin(), run.chains.end(), [](const ChainRun& chain) { return !chain.failure; });
    if (!has_draws) return *run.chains.front().failure;
    return run;
}

NamedColumns stanColumns(const Run& run, std::size_t chain) {
    const ChainRun& from = run.chains[chain];
    NamedColumns out;
    out.names = {
        "lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__"};
    out.columns.resize(out.names.size());
    for (const DrawStats& draw : from.stats) {
        const double row[] = {draw.log_density, draw.accept_prob, draw.step_size,
            static_cast<double>(draw.tree_depth), static_cast<double>(draw.num_leapfrogs),
            draw.diverged ? 1.0 : 0.0, draw.energy};
        for (std::size_t i = 0; i < out.columns.size(); ++i) out.columns[i].push_back(row[i]);
    }
    out.names.insert(out.names.end(), run.parameter_names.begin(), run.parameter_names.end());
    out.columns.insert(out.columns.end(), from.columns.begin(), from.columns.end());
    return out;
}

} // namespace chainsong
