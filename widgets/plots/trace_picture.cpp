#include "widgets/plots/trace_picture.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsong {

namespace {

constexpr std::size_t kMostCrosses = 200; // of a panel; more are thinned evenly

/// Where steps diverged after warm-up, as crosses on the traces; nothing if none did.
std::vector<PlotDots> divergences(
    const RunDraws& run, int quantity, std::size_t first, std::size_t past_last) {
    PlotDots crosses{.is_alarm = true, .name = QCoreApplication::translate("RunPlot", "divergence")};
    bool has_any = false;
    for (int chain = 0; chain < run.numChains(); ++chain) {
        const auto& diverged = run.chains[static_cast<std::size_t>(chain)].diverged;
        const auto values = run.values(quantity, chain);
        const auto end = std::min(diverged.size(), values.size());
        for (auto draw = static_cast<std::size_t>(run.num_warm_up); draw < end; ++draw) {
            if (!diverged[draw]) continue;
            has_any = true;
            if (draw >= first && draw < past_last && std::isfinite(values[draw]))
                crosses.points.push_back({static_cast<double>(draw), values[draw]});
        }
    }
    if (!has_any) return {};
    if (crosses.points.size() > kMostCrosses) {
        std::vector<PlotPoint> some;
        for (std::size_t i = 0; i < kMostCrosses; ++i)
            some.push_back(crosses.points[i * crosses.points.size() / kMostCrosses]);
        crosses.points = std::move(some);
    }
    return {std::move(crosses)};
}

} // namespace

PlotPicture TracePictures::of(const RunDraws& run, int quantity, const TraceView& view) {
    PlotPicture picture;
    picture.x_label = QCoreApplication::translate("RunPlot", "draw");
    picture.has_whole_x = picture.shares_x = true;
    const int first_shown = view.hides_warm_up ? run.num_warm_up : 0;
    if (run.num_warm_up > 0 && !view.hides_warm_up) picture.hatched_before = run.num_warm_up;
    std::size_t first = static_cast<std::size_t>(first_shown);
    std::size_t past_last = static_cast<std::size_t>(run.longestChain());
    if (view.zoom) {
        const auto draw = [](double x) { return static_cast<std::size_t>(std::clamp(x, 0.0, 1e9)); };
        first = std::max(first, draw(std::floor(view.zoom->first)));
        past_last = draw(std::ceil(view.zoom->last) + 2);
    }
    for (int chain = 0; chain < run.numChains(); ++chain) {
        PlotLine line;
        line.chain = chain;
        line.name = chainName(chain);
        line.ends_in_mark = true;
        line.points =
            m_traces[{quantity, chain}].of(run.values(quantity, chain), first, past_last, view.num_columns);
        picture.lines.push_back(std::move(line));
    }
    picture.dots = divergences(run, quantity, first, past_last);
    return picture;
}

} // namespace chainsong
