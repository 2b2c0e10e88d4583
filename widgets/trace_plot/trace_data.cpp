#include "widgets/trace_plot/trace_data.h"

#include "engine/base/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace chainsong {

QString traceStatisticName(TraceStatistic statistic) {
    switch (statistic) {
    case TraceStatistic::kMeanPitch: return QCoreApplication::translate("TracePlot", "Mean pitch");
    case TraceStatistic::kDensity: return QCoreApplication::translate("TracePlot", "Notes per quarter");
    case TraceStatistic::kPitchClassEntropy:
        return QCoreApplication::translate("TracePlot", "Pitch variety (bits)");
    case TraceStatistic::kLogDensity: break;
    }
    return QCoreApplication::translate("TracePlot", "Log score");
}

TraceData::TraceData(int num_chains)
    : m_chains(static_cast<std::size_t>(std::max(0, num_chains))) { }

void TraceData::add(int chain, std::span<const PieceSummary> draws) {
    if (chain < 0 || chain >= numChains()) return;
    Chain& lists = m_chains[static_cast<std::size_t>(chain)];
    for (const PieceSummary& draw : draws) {
        lists[0].push_back(draw.log_density);
        lists[1].push_back(draw.mean_pitch);
        lists[2].push_back(draw.notes_per_quarter);
        lists[3].push_back(draw.pitch_class_entropy_bits);
    }
}

int TraceData::numDraws(int chain) const {
    return chain < 0 || chain >= numChains()
        ? 0
        : static_cast<int>(m_chains[static_cast<std::size_t>(chain)][0].size());
}

int TraceData::longestChain() const {
    int longest = 0;
    for (int chain = 0; chain < numChains(); ++chain) longest = std::max(longest, numDraws(chain));
    return longest;
}

std::span<const double> TraceData::values(TraceStatistic statistic, int chain) const {
    return m_chains[static_cast<std::size_t>(chain)][static_cast<std::size_t>(statistic)];
}

TraceData::Extent TraceData::extent(TraceStatistic statistic, int num_skipped) const {
    Extent extent;
    for (int chain = 0; chain < numChains(); ++chain) {
        const auto all = values(statistic, chain);
        for (const double value :
            all.subspan(std::min(all.size(), static_cast<std::size_t>(std::max(0, num_skipped))))) {
            if (!std::isfinite(value)) continue;
            extent.lowest = extent.is_known ? std::min(extent.lowest, value) : value;
            extent.highest = extent.is_known ? std::max(extent.highest, value) : value;
            extent.is_known = true;
        }
    }
    return extent;
}

std::string TraceData::csv(int num_warm_up) const {
    std::string text =
        "chain,draw,is_warm_up,log_density,mean_pitch,notes_per_quarter,pitch_class_entropy_bits\n";
    for (int chain = 0; chain < numChains(); ++chain) {
        for (int draw = 0; draw < numDraws(chain); ++draw) {
            text += std::to_string(chain + 1) + ',' + std::to_string(draw + 1) + ','
                + (draw < num_warm_up ? '1' : '0');
            for (const auto& list : m_chains[static_cast<std::size_t>(chain)]) {
                text += ',';
                text += formatNumber(list[static_cast<std::size_t>(draw)]);
            }
            text += '\n';
        }
    }
    return text;
}

} // namespace chainsong
