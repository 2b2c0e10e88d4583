#pragma once

#include "engine/base/random.h"
#include "engine/inference/smc.h"

#include <span>
#include <string>
#include <vector>

/// The toy whose answer is known: a bigram prior over 28 pitches, C major, a fixed first note and three pins,
/// so that a backward recursion gives log Z and every note's marginal exactly.
namespace chainsong::toy {

constexpr int kNumPitches = 28;
constexpr int kLowestKey = 55; // G3
constexpr int kNumNotes = 21;

using Row = std::vector<double>;
using Table = std::vector<Row>;

struct Problem {
    Table transition; // p(next | now)
    std::vector<int> pins; // pitch or -1, a note each; pins[0] is the fixed start
    std::vector<bool> is_in_key;

    bool allows(int note, int pitch) const {
        const int pin = pins[static_cast<std::size_t>(note)];
        return pin >= 0 ? pitch == pin : is_in_key[static_cast<std::size_t>(pitch)];
    }
};
Problem makeProblem();

/// The true answer.
struct Exact {
    double log_evidence = 0;
    Table marginals; // [note][pitch]
};
Exact solve(const Problem& problem);

/// What a run must not do and a careless program does.
enum class Fault { kNone, kDropsMass, kResamplesOffByOne };

/// The chain as a particle system: masked proposal with a look-ahead of so many notes.
class ChainSystem {
public:
    ChainSystem(
        const Problem& problem, int num_particles, int look_ahead, Rng rng, Fault fault = Fault::kNone);
    void follow(std::vector<int> reference); // by the last particle

    int numParticles() const { return static_cast<int>(m_paths.size()); }
    bool isDone() const { return m_note + 1 >= kNumNotes; }
    bool advance(std::span<double> log_increments);
    void resample(std::span<const int> ancestors);
    bool scoreReference(std::span<double> log_scores);
    const std::vector<int>& path(int particle) const { return m_paths[static_cast<std::size_t>(particle)]; }

private:
    const Problem& m_problem;
    Table m_twist; // [note][pitch]: probability that the next `look_ahead` notes can keep to the constraints
    std::vector<std::vector<int>> m_paths;
    std::vector<int> m_reference;
    Rng m_rng;
    Fault m_fault;
    int m_note = 0;
};

/// How near `num_runs` runs come to the truth.
struct Verdict {
    double pooled_tv = 0; // mean over notes of TV(average weighted marginal, exact marginal)
    double evidence_ratio = 0; // E[Ẑ] / Z
    double evidence_ratio_error = 0; // its standard error
    double sd_log_evidence = 0; // over the runs that did not die
    double dead_share = 0;
};
Verdict judge(
    const Problem& problem, int num_particles, int look_ahead, int num_runs, Fault fault = Fault::kNone);

} // namespace chainsong::toy
