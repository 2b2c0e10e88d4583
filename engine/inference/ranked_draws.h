#pragma once

#include "engine/inference/draw_rows.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainsong {

/// Normal scores of ranks, z = Phi^-1((rank - 3/8) / (count + 1/4)), each computed once for one count.
class NormalScores {
public:
    void prepare(std::size_t count);
    /// Of a rank from 1 to the count, given twice: equal draws may share half a rank.
    double at(std::size_t twice_rank) const;

private:
    std::size_t m_count = 0;
    std::vector<double> m_lower; // of ranks 1 … (count + 1) / 2; the others mirror them
};

/// All draws of a quantity from the lowest to the highest: quantiles and ranks of all kinds from one sort.
class RankedDraws {
public:
    /// Equally many of each chain. No draw may be NaN.
    void sort(DrawSpans chains);
    /// R's type 7.
    double quantile(double probability) const;
    double at(std::size_t rank) const;
    std::size_t size() const { return m_draws.size(); }

    /// Each draw's normal score, in the places that splitChains gives them; ties share their mean rank.
    void writeScores(NormalScores& scores, DrawRows& halves) const;
    /// The same of the distances from the median. False if all are equal: they say nothing.
    bool writeFoldedScores(NormalScores& scores, DrawRows& halves);

private:
    /// A draw as a number that sorts like it, and its place in the halves.
    struct Keyed {
        std::uint64_t key = 0;
        std::uint32_t place = 0;
    };
    void sortByKey();
    void writeScores(const std::vector<Keyed>& sorted, NormalScores& scores, std::span<double> out) const;

    std::size_t m_num_chains = 0, m_length = 0;
    std::vector<Keyed> m_draws, m_spare;
};

} // namespace chainsong
