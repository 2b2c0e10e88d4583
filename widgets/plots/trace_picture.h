#pragma once

#include <map>
#include <optional>
#include <utility>

#include "widgets/plots/plot_panel.h"
#include "widgets/plots/plot_picture.h"
#include "widgets/plots/run_draws.h"
#include "widgets/plots/thinned.h"

namespace chainsong {

/// Which part of a trace is shown, and how finely.
struct TraceView {
    std::optional<PlotRange> zoom; // nothing: all
    int num_columns = 640; // of pixels
    bool hides_warm_up = false;
};

/// Makes traces, and remembers what it has thinned while draws come in.
class TracePictures {
public:
    /// A quantity's draws, chain by chain, thinned to what the pixels can show; warm-up hatched, divergences
    /// after it crossed.
    PlotPicture of(const RunDraws& run, int quantity, const TraceView& view);
    /// Another run.
    void forget() { m_traces.clear(); }

private:
    std::map<std::pair<int, int>, ThinnedTrace> m_traces; // by quantity and chain
};

} // namespace chainsong
