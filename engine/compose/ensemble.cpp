#include "engine/compose/ensemble.h"

#include "engine/inference/smc.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace chainsong {
namespace {

/// Of the seed's streams those of the islands; chains have theirs in piece_chains.cpp.
constexpr std::uint64_t kIslandStream = 1u << 8;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Weights of the islands by their evidence so far, summing to 1.
std::vector<double> islandShares(const std::vector<double>& log_evidences) {
    const double total = logSumExp(log_evidences);
    std::vector<double> shares;
    for (const double e : log_evidences) shares.push_back(std::exp(e - total));
    return shares;
}

} // namespace

int numIslands(int num_particles) { return num_particles >= 64 ? 4 : num_particles >= 16 ? 2 : 1; }

double Population::logEvidence() const {
    std::vector<double> values;
    for (const Island& island : islands) values.push_back(island.log_evidence);
    return logSumExp(values) - std::log(static_cast<double>(num_started));
}

std::vector<double> Population::essPerBarLine() const {
    std::vector<double> ess(islands.front().ess_per_bar_line.size(), 0.0);
    for (const Island& island : islands)
        for (std::size_t b = 0; b < ess.size(); ++b) ess[b] += island.ess_per_bar_line[b];
    return ess;
}

std::vector<RegionDraw> Population::draws(int count, std::uint64_t seed, std::uint64_t stream) const {
    std::vector<double> log_weights;
    std::vector<const RegionDraw*> particles;
    for (const Island& island : islands) {
        const double total = logSumExp(island.log_weights);
        for (std::size_t i = 0; i < island.particles.size(); ++i) {
            log_weights.push_back(island.log_evidence + island.log_weights[i] - total);
            particles.push_back(&island.particles[i]);
        }
    }
    Rng rng = rngFor(seed, stream, 3'000'000);
    std::vector<RegionDraw> drawn;
    while (static_cast<int>(drawn.size()) < count) {
        const int chosen = drawIndex(log_weights, rng);
        if (chosen < 0) break;
        drawn.push_back(*particles[at(chosen)]);
        for (std::size_t i = 0; i < particles.size(); ++i)
            if (particles[i]->events == drawn.back().events)
                log_weights[i] = -std::numeric_limits<double>::infinity();
    }
    return drawn;
}

Tally Population::tally() const {
    Tally all;
    for (std::size_t b = 0; b < islands.front().tally_per_bar.size(); ++b) {
        std::vector<double> log_evidences;
        for (const Island& island : islands) log_evidences.push_back(island.log_evidence_per_bar[b]);
        const std::vector<double> shares = islandShares(log_evidences);
        for (std::size_t k = 0; k < islands.size(); ++k) all.add(islands[k].tally_per_bar[b], shares[k]);
    }
    return all;
}

Result<std::vector<Population>> runPopulations(const Job& job, const Writer& at_start, int num_populations,
    const EnsembleParams& params, std::stop_token stop, const std::function<void()>& on_bar,
    const std::function<void(int, const Population&)>& on_done) {
    const int num_islands = numIslands(params.num_particles);
    const int num_tasks = num_populations * num_islands;
    std::vector<std::unique_ptr<Writer>>
        writers; // decoders are cloned here: one must not be touched by two threads
    for (int i = 0; i < num_tasks; ++i) writers.push_back(std::make_unique<Writer>(at_start));
    std::vector<std::optional<Result<Island>>> results(at(num_tasks));
    std::vector<Population> populations(at(num_populations));
    std::vector<int> num_missing(at(num_populations), num_islands);
    int num_announced = 0;

    const auto collect = [&](int population) { // on the calling thread
        if (--num_missing[at(population)] > 0) return;
        while (num_announced < num_populations && num_missing[at(num_announced)] == 0) {
            const int first = num_announced * num_islands;
            populations[at(num_announced)].num_started = num_islands;
            for (int k = 0; k < num_islands; ++k) {
                auto& result = *results[at(first + k)];
                if (result) populations[at(num_announced)].islands.push_back(*std::move(result));
            }
            if (on_done && !populations[at(num_announced)].islands.empty())
                on_done(num_announced, populations[at(num_announced)]);
            ++num_announced;
        }
    };
    runTasks(num_tasks, params.num_threads, [&](int task, const Post& post) {
        const int here = params.num_particles / num_islands
            + (task % num_islands < params.num_particles % num_islands ? 1 : 0);
        results[at(task)].emplace(runIsland(*job.plan, *writers[at(task)], std::max(1, here), params.seed,
            kIslandStream + static_cast<std::uint64_t>(task), stop, [&](int) {
                if (on_bar) post(on_bar);
            }));
        writers[at(task)].reset();
        post([&, task] { collect(task / num_islands); });
    });
    // One island that finds a way is enough: the others count as evidence zero.
    for (int p = 0; p < num_populations; ++p)
        if (stop.stop_requested() || populations[at(p)].islands.empty()) {
            if (stop.stop_requested()) return Error{std::string(kStopped)};
            return results[at(p * num_islands)]->error();
        }
    return populations;
}

} // namespace chainsong
