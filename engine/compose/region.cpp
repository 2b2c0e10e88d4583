#include "engine/compose/region.h"

#include "engine/inference/smc.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace chainsong {
namespace {

constexpr int kMostRetries = 3;

/// The particles wait at bar lines; a region of one bar gets a meeting point in its middle.
std::vector<Boundary> boundariesBetween(const WritingPlan& plan, int first_bar, int past_last_bar) {
    std::vector<Boundary> boundaries;
    if (past_last_bar - first_bar == 1) {
        const int steps = plan.frame.bars[static_cast<std::size_t>(first_bar)].numSteps();
        if (steps >= 4) boundaries.push_back({first_bar, steps / 2});
    }
    for (int b = first_bar + 1; b <= past_last_bar; ++b) boundaries.push_back({b, 0});
    return boundaries;
}

Error deadEnd(const WritingPlan& plan, int bar, const std::string& trouble) {
    std::string under;
    for (const RulePtr& rule : plan.rules)
        if (rule->isHard() && under.find(rule->name()) == std::string::npos)
            under += (under.empty() ? "" : ", ") + rule->name();
    std::size_t num_given = 0;
    if (bar < static_cast<int>(plan.given.by_bar.size()))
        num_given = plan.given.by_bar[static_cast<std::size_t>(bar)].size();
    std::string what = "no music fits here: " + trouble;
    if (!under.empty()) what += " under the constraints " + under;
    if (num_given > 0)
        what +=
            " with " + std::to_string(num_given) + (num_given == 1 ? " note" : " notes") + " that must stay";
    return {what + "; loosen one of them", "bar " + std::to_string(bar + plan.map.first_bar + 1)};
}

/// The events of a bar of the region.
std::span<const Event> barsOf(std::span<const Event> events, int first, int count) {
    std::size_t begin = 0;
    while (begin < events.size() && first > 0) first -= events[begin++].is_bar_line;
    std::size_t end = begin;
    while (end < events.size() && count > 0) count -= events[end++].is_bar_line;
    return events.subspan(begin, end - begin);
}

} // namespace

Result<Island> runIsland(const WritingPlan& plan, const Writer& at_start, int num_particles,
    std::uint64_t seed, std::uint64_t stream, std::stop_token stop, const OnBar& on_bar) {
    struct Mark {
        Writer writer;
        SmcState state;
        Rng rng;
        std::size_t num_boundaries;
    };
    const std::vector<Boundary> boundaries = boundariesBetween(plan, plan.first_bar, plan.past_last_bar);
    Island island;
    auto writer = std::make_unique<Writer>(at_start);
    writer->setStop(stop);
    writer->spread(num_particles, seed, stream);
    writer->setBoundaries(boundaries);
    SmcState state(num_particles);
    Rng rng = rngFor(seed, stream, 1'000'000);
    std::deque<Mark> marks; // the last boundaries, to back up to
    std::size_t reached = 0;
    std::size_t farthest = 0;
    int retries_here = 0;

    const auto tally = [&](int bars_ago, std::size_t region_bar) {
        const double total = logSumExp(state.log_weights);
        Tally& notes = island.tally_per_bar[region_bar];
        notes = {};
        for (int i = 0; i < num_particles; ++i) {
            const double share = std::exp(state.log_weights[static_cast<std::size_t>(i)] - total);
            if (!(share > 0)) continue;
            const std::vector<Event> recent = writer->lastBars(i, bars_ago + 1);
            notes.add(plan.frame, plan.first_bar + static_cast<int>(region_bar), barsOf(recent, 0, 1), share);
        }
        island.log_evidence_per_bar[region_bar] = state.logEvidence();
    };
    island.tally_per_bar.resize(static_cast<std::size_t>(plan.regionBars()));
    island.log_evidence_per_bar.resize(static_cast<std::size_t>(plan.regionBars()));

    while (reached < boundaries.size()) {
        marks.push_back({*writer, state, rng, reached});
        if (marks.size() > kMostRetries) marks.pop_front();
        const SmcInfo info = smcStep(state, *writer, rng);
        if (info.is_stopped) return Error{std::string(kStopped)};
        if (info.isDeadEnd()) {
            if (reached > farthest) retries_here = 0;
            farthest = std::max(farthest, reached);
            if (++retries_here > kMostRetries) {
                const Boundary& here = boundaries[reached];
                return deadEnd(plan, here.position > 0 ? here.bar : here.bar - 1, writer->lastTrouble());
            }
            ++island.num_retries;
            for (int back = 1; back < retries_here && marks.size() > 1; ++back) marks.pop_back();
            Mark mark = std::move(marks.back());
            marks.pop_back();
            writer = std::make_unique<Writer>(mark.writer);
            state = std::move(mark.state);
            reached = mark.num_boundaries;
            const auto other = stream + (static_cast<std::uint64_t>(island.num_retries) << 32);
            rng = rngFor(seed, other, 1'000'000);
            writer->setRandomStreams(seed, other);
            continue;
        }
        const Boundary& here = boundaries[reached++];
        if (here.position > 0) continue;
        const auto bars_done = static_cast<std::size_t>(here.bar - plan.first_bar);
        island.ess_per_bar_line.resize(bars_done);
        island.ess_per_bar_line.back() = info.ess;
        if (bars_done > 1) tally(1, bars_done - 2);
        if (reached == boundaries.size()) tally(0, bars_done - 1);
        if (on_bar) on_bar(static_cast<int>(bars_done));
    }
    for (int i = 0; i < num_particles; ++i)
        island.particles.push_back({writer->written(i), writer->logDensity(i)});
    island.log_weights = state.log_weights;
    island.log_evidence = state.logEvidence();
    return island;
}

bool sweep(const WritingPlan& plan, const Writer& at_start, RegionDraw& draw, const SweepParams& params,
    std::uint64_t seed, std::uint64_t stream, std::stop_token stop) {
    Writer base(at_start);
    base.setStop(stop);
    base.forgetWritten();
    Rng rng = rngFor(seed, stream, 2'000'000);
    for (int done = 0; done < plan.regionBars();) {
        const int most = std::min(params.most_bars_a_block, plan.regionBars() - done);
        const int block = 1 + static_cast<int>(rng.below(static_cast<std::uint64_t>(most)));
        const std::span<const Event> reference = barsOf(draw.events, done, block);
        std::vector<Event> chosen(reference.begin(), reference.end());

        Writer writer(base);
        writer.spread(params.num_particles, seed, stream + (static_cast<std::uint64_t>(done + 1) << 32));
        writer.setLookAheadBars(params.look_ahead_bars);
        writer.setBoundaries(boundariesBetween(plan, plan.first_bar + done, plan.first_bar + done + block));
        writer.follow(reference);
        writer.setRight(barsOf(draw.events, done + block, plan.regionBars()));
        const int winner = conditionalSmc(writer, rng);
        if (stop.stop_requested()) return false;
        if (winner >= 0) chosen = writer.written(winner);
        if (!base.readOn(chosen)) return !stop.stop_requested(); // the rest no longer fits: stay
        done += block;
    }
    draw = {base.written(0), base.logDensity(0)};
    return true;
}

} // namespace chainsong
