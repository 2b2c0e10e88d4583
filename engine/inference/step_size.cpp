#include "engine/inference/step_size.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kGamma = 0.05; // how strongly log steps are drawn back to the first
constexpr double kDelay = 10; // t0: steadies the first iterations
constexpr double kKappa = 0.75; // how fast the average forgets

} // namespace

DualAveraging::DualAveraging(double first_step_size, double target_accept)
    : m_target_accept(target_accept) {
    restart(first_step_size);
}

void DualAveraging::restart(double step_size) {
    m_step_size = step_size;
    m_shrink_to = std::log(10 * step_size);
    m_count = 0;
    m_mean_shortfall = 0;
    m_mean_log_step = 0;
}

void DualAveraging::learn(double accept_prob) {
    m_count += 1;
    const double accept = std::isfinite(accept_prob) ? std::clamp(accept_prob, 0.0, 1.0) : 0;
    const double weight = 1 / (m_count + kDelay);
    m_mean_shortfall += weight * (m_target_accept - accept - m_mean_shortfall);
    const double log_step = m_shrink_to - std::sqrt(m_count) / kGamma * m_mean_shortfall;
    const double average_weight = std::pow(m_count, -kKappa);
    m_mean_log_step += average_weight * (log_step - m_mean_log_step);
    m_step_size = std::exp(std::clamp(log_step, -690.0, 230.0));
}

double DualAveraging::averagedStepSize() const {
    return m_count > 0 ? std::exp(m_mean_log_step) : m_step_size;
}

} // namespace chainsong
