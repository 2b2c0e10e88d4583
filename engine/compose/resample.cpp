#include "engine/compose/constraints.h"
#include "engine/compose/ensemble.h"
#include "engine/compose/plan.h"
#include "engine/compose/request.h"
#include "engine/model/prompt/parser.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

Status checkRequest(const ResampleRequest& request, int num_bars) {
    if (request.first_bar < 0 || request.past_last_bar <= request.first_bar
        || request.past_last_bar > num_bars)
        return Error{"bars " + std::to_string(request.first_bar + 1) + " to "
                + std::to_string(request.past_last_bar) + " are not in the piece; it has "
                + std::to_string(num_bars) + (num_bars == 1 ? " bar" : " bars"),
            "bars"};
    for (const int track : request.tracks)
        if (track < 0 || at(track) >= request.score.tracks.size())
            return Error{"there is no track " + std::to_string(track + 1), "tracks"};
    if (request.temperature <= 0 || !std::isfinite(request.temperature))
        return Error{"temperature is a number above 0", "temperature"};
    if (request.num_particles < 1 || request.num_particles > 4096)
        return Error{"there can be 1 to 4096 particles", "particles"};
    if (request.num_pieces < 1 || request.num_pieces > 100)
        return Error{"one can ask for 1 to 100 variations", "count"};
    if (request.num_sweeps < 0 || request.num_sweeps > 1'000'000)
        return Error{"sweeps is a number from 0 to 1000000", "sweeps"};
    return Done{};
}

/// The tracks that the prior sees: all, or where there are too many the free ones and then those with most
/// notes.
std::vector<int> shownTracks(const ResampleRequest& request) {
    std::vector<int> tracks(request.score.tracks.size());
    std::iota(tracks.begin(), tracks.end(), 0);
    if (tracks.size() <= kMaxParts) return tracks;
    const auto rank = [&](int track) {
        const bool is_free =
            std::find(request.tracks.begin(), request.tracks.end(), track) != request.tracks.end();
        return std::pair(is_free, request.score.tracks[at(track)].notes.size());
    };
    std::stable_sort(tracks.begin(), tracks.end(), [&](int a, int b) { return rank(a) > rank(b); });
    tracks.resize(kMaxParts);
    std::sort(tracks.begin(), tracks.end());
    return tracks;
}

/// The frame of the whole piece with those tracks as parts.
Result<PieceFrame> frameWith(const ResampleRequest& request, const std::vector<int>& tracks) {
    Score shown = request.score;
    shown.tracks.clear();
    for (const int track : tracks) shown.tracks.push_back(request.score.tracks[at(track)]);
    auto frame = frameOf(shown);
    if (!frame) return frame;
    const ParsedPrompt parsed = parsePrompt(request.prompt);
    frame->prompt = parsed.prompt;
    frame->chips = merged(parsed.chips, request.edited_chips);
    frame->remembered = request.remembered;
    return frame;
}

/// What the region may change: its free notes leave the score.
Score withoutFreeNotes(
    const ResampleRequest& request, const std::vector<int>& tracks, const RegionWish& wish) {
    Score base = request.score;
    const MetreMap metres(base.metres);
    const Tick from = metres.barStart(wish.first_bar), to = metres.barStart(wish.past_last_bar);
    for (const int track : tracks) {
        if (!wish.tracks.empty()
            && std::find(wish.tracks.begin(), wish.tracks.end(), track) == wish.tracks.end())
            continue;
        std::erase_if(base.tracks[at(track)].notes, [&](const Note& note) {
            return note.start >= from && note.start < to && !note.is_pinned && wish.keys.test(note.key);
        });
    }
    return base;
}

/// Notes of one score that the other does not have, counted both ways; the larger count.
int numChanged(const Score& a, const Score& b) {
    int only_a = 0, only_b = 0;
    for (std::size_t t = 0; t < a.tracks.size(); ++t) {
        const auto differ = [](const std::vector<Note>& from, const std::vector<Note>& other) {
            return static_cast<int>(std::count_if(from.begin(), from.end(),
                [&](const Note& n) { return std::find(other.begin(), other.end(), n) == other.end(); }));
        };
        only_a += differ(a.tracks[t].notes, b.tracks[t].notes);
        only_b += differ(b.tracks[t].notes, a.tracks[t].notes);
    }
    return std::max(only_a, only_b);
}

/// Built-in constraints that the original itself does not keep are not asked of the new notes either.
Result<std::vector<Constraint>> constraintsFor(const Prior& prior, const ResampleRequest& request,
    const PieceFrame& frame, const std::vector<int>& tracks) {
    std::vector<Constraint> all = request.constraints;
    std::erase_if(all, [](const Constraint& c) { return !c.is_on; });
    std::vector<Constraint> built_in = withBuiltIn(request.constraints, frame, {false, !prior.knowsKeys()});
    built_in.erase(built_in.end() - static_cast<std::ptrdiff_t>(all.size()), built_in.end());
    for (Constraint& c : built_in)
        for (int& track : c.scope.tracks) track = tracks[at(track)];

    const auto original =
        makeJob(frame, request.score, tracks, {0, static_cast<int>(frame.bars.size()), {}, ~KeySet()}, {}, 1);
    if (!original) return original.error();
    RegionDraw whole;
    for (const auto& bar : original->plan->given.by_bar) {
        whole.events.insert(whole.events.end(), bar.begin(), bar.end());
        whole.events.push_back(kBarLine);
    }
    const auto kept = reportsOf(*original, built_in, whole);
    std::vector<Constraint> constraints;
    for (std::size_t i = 0; i < built_in.size(); ++i)
        if (kept[i].is_satisfied) constraints.push_back(built_in[i]);
    constraints.insert(constraints.end(), all.begin(), all.end());
    return constraints;
}

