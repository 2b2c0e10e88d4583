#include "engine/compose/constraints.h"
#include "engine/compose/ensemble.h"
#include "engine/compose/plan.h"
#include "engine/compose/request.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kNumChains = 4;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Counts bars of all islands and says how far the work has come.
std::function<void()> barCounter(const ComposeCallbacks& callbacks, int num_bars) {
    return [&callbacks, num_bars, done = 0]() mutable {
        ++done;
        if (callbacks.on_progress) callbacks.on_progress({"composing", static_cast<double>(done) / num_bars});
    };
}

/// The pieces as they come, each one different from those before it where there is a choice.
struct Pieces {
    std::vector<RegionDraw> region_draws;
    std::vector<Draw> draws;

    void add(const Job& job, const ComposeRequest& request, const Population& population) {
        const auto stream = static_cast<std::uint64_t>(draws.size());
        const auto candidates = population.draws(request.num_pieces, request.seed, stream);
        const auto isNew = [&](const RegionDraw& candidate) {
            return std::none_of(region_draws.begin(), region_draws.end(),
                [&](const RegionDraw& other) { return other.events == candidate.events; });
        };
        const auto chosen = std::find_if(candidates.begin(), candidates.end(), isNew);
        region_draws.push_back(chosen == candidates.end() ? candidates.front() : *chosen);
        draws.push_back({job.assembled(region_draws.back()), region_draws.back().log_density, 0});
    }
    /// Indices, the likeliest first.
    std::vector<std::size_t> order() const {
        std::vector<std::size_t> indices(draws.size());
        std::iota(indices.begin(), indices.end(), 0u);
        std::stable_sort(indices.begin(), indices.end(),
            [&](std::size_t a, std::size_t b) { return draws[a].log_density > draws[b].log_density; });
        return indices;
    }
};

/// Four particle-Gibbs chains from four different draws; false: stopped.
bool sweepOn(const Job& job, const Writer& at_start, const ComposeRequest& request,
    const Population& population, const ComposeCallbacks& callbacks, const std::stop_token& stop,
    std::vector<PieceChain>& chains) {
    const auto starts = population.draws(kNumChains, request.seed, kNumChains);
    for (std::size_t c = 0; c < kNumChains; ++c) {
        PieceChain chain;
        chain.draw = starts[c % starts.size()];
        chains.push_back(std::move(chain));
    }
    const int num_points = kNumChains * request.num_sweeps;
    const auto on_point = [&, done = 0](int chain, int sweep, const PieceSummary& summary) mutable {
        if (callbacks.on_trace) callbacks.on_trace({chain, sweep, 2 * sweep < request.num_sweeps, summary});
        if (callbacks.on_progress)
            callbacks.on_progress({"sampling", static_cast<double>(++done) / num_points});
    };
    const SweepParams sweeps{std::clamp(request.num_particles / 2, 4, 12)};
    return runChains(job, at_start, chains, request.num_sweeps, sweeps,
        {request.num_particles, request.num_threads, request.seed}, stop, on_point);
}

void describe(ComposeResult& result, Plan& plan, const Population& population) {
    result.request_chips = std::move(plan.request_chips);
    result.not_understood = std::move(plan.not_understood);
    result.notices = std::move(plan.notices);
    const bool has_retried = std::any_of(population.islands.begin(), population.islands.end(),
        [](const Island& island) { return island.num_retries > 0; });
    if (has_retried)
        result.notices.push_back(
            "The constraints left no way on at first; the sampler had to back up, so the "
            "evidence is approximate.");
    result.log_evidence = population.logEvidence();
    result.ess_per_bar_line = population.essPerBarLine();
}

} // namespace

Result<ComposeResult> compose(const Prior& prior, const ComposeRequest& request,
    const ComposeCallbacks& callbacks, std::stop_token stop) {
    const auto started = std::chrono::steady_clock::now();
    if (callbacks.on_progress) callbacks.on_progress({"reading the prompt", -1});
    auto plan = planPiece(prior, request);
    if (!plan) return plan.error();
    plan->frame.remembered = request.remembered;
    std::vector<int> tracks(plan->frame.parts.size());
    std::iota(tracks.begin(), tracks.end(), 0);
    const RegionWish wish{plan->first_bar, static_cast<int>(plan->frame.bars.size()), {}, ~KeySet()};
    const auto job = makeJob(plan->frame, plan->base, tracks, wish, plan->constraints, request.temperature);
    if (!job) return job.error();

    const Writer at_start(job->plan, prior);
    Pieces pieces;
    const auto on_done = [&](int index, const Population& population) {
        pieces.add(*job, request, population);
        if (callbacks.on_draw) callbacks.on_draw(pieces.draws.back(), index);
    };
    const int num_bars = request.num_pieces * numIslands(request.num_particles) * job->plan->regionBars();
    const auto populations = runPopulations(*job, at_start, request.num_pieces,
        {request.num_particles, request.num_threads, request.seed}, stop, barCounter(callbacks, num_bars),
        on_done);
    if (!populations) return populations.error();
    std::vector<PieceChain> chains;
    if (request.num_sweeps > 0
        && !sweepOn(*job, at_start, request, populations->front(), callbacks, stop, chains))
        return Error{std::string(kStopped)};

    ComposeResult result;
    const std::vector<std::size_t> order = pieces.order();
    for (const std::size_t i : order) result.draws.push_back(pieces.draws[i]);
    for (const PieceChain& chain : chains) result.traces.push_back(chain.trace);
    const Population& population = (*populations)[order.front()];
    if (order.front() != 0) chains.clear(); // they tell of another population
    result.posterior = posteriorOf(*job, result.draws.front().score, population, chains);
    result.constraints = reportsOf(*job, plan->constraints, pieces.region_draws[order.front()]);
    describe(result, *plan, population);
    result.seconds = secondsSince(started);
    result.seed = request.seed;
    result.remembered = request.remembered;
    result.model = prior.name();
    return result;
}

} // namespace chainsong
