#include "widgets/plots/trace_picture.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace chainsong {

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
    return picture;
}

} // namespace chainsong
