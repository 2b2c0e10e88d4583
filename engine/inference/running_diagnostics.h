#pragma once

#include "engine/inference/block_moments.h"
#include "engine/inference/quantity_judge.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// A line of the table, and of how many draws a chain it is.
struct RunningRow {
    SummaryRow row;
    std::size_t num_draws = 0; // 0: not judged yet
};

/// What is known of a quantity to its last draw.
struct RunningNow {
    std::size_t num_draws = 0; // a chain
    double mean = 0;
    double sd = 0;
    double rhat_basic = 0; // split, without ranks; NaN as R-hat is
};

/// When a quantity is judged again.
struct RunningPace {
    /// Its chains have grown by this factor since.
    double growth = 1.5;
    /// The same of the four that are farthest from settled.
    double growth_of_worst = 1.2;
    /// As long as all chains together have no more draws, one draw more is enough.
    std::size_t always_below = 20'000;
};

/// Diagnostics of a run while it grows. Mean, sd and R-hat without ranks are known to the last draw at the
/// cost of sums over blocks. What needs the ranks of all draws is computed quantity by quantity, the one that
/// needs it most first, when the draws have grown by a factor: so the work of a whole run is a few times that
/// of its last look, and the longest piece of it is one quantity. Once all are judged to the last draw, the
/// rows are those of diagnose(). For one thread, which is not a window's.
class RunningDiagnostics {
public:
    /// All draws of a quantity in a chain so far, warm-up left out.
    using Source = std::function<std::span<const double>(std::size_t quantity, std::size_t chain)>;

    RunningDiagnostics(
        std::vector<std::string> names, std::size_t num_chains, Source source, RunningPace pace = {});

    /// Draws of the shortest chain.
    std::size_t numDraws() const;
    /// In the order of the names.
    const std::vector<RunningRow>& rows() const { return m_rows; }
    RunningNow nowOf(std::size_t quantity);

    /// One piece of work; false where every row is new enough.
    bool judgeNext();
    /// Judges whatever is not known to the last draw.
    void judgeAll();

private:
    std::vector<std::span<const double>> chainsOf(std::size_t quantity) const;
    void judge(std::size_t quantity);
    void fillQueue(std::size_t length);

    std::vector<std::string> m_names;
    std::size_t m_num_chains;
    Source m_source;
    RunningPace m_pace;
    QuantityJudge m_judge;
    std::vector<RunningRow> m_rows;
    std::vector<std::size_t> m_queue; // of quantities to judge, the next one last
    std::vector<BlockMoments> m_blocks; // by quantity, then by chain
};

} // namespace chainsong
