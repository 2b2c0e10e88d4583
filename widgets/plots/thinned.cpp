#include "widgets/plots/thinned.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chainsong {

void ThinnedTrace::takeStretch(std::span<const double> values, std::size_t from, std::size_t to) {
    const auto put = [&](std::size_t i) { m_points.push_back({static_cast<double>(i), values[i]}); };
    std::size_t lowest = to;
    std::size_t highest = to;
    for (std::size_t i = std::max(from, m_first); i < to; ++i) {
        if (!std::isfinite(values[i])) continue;
        if (m_stretch <= 2) {
            put(i);
            continue;
        }
        if (lowest == to || values[i] < values[lowest]) lowest = i;
        if (highest == to || values[i] > values[highest]) highest = i;
    }
    if (lowest == to) return;
    put(std::min(lowest, highest));
    if (lowest != highest) put(std::max(lowest, highest));
}

const std::vector<PlotPoint>& ThinnedTrace::of(
    std::span<const double> values, std::size_t first, std::size_t past_last, int num_columns) {
    past_last = std::max(first, std::min(past_last, values.size()));
    const auto columns = static_cast<std::size_t>(std::max(1, num_columns));
    const std::size_t stretch = std::bit_ceil(std::max<std::size_t>(1, (past_last - first) / columns));
    if (stretch != m_stretch || first != m_first || past_last < m_past) {
        m_points.clear();
        m_first = first;
        m_stretch = stretch;
        m_last_stretch = first - first % stretch;
        m_num_before = 0;
    }
    m_points.resize(m_num_before); // the last stretch may have grown
    for (; m_last_stretch < past_last; m_last_stretch += stretch) {
        m_num_before = m_points.size();
        takeStretch(values, m_last_stretch, std::min(m_last_stretch + stretch, past_last));
        if (m_last_stretch + stretch > past_last) break;
    }
    if (m_last_stretch >= past_last) m_num_before = m_points.size();
    m_past = past_last;
    return m_points;
}

} // namespace chainsong
