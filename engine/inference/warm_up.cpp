#include "engine/inference/warm_up.h"

#include <algorithm>
#include <cmath>

namespace chainsong {

RandomWalkWarmUp::RandomWalkWarmUp(int num_warm_up, std::size_t dimension)
    : m_num_warm_up(num_warm_up)
    , m_target_accept(dimension == 1 ? 0.44 : 0.234) // Roberts, Gelman and Gilks 1997
    , m_log_scale(std::log(2.38 / std::sqrt(static_cast<double>(std::max<std::size_t>(dimension, 1)))))
    , m_window_ends(massWindowEnds(num_warm_up))
    , m_draws(dimension)
    , m_sd(dimension, 1) { }

void RandomWalkWarmUp::learn(int draw, const State& state, const StepInfo& info) {
    if (draw >= m_num_warm_up) return;
    m_count += 1;
    m_log_scale += std::pow(m_count, -0.6) * (info.accept_prob - m_target_accept);
    m_draws.add(state.q);
    if (!std::binary_search(m_window_ends.begin(), m_window_ends.end(), draw + 1) || m_draws.count() < 2)
        return;
    double mean_log_change = 0;
    for (std::size_t i = 0; i < m_sd.size(); ++i) {
        const double sd = std::sqrt(m_draws.variance(i));
        if (!(sd > 0) || !std::isfinite(sd)) continue; // a chain that never moved says nothing
        mean_log_change += std::log(sd / m_sd[i]) / static_cast<double>(m_sd.size());
        m_sd[i] = sd;
    }
    m_log_scale -= mean_log_change; // the proposal keeps its overall size, only its shape changes
    m_draws.reset();
    m_count = 0;
}

double RandomWalkWarmUp::scale() const { return std::exp(m_log_scale); }

} // namespace chainsong
