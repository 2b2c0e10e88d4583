#include "engine/inference/chains.h"

#include "engine/inference/chain.h"

#include <algorithm>
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

/// Chains waiting for a thread. Each worker takes the one that has waited longest, advances it for a moment
/// and puts it back, so that all chains grow side by side on any number of threads.
class WaitingChains {
public:
    void put(Chain* chain) {
        const std::lock_guard lock(m_mutex);
        m_chains.push_back(chain);
    }
    Chain* take() {
        const std::lock_guard lock(m_mutex);
        if (m_chains.empty()) return nullptr;
        Chain* const chain = m_chains.front();
        m_chains.pop_front();
        return chain;
    }

private:
    std::mutex m_mutex;
    std::deque<Chain*> m_chains;
};

} // namespace

Result<Run> runChains(
    const Target& target, const RunOptions& options, const RunCallbacks& callbacks, std::stop_token stop) {
    if (auto error = check(target, options)) return *std::move(error);
    Run run{target.name, target.parameter_names, options, {}, false};
    std::vector<std::unique_ptr<Chain>> chains;
    WaitingChains waiting;
    for (int number = 0; number < options.num_chains; ++number) {
        chains.push_back(std::make_unique<Chain>(target, run.options, number, stop));
        waiting.put(chains.back().get());
    }
    const auto work = [&] {
        // A worker that finds the line empty may go: whoever holds the last chains puts them back for itself.
        while (Chain* const chain = waiting.take()) {
            chain->advance(kSliceMs, callbacks);
            if (!chain->isFinished()) waiting.put(chain);
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 1; i < std::min(options.num_threads, options.num_chains); ++i)
            workers.emplace_back(work);
        work();
    }
    bool has_draws = false;
    for (const auto& chain : chains) {
        run.chains.push_back(chain->takeRun());
        has_draws = has_draws || !run.chains.back().failure;
    }
    run.was_stopped = stop.stop_requested();
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
