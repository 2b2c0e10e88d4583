#pragma once

#include <QString>

#include <vector>

namespace chainsong {

/// Which question a plot answers.
enum class PlotKind {
    kTrace,
    kRankEcdf,
    kDensity,
    kRunningMean,
    kAutocorrelation,
    kEssGrowth,
    kPairs,
    kEnergy,
};
constexpr int kNumPlotKinds = 8;

QString plotKindName(PlotKind kind);
/// What to look for, in one sentence.
QString plotKindHelp(PlotKind kind);

/// What shall be plotted: a kind, and the quantities by their place in the run, the most interesting first.
struct PlotChoice {
    PlotKind kind = PlotKind::kTrace;
    std::vector<int> quantities;
    bool operator==(const PlotChoice&) const = default;
};

} // namespace chainsong