/// A request made ready: what the prior sees, what holds, what is free.
struct Session {
    PieceFrame frame;
    std::vector<Constraint> constraints;
    Job job;
};

Result<Session> sessionOf(const Prior& prior, const ResampleRequest& request) {
    const std::vector<int> tracks = shownTracks(request);
    auto frame = frameWith(request, tracks);
    if (!frame) return frame.error();
    const Status checked = checkRequest(request, static_cast<int>(frame->bars.size()));
    if (!checked) return checked.error();
    RegionWish wish{request.first_bar, request.past_last_bar, request.tracks, ~KeySet()};
    if (request.keys) wish.keys = keysBetween(request.keys->first, request.keys->second);
    auto constraints = constraintsFor(prior, request, *frame, tracks);
    if (!constraints) return constraints.error();
    Score base = withoutFreeNotes(request, tracks, wish);
    auto job = makeJob(*frame, std::move(base), tracks, wish, *constraints, request.temperature);
    if (!job) return job.error();
    return Session{*std::move(frame), *std::move(constraints), *std::move(job)};
}

/// The card's newest draw that is neither the original nor on another card; its newest one if there is none.
const RegionDraw& newDrawOf(
    const PieceChain& chain, const std::vector<RegionDraw>& shown, const Job& job, const Score& original) {
    const auto isNew = [&](const RegionDraw& draw) {
        const bool is_shown = std::any_of(
            shown.begin(), shown.end(), [&](const RegionDraw& other) { return other.events == draw.events; });
        return !is_shown && numChanged(job.assembled(draw), original) > 0;
    };
    if (isNew(chain.draw)) return chain.draw;
    const auto seen = std::find_if(chain.seen.rbegin(), chain.seen.rend(), isNew);
    return seen == chain.seen.rend() ? chain.draw : *seen;
}

/// All cards' islands as one population: they are draws of the same distribution.
Population together(const std::vector<Card>& cards) {
    Population all;
    all.num_started = static_cast<int>(cards.size());
    for (const Card& card : cards)
        all.islands.insert(all.islands.end(), card.population.islands.begin(), card.population.islands.end());
    return all;
}

} // namespace

Result<ComposeResult> resample(const Prior& prior, const ResampleRequest& request,
    const ComposeCallbacks& callbacks, std::stop_token stop) {
    const auto started = std::chrono::steady_clock::now();
    const auto session = sessionOf(prior, request);
    if (!session) return session.error();
    const Job& job = session->job;

    const int num_steps = request.num_pieces * (job.plan->regionBars() + request.num_sweeps);
    const std::function<void()> on_step = [&, done = 0]() mutable {
        if (callbacks.on_progress)
            callbacks.on_progress({"resampling", static_cast<double>(++done) / num_steps});
    };
    const OnPoint on_point = [&](int chain, int sweep, const PieceSummary& summary) {
        if (callbacks.on_trace) callbacks.on_trace({chain, sweep, 2 * sweep < request.num_sweeps, summary});
        on_step();
    };
    ComposeResult result;
    std::vector<RegionDraw> shown;
    const auto on_card = [&](const Card& card) {
        shown.push_back(newDrawOf(card.chain, shown, job, request.score));
        Score score = job.assembled(shown.back());
        const int num_changed = numChanged(score, request.score);
        result.draws.push_back({std::move(score), shown.back().log_density, num_changed});
        if (callbacks.on_draw)
            callbacks.on_draw(result.draws.back(), static_cast<int>(result.draws.size()) - 1);
    };
    const Writer at_start(job.plan, prior);
    const SweepParams sweeps{std::clamp(request.num_particles, 2, 16)};
    const auto cards = runCards(job, at_start, request.num_pieces, request.num_sweeps, sweeps,
        {request.num_particles, request.num_threads, request.seed}, stop, on_step, on_point, on_card);
    if (!cards) return cards.error();

    std::vector<PieceChain> chains;
    for (const Card& card : *cards) {
        chains.push_back(card.chain);
        result.traces.push_back(card.chain.trace);
    }
    const Population all = together(*cards);
    result.posterior = posteriorOf(job, result.draws.front().score, all, chains);
    result.request_chips = session->frame.chips;
    result.log_evidence = all.logEvidence();
    result.ess_per_bar_line = all.essPerBarLine();
    result.constraints = reportsOf(job, session->constraints, shown.front());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    result.seed = request.seed;
    result.remembered = request.remembered;
    result.model = prior.name();
    return result;
}

} // namespace chainsong
