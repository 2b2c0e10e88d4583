#pragma once

#include <span>
#include <vector>

namespace chainsong {

/// Where a density is estimated: evenly spaced points.
struct DensityGrid {
    double lowest = 0;
    double highest = 0;
    int num_points = 256;
    /// The place of a point, counted from 0.
    double at(int point) const { return lowest + (highest - lowest) * point / (num_points - 1); }
};

/// A normal kernel's width by Silverman's rule (1986, eq. 3.31): 0.9 min(sd, IQR / 1.34) n^(-1/5). 0 for
/// fewer than two values or a constant.
double silvermanWidth(std::span<const double> values);
/// From three widths below the lowest value to three above the highest, but no further than six interquartile
/// ranges from the middle half: one draw far out must not shrink the rest to a needle.
DensityGrid densityGrid(std::span<const double> values, int num_points = 256);
/// The density at the grid's points, by binning the values linearly; empty if the width is 0 or a value is
/// not finite. Mass beyond the grid is not shown.
std::vector<double> kernelDensity(std::span<const double> values, const DensityGrid& grid, double width);

} // namespace chainsong
