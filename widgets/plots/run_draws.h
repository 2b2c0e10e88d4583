#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// One run of a sampler: every draw of every chain, by quantity. Grows at the end only.
struct RunDraws {
    struct Chain {
        std::vector<std::vector<double>> columns; // one a quantity, all equally long
        std::vector<double> energies; // one a draw; empty: the sampler has none
        std::vector<std::uint8_t> diverged; // one a draw, 1 where the step diverged; empty: nobody looked
    };
    RunDraws() = default;
    RunDraws(std::vector<std::string> quantities, int num_chains);

    std::vector<std::string> names; // of the quantities, as files write them
    std::vector<Chain> chains;
    int num_warm_up = 0; // the first so many draws of every chain do not count

    int numQuantities() const { return static_cast<int>(names.size()); }
    int numChains() const { return static_cast<int>(chains.size()); }
    int numDraws(int chain) const;
    int longestChain() const;
    bool hasEnergies() const;
    /// A value a quantity; chains that do not exist are ignored.
    void add(int chain, std::span<const double> values);
    std::span<const double> values(int quantity, int chain) const;
    /// Without warm-up.
    std::span<const double> keptValues(int quantity, int chain) const;
    /// A copy of those, a row a chain.
    std::vector<std::vector<double>> kept(int quantity) const;
    /// "chain,draw,is_warm_up,…", a row a draw; draws count from 1. With a column "diverged" if that is
    /// known.
    std::string csv(std::span<const int> quantities) const;
};

} // namespace chainsong
