#include "engine/compose/ensemble.h"

#include <algorithm>
#include <optional>

namespace chainsong {
namespace {

constexpr std::size_t kMostSeen = 8;
constexpr std::size_t kMostStarts = 4; // distinct first draws that a card may fall back on
constexpr std::uint64_t kChainStream = 1u << 21, kCardStream = 1u << 16; // of the seed's streams

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// What the sweeps of one chain need; a task of its own.
struct Sweeping {
    const Job& job;
    const Writer& at_start;
    int num_sweeps = 0;
    const SweepParams& sweep_params;
    const EnsembleParams& params;
    const std::stop_token& stop;
    const OnPoint& on_point;
};

void runChain(const Sweeping& work, PieceChain& chain, int index, const Post& post) {
    const Job& job = work.job;
    for (int s = 0; s < work.num_sweeps; ++s) {
        const std::uint64_t stream =
            kChainStream + (static_cast<std::uint64_t>(index) << 48) + static_cast<std::uint64_t>(s);
        if (!sweep(
                *job.plan, work.at_start, chain.draw, work.sweep_params, work.params.seed, stream, work.stop))
            return;
        const PieceSummary summary = summarise(job.assembled(chain.draw), chain.draw.log_density);
        chain.trace.push_back(summary);
        const bool is_new = std::none_of(chain.seen.begin(), chain.seen.end(),
            [&](const RegionDraw& seen) { return seen.events == chain.draw.events; });
        if (is_new) chain.seen.push_back(chain.draw);
        if (chain.seen.size() > kMostSeen) chain.seen.erase(chain.seen.begin());
        if (2 * s >= work.num_sweeps) {
            chain.tally.add(job.plan->frame, job.plan->first_bar, chain.draw.events, 1);
            ++chain.num_tallied;
        }
        if (work.on_point) post([&work, index, s, summary] { work.on_point(index, s, summary); });
    }
}

std::vector<std::unique_ptr<Writer>> copies(const Writer& writer, int count) {
    std::vector<std::unique_ptr<Writer>> writers; // a decoder must not be cloned by two threads at once
    for (int i = 0; i < count; ++i) writers.push_back(std::make_unique<Writer>(writer));
    return writers;
}

} // namespace

bool runChains(const Job& job, const Writer& at_start, std::vector<PieceChain>& chains, int num_sweeps,
    const SweepParams& sweep_params, const EnsembleParams& params, std::stop_token stop,
    const OnPoint& on_point) {
    const auto writers = copies(at_start, static_cast<int>(chains.size()));
    std::vector<Sweeping> work;
    for (const auto& writer : writers)
        work.push_back({job, *writer, num_sweeps, sweep_params, params, stop, on_point});
    runTasks(static_cast<int>(chains.size()), params.num_threads,
        [&](int c, const Post& post) { runChain(work[at(c)], chains[at(c)], c, post); });
    return !stop.stop_requested();
}

Result<std::vector<Card>> runCards(const Job& job, const Writer& at_start, int num_cards, int num_sweeps,
    const SweepParams& sweep_params, const EnsembleParams& params, std::stop_token stop,
    const std::function<void()>& on_bar, const OnPoint& on_point,
    const std::function<void(const Card&)>& on_card) {
    const auto writers = copies(at_start, num_cards);
    std::vector<Sweeping> work;
    for (const auto& writer : writers)
        work.push_back({job, *writer, num_sweeps, sweep_params, params, stop, on_point});
    std::vector<std::optional<Result<Card>>> results(at(num_cards));
    std::vector<bool> is_done(at(num_cards), false);
    std::size_t num_announced = 0;
    const auto announce = [&](int card) { // on the calling thread
        for (is_done[at(card)] = true; num_announced < is_done.size() && is_done[num_announced];
             ++num_announced)
            if (*results[num_announced] && on_card && !stop.stop_requested())
                on_card(**results[num_announced]);
    };
    runTasks(num_cards, params.num_threads, [&](int c, const Post& post) {
        auto island = runIsland(*job.plan, *writers[at(c)], params.num_particles, params.seed,
            kCardStream + static_cast<std::uint64_t>(c), stop, [&](int) {
                if (on_bar) post(on_bar);
            });
        if (!island) {
            results[at(c)].emplace(island.error());
        } else {
            Card card;
            card.population.islands.push_back(*std::move(island));
            auto starts = card.population.draws(kMostStarts, params.seed, static_cast<std::uint64_t>(c));
            card.chain.draw = starts.front();
            card.chain.seen.assign(starts.rbegin(), starts.rend());
            runChain(work[at(c)], card.chain, c, post);
            results[at(c)].emplace(std::move(card));
        }
        post([&announce, c] { announce(c); });
    });
    if (stop.stop_requested()) return Error{std::string(kStopped)};
    std::vector<Card> cards;
    for (auto& result : results)
        if (*result) cards.push_back(*std::move(*result));
    if (cards.empty()) return results.front()->error();
    return cards;
}

} // namespace chainsong
