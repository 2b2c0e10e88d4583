#pragma once

#include <span>
#include <vector>

namespace chainsong {

/// A draw and its value, as they are plotted.
struct PlotPoint {
    double draw = 0;
    double value = 0;
    bool operator==(const PlotPoint&) const = default;
};

/// The values from `first` to `past_last` in at most about four points a column: of each stretch the lowest
/// and the highest, so that no peak gets lost. Stretches keep their place as draws are added: nothing
/// flickers. Values that are not finite are left out.
std::vector<PlotPoint> thinned(
    std::span<const double> values, std::size_t first, std::size_t past_last, int num_columns);

} // namespace chainsong
