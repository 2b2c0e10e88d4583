#pragma once

#include <QString>

#include <optional>
#include <string>
#include <vector>

#include "widgets/theme/verdict.h"

namespace chainsong {

/// A place in a plot's own units.
struct PlotPoint {
    double x = 0;
    double y = 0;
    bool operator==(const PlotPoint&) const = default;
};

/// An R-hat or its like in words, with its traffic light: "R-hat 1.006". Empty text: there is none.
struct PlotBadge {
    QString text;
    Verdict verdict = Verdict::kTooEarly;
    bool operator==(const PlotBadge&) const = default;
};

constexpr int kNoChain = -1;
/// "chain 1", as the legend says it; chains count from 0 here.
QString chainName(int chain);

/// A curve. Colour and line style together say whose it is.
struct PlotLine {
    std::vector<PlotPoint> points = {};
    int chain = kNoChain; // kNoChain: all chains together
    QString name = {}; // in the legend and in files; empty: not in the legend
    bool is_dashed = false; // of those that belong to no chain
    bool ends_in_mark = false; // its last point carries the chain's shape
};

/// A region between two curves.
struct PlotBand {
    std::vector<PlotPoint> lower = {}, upper = {}; // at the same places
    QString name = {};
};

/// Points without a line.
struct PlotDots {
    std::vector<PlotPoint> points = {};
    int chain = kNoChain;
    bool is_alarm = false; // crosses in the colour of warnings, above everything
    QString name = {};
};

/// A straight line from edge to edge, to measure curves by.
struct PlotGuide {
    double at = 0;
    bool is_upright = false;
    QString name = {};
};

/// One panel of a figure: values only, drawn by PlotCanvas. What the curves come from, others compute.
struct PlotPicture {
    QString title;
    QString x_label, y_label;
    PlotBadge badge;
    std::vector<PlotBand> bands;
    std::vector<PlotGuide> guides;
    std::vector<PlotLine> lines;
    std::vector<PlotDots> dots;
    std::optional<double> hatched_before; // the time axis is hatched up to here: warm-up
    std::optional<PlotPoint> marked;
    /// Instead of curves where there can be none: why, in a sentence.
    QString note;
    bool has_whole_x = false; // x counts something: ticks without decimals
    bool shares_x = false; // with the panels beside it: numbers under the lowest are enough
    bool shows_zero = false; // the vertical axis begins there or below
    /// What a reader should see in it, in a sentence.
    QString caption;
};

/// Dots without lines: both axes are quantities.
bool isCloud(const PlotPicture& picture);

/// Every curve's points: "panel,series,x,y", a row a point; bands as two series.
std::string csvOf(const std::vector<PlotPicture>& pictures);

} // namespace chainsong
