#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "widgets/plots/plot_picture.h"

namespace chainsong {

/// A chain's values from `first` to `past_last` in at most two points a pixel column: of each stretch the
/// lowest and the highest, so that no peak gets lost. Stretches keep their place as draws are added: nothing
/// flickers, and what was thinned stays so. Values that are not finite are left out.
class ThinnedTrace {
public:
    /// `values` are those of the last call, possibly with more at the end.
    const std::vector<PlotPoint>& of(
        std::span<const double> values, std::size_t first, std::size_t past_last, int num_columns);

private:
    void takeStretch(std::span<const double> values, std::size_t from, std::size_t to);

    std::vector<PlotPoint> m_points;
    std::size_t m_first = 0;
    std::size_t m_stretch = 0; // draws; 0: nothing was thinned yet
    std::size_t m_past = 0; // thinned so far
    std::size_t m_last_stretch = 0; // where the last one, perhaps unfinished, begins
    std::size_t m_num_before = 0; // points before it
};

} // namespace chainsong
