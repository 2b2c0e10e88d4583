#include "widgets/trace_plot/thinned.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chainsong {

std::vector<PlotPoint> thinned(
    std::span<const double> values, std::size_t first, std::size_t past_last, int num_columns) {
    past_last = std::min(past_last, values.size());
    std::vector<PlotPoint> points;
    if (first >= past_last) return points;
    const auto columns = static_cast<std::size_t>(std::max(1, num_columns));
    const std::size_t stretch = std::bit_floor(std::max<std::size_t>(1, (past_last - first) / columns));
    const auto put = [&](std::size_t i) { points.push_back({static_cast<double>(i), values[i]}); };
    if (stretch <= 2) {
        points.reserve(past_last - first);
        for (std::size_t i = first; i < past_last; ++i) {
            if (std::isfinite(values[i])) put(i);
        }
        return points;
    }
    points.reserve(2 * (past_last - first) / stretch + 4);
    for (std::size_t from = first - first % stretch; from < past_last; from += stretch) {
        const std::size_t to = std::min(from + stretch, past_last);
        std::size_t lowest = to;
        std::size_t highest = to;
        for (std::size_t i = std::max(from, first); i < to; ++i) {
            if (!std::isfinite(values[i])) continue;
            if (lowest == to || values[i] < values[lowest]) lowest = i;
            if (highest == to || values[i] > values[highest]) highest = i;
        }
        if (lowest == to) continue;
        put(std::min(lowest, highest));
        if (lowest != highest) put(std::max(lowest, highest));
    }
    return points;
}

} // namespace chainsong
