#include "engine/inference/mass_adaptation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

namespace chainsong {
namespace {

// The Fisher rule's schedule: short windows while the chain still travels, then growing ones, then the step
// size alone.
constexpr double kEarlyShare = 0.3;
constexpr double kFinalShare = 0.15;
constexpr int kEarlyWindow = 10;
constexpr int kFirstLateWindow = 80;
constexpr double kWindowGrowth = 1.5;
constexpr double kMinDraws = 3;

// The directions' schedule: a fit costs as much as many draws of a cheap density, so one that found nothing
// makes the next wait twice as long.
constexpr int kFirstFit = 10, kFitInterval = 20, kLongestInterval = 160;
constexpr std::size_t kManyDimensions = 32;

struct WarmUpSplit {
    int before, after; // draws at either end that the windows leave out
    int window;
};

WarmUpSplit splitWarmUp(int num_warm_up) {
    constexpr WarmUpSplit kStan{75, 50, 25};
    if (num_warm_up >= kStan.before + kStan.after + kStan.window) return kStan;
    const int before = num_warm_up * 15 / 100;
    const int after = num_warm_up * 10 / 100;
    return {before, after, num_warm_up - before - after};
}

} // namespace

void RunningVariance::add(std::span<const double> x) {
    m_count += 1;
    const double share = 1 / m_count;
    double* const mean = m_mean.data();
    double* const sum_squares = m_sum_squares.data();
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double from_mean = x[i] - mean[i];
        mean[i] += from_mean * share;
        sum_squares[i] += from_mean * (x[i] - mean[i]);
    }
}

void RunningVariance::reset() {
    std::fill(m_mean.begin(), m_mean.end(), 0);
    std::fill(m_sum_squares.begin(), m_sum_squares.end(), 0);
    m_count = 0;
}

void RunningVariance::addUp(
    const RunningVariance& a, const RunningVariance& b, std::span<double> sum_squares) {
    const double weight = a.m_count * b.m_count / (a.m_count + b.m_count); // Chan, Golub, LeVeque 1983
    for (std::size_t i = 0; i < sum_squares.size(); ++i) {
        const double apart = a.m_mean[i] - b.m_mean[i];
        sum_squares[i] = a.m_sum_squares[i] + b.m_sum_squares[i] + apart * apart * weight;
    }
}

std::vector<int> massWindowEnds(int num_warm_up) {
    std::vector<int> ends;
    if (num_warm_up < 20) return ends;
    const auto [before, after, first_window] = splitWarmUp(num_warm_up);
    const int last_end = num_warm_up - after;
    int size = first_window;
    int end = before + size;
    ends.push_back(end);
    while (end < last_end) {
        size *= 2;
        end += size;
        if (end != last_end && end - 1 + 2 * size >= last_end)
            end = last_end; // the next one would not fit: take all
        ends.push_back(end);
    }
    return ends;
}

MassAdaptation::MassAdaptation(MassRule rule, int num_warm_up, std::size_t dimension)
    : m_rule(rule)
    , m_num_warm_up(num_warm_up)
    , m_window_ends(massWindowEnds(num_warm_up))
    , m_first_draw(splitWarmUp(num_warm_up).before)
    , m_draws(dimension)
    , m_gradients(dimension)
    , m_old_draws(dimension)
    , m_old_gradients(dimension)
    , m_window(dimension)
    , m_window_left(kEarlyWindow)
    , m_window_size(kFirstLateWindow)
    , m_fit_interval(dimension > kManyDimensions ? 2 * kFitInterval : kFirstFit)
    , m_inverse_mass(dimension)
    , m_spread_of_gradients(dimension) { }

MassAdaptation::Change MassAdaptation::learn(int draw, const State& state, const StepInfo& info, Mass& mass) {
    if (m_rule == MassRule::kVariance) return learnVariance(draw, state, mass);
    return learnFisher(draw, state, info, mass);
}

