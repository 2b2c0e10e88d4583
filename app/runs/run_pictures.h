#pragma once

#include <QStringList>

#include <map>
#include <stop_token>
#include <utility>
#include <vector>

#include "widgets/plots/plot_kind.h"
#include "widgets/plots/plot_picture.h"
#include "widgets/plots/run_draws.h"

namespace chainsong {

/// Levels of the rank plots' bands, each simulated once.
class BandLevels {
public:
    double at(std::size_t num_draws, std::size_t num_chains);

private:
    std::map<std::pair<std::size_t, std::size_t>, double> m_known;
};

/// The panels of a choice, the run's warm-up left out; where a plot cannot be made, its panel says why. Takes
/// milliseconds to seconds: for a worker's thread. Traces are not made here: RunPlot draws them itself. Ends
/// with fewer panels when asked to stop.
std::vector<PlotPicture> runPictures(const RunDraws& run, const PlotChoice& choice, const QStringList& titles,
    BandLevels& levels, std::stop_token stop = {});

} // namespace chainsong
