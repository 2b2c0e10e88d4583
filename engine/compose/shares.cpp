#include "engine/compose/ensemble.h"
#include "engine/inference/smc.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kLeastGhost = 0.02;
constexpr std::size_t kMostGhosts = 3;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

double bits(double p) { return p > 0 && p < 1 ? -p * std::log2(p) : 0; }

/// All that was counted, and what a share of 1 would be.
struct Counted {
    Tally tally;
    double total = 0;
    int num_draws = 0;
};

Counted counted(const Population& population, const std::vector<PieceChain>& chains) {
    Counted all;
    for (const Island& island : population.islands) {
        all.total += std::max(1.0, effectiveSampleSize(island.log_weights));
        all.num_draws += static_cast<int>(island.particles.size());
    }
    all.tally.add(population.tally(), all.total);
    for (const PieceChain& chain : chains) {
        all.tally.add(chain.tally, 1);
        all.total += chain.num_tallied;
        all.num_draws += chain.num_tallied;
    }
    return all;
}

/// What one part may begin at one step: entropy of the choice, silence included.
double undecidedBits(const std::vector<double>& shares) {
    double sum = 0, entropy = 0, each_alone = 0;
    for (const double p : shares) {
        sum += p;
        entropy += bits(p);
        each_alone += bits(p) + bits(1 - p);
    }
    return sum <= 1 ? entropy + bits(1 - sum) : each_alone; // chords: key by key
}

/// The beats of the whole piece, counted on: where a tick lies among them.
class BeatCount {
public:
    explicit BeatCount(const Score& score)
        : m_metres(score.metres)
        , m_num_bars(numBars(score)) {
        for (int b = 0; b < m_num_bars; ++b)
            m_first_beat.push_back(m_num_beats), m_num_beats += m_metres.metreOfBar(b).beats;
    }
    int numBeats() const { return m_num_beats; }
    int beatAt(Tick tick) const {
        const int bar = std::clamp(m_metres.barAt(tick), 0, m_num_bars - 1);
        const Tick in_bar = tick - m_metres.barStart(bar);
        const auto beat = static_cast<int>(
            in_bar.value / std::max<std::int64_t>(1, m_metres.metreOfBar(bar).beatLength().value));
        return std::min(m_num_beats - 1, m_first_beat[at(bar)] + beat);
    }

private:
    MetreMap m_metres;
    int m_num_bars = 0;
    int m_num_beats = 0;
    std::vector<int> m_first_beat;
};

} // namespace

Posterior posteriorOf(
    const Job& job, const Score& shown, const Population& population, const std::vector<PieceChain>& chains) {
    const Counted all = counted(population, chains);
    const Tick frame_start = job.frameStart();
    const auto& track_of_part = job.plan->map.track_of_part;
    Posterior posterior;
    posterior.num_draws = all.num_draws;

    std::vector<int> part_of_track(shown.tracks.size(), -1);
    for (std::size_t p = 0; p < track_of_part.size(); ++p)
        part_of_track[at(track_of_part[p])] = static_cast<int>(p);
    for (std::size_t t = 0; t < shown.tracks.size(); ++t) {
        auto& shares = posterior.note_share_unit.emplace_back();
        const auto& kept = job.base.tracks[t].notes;
        auto next_kept = kept.begin();
        for (const Note& note : shown.tracks[t].notes) {
            const bool is_kept = next_kept != kept.end() && *next_kept == note;
            if (is_kept) ++next_kept;
            const auto step = static_cast<int>((note.start - frame_start).value / kTicksPerStep);
            shares.push_back(is_kept
                    ? 1
                    : std::min(1.0, all.tally.weightAt({step, part_of_track[t], note.key}) / all.total));
        }
    }

    const BeatCount beats(shown);
    posterior.undecided_bits_per_beat.assign(at(std::max(0, beats.numBeats())), 0.0);
    const auto& counts = all.tally.counts();
    for (auto first = counts.begin(); first != counts.end();) {
        const auto [step, part, key] = first->first;
        auto past_last = first;
        std::vector<double> shares;
        std::vector<Ghost> ghosts;
        const int track = track_of_part[at(part)];
        const Tick start = frame_start + Tick{step * kTicksPerStep};
        for (; past_last != counts.end() && past_last->first.step == step && past_last->first.part == part;
             ++past_last) {
            const Tally::Count& count = past_last->second;
            shares.push_back(std::min(1.0, count.weight / all.total));
            Note note{start, Tick{count.steps * kTicksPerStep},
                static_cast<std::uint8_t>(past_last->first.key),
                static_cast<std::uint8_t>(count.velocity * 16 + 8)};
            const auto& notes = shown.tracks[at(track)].notes;
            const bool is_shown = std::any_of(std::lower_bound(notes.begin(), notes.end(), start,
                                                  [](const Note& n, Tick tick) { return n.start < tick; }),
                notes.end(), [&](const Note& n) { return n.start == start && n.key == note.key; });
            if (!is_shown && shares.back() >= kLeastGhost) ghosts.push_back({track, note, shares.back()});
        }
        std::stable_sort(ghosts.begin(), ghosts.end(),
            [](const Ghost& a, const Ghost& b) { return a.share_unit > b.share_unit; });
        ghosts.resize(std::min(ghosts.size(), kMostGhosts));
        posterior.ghosts.insert(posterior.ghosts.end(), ghosts.begin(), ghosts.end());
        if (beats.numBeats() > 0)
            posterior.undecided_bits_per_beat[at(beats.beatAt(start))] += undecidedBits(shares);
        first = past_last;
    }
    return posterior;
}

} // namespace chainsong
