#include "tests/compose/exact_toy.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong::toy {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Steps are likelier than leaps, leaps turn back to the middle, and a few chromatic notes occur: roughly
/// what a count over chorale sopranos gives.
double kernel(int from, int to, bool is_in_key) {
    const int interval = std::abs(to - from);
    const double by_interval = interval == 0 ? 0.16
        : interval <= 2                      ? 0.3
        : interval <= 4                      ? 0.08
        : interval <= 7                      ? 0.03
                                             : 0.004;
    const double middle = kNumPitches / 2.0;
    return by_interval * std::exp(-std::pow((to - middle) / 9.0, 2)) * (is_in_key ? 1.0 : 0.12);
}

} // namespace

Problem makeProblem() {
    Problem problem;
    constexpr bool kMajor[12] = {true, false, true, false, true, true, false, true, false, true, false, true};
    for (int i = 0; i < kNumPitches; ++i) problem.is_in_key.push_back(kMajor[(kLowestKey + i) % 12]);
    for (int from = 0; from < kNumPitches; ++from) {
        Row row(kNumPitches);
        double sum = 0;
        for (int to = 0; to < kNumPitches; ++to)
            sum += row[at(to)] = kernel(from, to, problem.is_in_key[at(to)]);
        for (double& p : row) p /= sum;
        problem.transition.push_back(row);
    }
    problem.pins.assign(kNumNotes, -1);
    problem.pins[0] = 67 - kLowestKey; // G4
    problem.pins[5] = 79 - kLowestKey; // G5
    problem.pins[10] = 59 - kLowestKey; // B3
    problem.pins[15] = 79 - kLowestKey; // G5
    return problem;
}

Exact solve(const Problem& problem) {
    Table backward(kNumNotes, Row(kNumPitches, 1.0)), forward(kNumNotes, Row(kNumPitches, 0.0));
    for (int t = kNumNotes - 2; t >= 0; --t)
        for (int from = 0; from < kNumPitches; ++from) {
            double sum = 0;
            for (int to = 0; to < kNumPitches; ++to)
                if (problem.allows(t + 1, to))
                    sum += problem.transition[at(from)][at(to)] * backward[at(t + 1)][at(to)];
            backward[at(t)][at(from)] = sum;
        }
    forward[0][at(problem.pins[0])] = 1;
    for (int t = 1; t < kNumNotes; ++t)
        for (int from = 0; from < kNumPitches; ++from)
            for (int to = 0; to < kNumPitches; ++to)
                if (problem.allows(t, to))
                    forward[at(t)][at(to)] +=
                        forward[at(t - 1)][at(from)] * problem.transition[at(from)][at(to)];
    const double evidence = backward[0][at(problem.pins[0])];
    Exact exact{std::log(evidence), Table(kNumNotes, Row(kNumPitches))};
    for (int t = 0; t < kNumNotes; ++t)
        for (int i = 0; i < kNumPitches; ++i)
            exact.marginals[at(t)][at(i)] = forward[at(t)][at(i)] * backward[at(t)][at(i)] / evidence;
    return exact;
}

ChainSystem::ChainSystem(const Problem& problem, int num_particles, int look_ahead, Rng rng, Fault fault)
    : m_problem(problem)
    , m_paths(at(num_particles), {problem.pins[0]})
    , m_rng(rng)
    , m_fault(fault) {
    for (int t = 0; t < kNumNotes; ++t) {
        Row value(kNumPitches, 1.0);
        for (int s = std::min(t + look_ahead, kNumNotes - 1); s > t; --s) {
            Row before(kNumPitches, 0.0);
            for (int from = 0; from < kNumPitches; ++from)
                for (int to = 0; to < kNumPitches; ++to)
                    if (problem.allows(s, to))
                        before[at(from)] += problem.transition[at(from)][at(to)] * value[at(to)];
            value = before;
        }
        m_twist.push_back(value);
    }
}

void ChainSystem::follow(std::vector<int> reference) { m_reference = std::move(reference); }