MassAdaptation::Change MassAdaptation::learnVariance(int draw, const State& state, Mass& mass) {
    if (m_window_ends.empty() || draw < m_first_draw || draw >= m_window_ends.back()) return Change::kNone;
    m_draws.add(state.q);
    if (!std::binary_search(m_window_ends.begin(), m_window_ends.end(), draw + 1) || m_draws.count() < 2)
        return Change::kNone;
    const double n = m_draws.count();
    for (std::size_t i = 0; i < m_inverse_mass.size(); ++i) // shrunk towards 1e-3, as Stan does
        m_inverse_mass[i] = (n * m_draws.variance(i) + 5e-3) / (n + 5);
    mass.set(m_inverse_mass);
    m_draws.reset();
    return Change::kReplaced;
}

void MassAdaptation::endWindow(bool is_early) {
    std::swap(m_old_draws, m_draws);
    std::swap(m_old_gradients, m_gradients);
    m_window.keep(static_cast<std::size_t>(m_old_draws.count()));
    m_draws.reset();
    m_gradients.reset();
    m_window_left = is_early ? kEarlyWindow : m_window_size;
    if (!is_early) m_window_size = static_cast<int>(m_window_size * kWindowGrowth);
}

void MassAdaptation::setDiagonal(Mass& mass) {
    // As many draws as gradients: the ratio of their sums of squares is that of their variances.
    RunningVariance::addUp(m_old_draws, m_draws, m_inverse_mass);
    RunningVariance::addUp(m_old_gradients, m_gradients, m_spread_of_gradients);
    for (std::size_t i = 0; i < m_inverse_mass.size(); ++i) {
        const double ratio = m_inverse_mass[i] / m_spread_of_gradients[i];
        m_inverse_mass[i] = ratio > 0 && ratio < std::numeric_limits<double>::infinity()
            ? std::clamp(std::sqrt(ratio), 1e-20, 1e20)
            : mass.scale[i] * mass.scale[i];
    }
    mass.set(m_inverse_mass);
}

bool MassAdaptation::isFitDue() const {
    if (m_rule != MassRule::kLowRank || m_window.capacity() == 0) return false;
    return m_draws_since_fit >= m_fit_interval;
}

MassAdaptation::Change MassAdaptation::learnFisher(
    int draw, const State& state, const StepInfo& info, Mass& mass) {
    if (draw >= m_num_warm_up * (1 - kFinalShare)) return Change::kNone;
    const bool is_trustworthy = info.index != 0 && (!info.diverged || std::abs(info.index) > 4);
    if (is_trustworthy) {
        m_draws.add(state.q);
        m_gradients.add(state.grad);
        if (m_rule == MassRule::kLowRank) m_window.add(state.q, state.grad);
        ++m_draws_since_update;
        ++m_draws_since_fit;
    }
    if (--m_window_left <= 0 && m_draws.count() >= kMinDraws) endWindow(draw < m_num_warm_up * kEarlyShare);
    const double count = m_draws.count() + m_old_draws.count();
    if (!is_trustworthy || count < kMinDraws) return Change::kNone;
    const bool is_fit_due = isFitDue();
    // Directions belong to the scales they were found with. And one draw more hardly changes a long window's
    // variance.
    if (!is_fit_due && (!mass.isDiagonal() || m_draws_since_update * 8 < count)) return Change::kNone;

    const bool was_diagonal = mass.isDiagonal();
    setDiagonal(mass);
    m_draws_since_update = 0;
    if (is_fit_due) {
        const int shortest = mass.scale.size() > kManyDimensions ? 2 * kFitInterval : kFitInterval;
        const bool has_directions = addDirections(m_window, mass);
        m_fit_interval = has_directions ? shortest : std::min(2 * m_fit_interval, kLongestInterval);
        m_draws_since_fit = 0;
    }
    const bool has_new_shape = was_diagonal != mass.isDiagonal();
    return std::exchange(m_has_replaced, true) && !has_new_shape ? Change::kRefined : Change::kReplaced;
}

} // namespace chainsong
