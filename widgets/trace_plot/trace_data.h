#pragma once

#include <QString>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "engine/music/statistics.h"

namespace chainsong {

enum class TraceStatistic { kLogDensity, kMeanPitch, kDensity, kPitchClassEntropy };
constexpr int kNumTraceStatistics = 4;
QString traceStatisticName(TraceStatistic statistic);

/// Every draw of every chain, by statistic. Grows at the end only.
class TraceData {
public:
    explicit TraceData(int num_chains = 0);
    void add(int chain, std::span<const PieceSummary> draws);
    int numChains() const { return static_cast<int>(m_chains.size()); }
    int numDraws(int chain) const;
    int longestChain() const;
    std::span<const double> values(TraceStatistic statistic, int chain) const;

    struct Extent {
        double lowest = 0;
        double highest = 0;
        bool is_known = false;
    };
    /// Of all chains, the first `num_skipped` draws of each left out.
    Extent extent(TraceStatistic statistic, int num_skipped) const;
    /// "chain,draw,is_warm_up,log_density,mean_pitch,…", a row a draw; draws count from 1.
    std::string csv(int num_warm_up) const;

private:
    using Chain = std::array<std::vector<double>, kNumTraceStatistics>;
    std::vector<Chain> m_chains;
};

} // namespace chainsong