bool ChainSystem::advance(std::span<double> log_increments) {
    ++m_note;
    Row weight(kNumPitches);
    for (int i = 0; i < numParticles(); ++i) {
        auto& path = m_paths[at(i)];
        double mass = 0;
        for (int to = 0; to < kNumPitches; ++to) {
            const bool is_allowed = m_problem.allows(m_note, to);
            weight[at(to)] = is_allowed
                ? m_problem.transition[at(path.back())][at(to)] * m_twist[at(m_note)][at(to)]
                : 0.0;
            mass += weight[at(to)];
        }
        const double twist_before = m_note == 1 ? 1.0 : m_twist[at(m_note - 1)][at(path.back())];
        log_increments[at(i)] = mass > 0 ? std::log(mass / twist_before) : kMinusInfinity;
        if (m_fault == Fault::kDropsMass && mass > 0) log_increments[at(i)] = 0;

        int chosen = 0;
        double left = m_rng.uniform() * mass;
        for (int to = 0; to < kNumPitches; ++to) {
            if (weight[at(to)] <= 0) continue;
            chosen = to;
            if ((left -= weight[at(to)]) < 0) break;
        }
        const bool is_reference = !m_reference.empty() && i + 1 == numParticles();
        path.push_back(is_reference ? m_reference[at(m_note)] : chosen);
    }
    return true;
}

void ChainSystem::resample(std::span<const int> ancestors) {
    const auto before = m_paths;
    const int shift = m_fault == Fault::kResamplesOffByOne ? 1 : 0;
    for (std::size_t i = 0; i < ancestors.size(); ++i)
        m_paths[i] = before[(at(ancestors[i]) + at(shift)) % before.size()];
}

bool ChainSystem::scoreReference(std::span<double> log_scores) {
    // The twist of the candidate's last note is in its weight already, and must go again with the next one.
    const int next = m_reference[at(m_note + 1)];
    for (int i = 0; i < numParticles(); ++i) {
        const int now = m_paths[at(i)].back();
        const double p = m_problem.transition[at(now)][at(next)];
        log_scores[at(i)] = std::log(p) - std::log(m_twist[at(m_note)][at(now)]);
    }
    return true;
}

Verdict judge(const Problem& problem, int num_particles, int look_ahead, int num_runs, Fault fault) {
    const Exact exact = solve(problem);
    Table mean(kNumNotes, Row(kNumPitches, 0.0));
    double sum_ratio = 0, sum_ratio2 = 0, sum_log = 0, sum_log2 = 0;
    int num_alive = 0;
    for (int run = 0; run < num_runs; ++run) {
        ChainSystem system(
            problem, num_particles, look_ahead, rngFor(7, 1, static_cast<std::uint64_t>(run)), fault);
        Rng rng = rngFor(7, 2, static_cast<std::uint64_t>(run));
        const SmcRun smc = runSmc(system, rng);
        const auto& weights = smc.final_state.log_weights;
        const double total = logSumExp(weights);
        if (total == kMinusInfinity) continue; // its Ẑ is zero
        ++num_alive;
        const double log_ratio = smc.final_state.logEvidence() - exact.log_evidence;
        sum_ratio += std::exp(log_ratio);
        sum_ratio2 += std::exp(2 * log_ratio);
        sum_log += log_ratio;
        sum_log2 += log_ratio * log_ratio;
        for (int i = 0; i < num_particles; ++i)
            for (int t = 0; t < kNumNotes; ++t)
                mean[at(t)][at(system.path(i)[at(t)])] += std::exp(weights[at(i)] - total);
    }
    Verdict verdict;
    const double runs = num_runs, alive = num_alive;
    verdict.evidence_ratio = sum_ratio / runs;
    verdict.evidence_ratio_error = std::sqrt(
        std::max(0.0, sum_ratio2 / runs - verdict.evidence_ratio * verdict.evidence_ratio) / (runs - 1));
    verdict.sd_log_evidence =
        std::sqrt(std::max(0.0, sum_log2 / alive - sum_log / alive * (sum_log / alive)));
    verdict.dead_share = 1 - alive / runs;
    for (int t = 0; t < kNumNotes; ++t) {
        double tv = 0;
        for (int i = 0; i < kNumPitches; ++i)
            tv += std::abs(mean[at(t)][at(i)] / alive - exact.marginals[at(t)][at(i)]);
        verdict.pooled_tv += tv / 2 / kNumNotes;
    }
    return verdict;
}

} // namespace chainsong::toy
