#pragma once

#include "engine/inference/low_rank.h"
#include "engine/inference/state.h"

#include <span>
#include <vector>

namespace chainsong {

/// How the inverse mass matrix is learnt.
enum class MassRule {
    /// From the draws' variances, in doubling windows: Stan's rule, the most robust.
    kVariance,
    /// From the ratio of the draws' to the gradients' variances: minimises the Fisher divergence to a normal
    /// (arXiv:2603.18845). Needs far fewer draws; can be led astray by gradients from a poor start.
    kFisher,
    /// kFisher, and directions on top where draws and gradients show correlations that are worth them.
    kLowRank,
};

/// Running mean and variance of each coordinate (Welford 1962).
class RunningVariance {
public:
    explicit RunningVariance(std::size_t dimension)
        : m_mean(dimension)
        , m_sum_squares(dimension) { }
    void add(std::span<const double> x);
    void reset();
    double count() const { return m_count; }
    /// With divisor n - 1; needs two draws.
    double variance(std::size_t i) const { return m_sum_squares[i] / (m_count - 1); }
    /// How far both sets of draws together lie from their mean: the sum of squares, for each coordinate.
    static void addUp(const RunningVariance& a, const RunningVariance& b, std::span<double> sum_squares);

private:
    Vec m_mean, m_sum_squares;
    double m_count = 0;
};

/// The warm-up draws after which the variance rule takes a new mass over, ascending; the last 50 draws only
/// tune the step size. Stan's schedule: 75 draws, windows of 25, 50, 100, …, 50 draws; short warm-ups in
/// proportion.
std::vector<int> massWindowEnds(int num_warm_up);

/// Learns the mass while a chain warms up.
class MassAdaptation {
public:
    MassAdaptation(MassRule rule, int num_warm_up, std::size_t dimension);

    /// Takes the draw number `draw` (from 0) into account; may change `mass`.
    enum class Change { kNone, kRefined, kReplaced }; // after kReplaced the step size must be found anew
    Change learn(int draw, const State& state, const StepInfo& info, Mass& mass);

private:
    Change learnVariance(int draw, const State& state, Mass& mass);
    Change learnFisher(int draw, const State& state, const StepInfo& info, Mass& mass);
    void endWindow(bool is_early);
    void setDiagonal(Mass& mass);
    bool isFitDue() const;

    MassRule m_rule;
    int m_num_warm_up;
    std::vector<int> m_window_ends;
    int m_first_draw = 0; // the variance rule ignores what comes before
    // Draws and gradients of the window that is filling up and of the one before: there is an estimate at all
    // times.
    RunningVariance m_draws, m_gradients;
    RunningVariance m_old_draws, m_old_gradients;
    DrawWindow m_window; // the same draws themselves
    int m_window_left = 0;
    int m_window_size = 0;
    int m_draws_since_update = 0, m_draws_since_fit = 0; // of the diagonal, of the directions
    int m_fit_interval = 0;
    bool m_has_replaced = false;
    Vec m_inverse_mass, m_spread_of_gradients;
};

} // namespace chainsong
