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

} // namespace

Result<ComposeResult> compose(const Prior& prior, const ComposeRequest& request,
    const ComposeCallbacks& callbacks, std::stop_token stop) {
    const auto started = std::chrono::steady_clock::now();
    if (callbacks.on_progress) callbacks.on_progress({"reading the prompt", -1});
    auto plan = planPiece(request);
    if (!plan) return plan.error();
    std::vector<int> tracks(plan->frame.parts.size());
    std::iota(tracks.begin(), tracks.end(), 0);
    const RegionWish wish{plan->first_bar, static_cast<int>(plan->frame.bars.size()), {}, ~KeySet()};
    const auto job = makeJob(plan->frame, plan->base, tracks, wish, plan->constraints, request.temperature);
    if (!job) return job.error();

    const Writer at_start(job->plan, prior);
    const EnsembleParams params{request.num_particles, request.num_threads, request.seed};
    std::vector<Draw> draws;
    std::vector<RegionDraw> region_draws;
    std::vector<double> evidences;
    const auto on_done = [&](int piece, const Population& population) {
        // A piece that came before is not offered again, where there is another one.
        std::vector<RegionDraw> candidates =
            population.draws(request.num_pieces, request.seed, static_cast<std::uint64_t>(piece));
        const auto is_new = [&](const RegionDraw& candidate) {
            return std::none_of(region_draws.begin(), region_draws.end(),
                [&](const RegionDraw& d) { return d.events == candidate.events; });
        };
        const auto chosen = std::find_if(candidates.begin(), candidates.end(), is_new);
        region_draws.push_back(chosen == candidates.end() ? candidates.front() : *chosen);
        evidences.push_back(population.logEvidence());
        draws.push_back({job->assembled(region_draws.back()), region_draws.back().log_density, 0});
        if (callbacks.on_draw) callbacks.on_draw(draws.back(), piece);
    };
    const int num_bars = request.num_pieces * numIslands(request.num_particles) * job->plan->regionBars();
    const auto populations = runPopulations(
        *job, at_start, request.num_pieces, params, stop, barCounter(callbacks, num_bars), on_done);
    if (!populations) return populations.error();

    std::vector<PieceChain> chains;
    if (request.num_sweeps > 0) {
        const auto starts = populations->front().draws(kNumChains, request.seed, kNumChains);
        for (std::size_t c = 0; c < kNumChains; ++c)
            chains.push_back({starts[c % starts.size()], {}, {}, 0, {}});
        const int num_points = kNumChains * request.num_sweeps;
        const auto on_point = [&, done = 0](int chain, int sweep, const PieceSummary& summary) mutable {
            if (callbacks.on_trace)
                callbacks.on_trace({chain, sweep, 2 * sweep < request.num_sweeps, summary});
            if (callbacks.on_progress)
                callbacks.on_progress({"sampling", static_cast<double>(++done) / num_points});
        };
        const SweepParams sweeps{std::clamp(request.num_particles / 2, 4, 12)};
        if (!runChains(*job, at_start, chains, request.num_sweeps, sweeps, params, stop, on_point))
            return Error{std::string(kStopped)};
    }

    ComposeResult result;
    std::vector<std::size_t> order(draws.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return draws[a].log_density > draws[b].log_density; });
    for (const std::size_t i : order) result.draws.push_back(draws[i]);
    const std::size_t best = order.front();
    const Population& population = (*populations)[best];
    result.posterior = posteriorOf(
        *job, result.draws.front().score, population, best == 0 ? chains : std::vector<PieceChain>{});
    for (const PieceChain& chain : chains) result.traces.push_back(chain.trace);
    result.request_chips = plan->request_chips;
    result.not_understood = plan->not_understood;
    result.notices = plan->notices;
    for (const Island& island : population.islands)
        if (island.num_retries > 0) {
            result.notices.push_back("The constraints left no way on at first; the sampler had to back up, "
                                     "so the evidence is approximate.");
            break;
        }
    result.log_evidence = evidences[best];
    result.ess_per_bar_line = population.essPerBarLine();
    result.constraints = reportsOf(*job, plan->constraints, region_draws[best]);
    result.seconds = secondsSince(started);
    result.seed = request.seed;
    result.model = prior.name();
    return result;
}

} // namespace chainsong
