#pragma once

#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// The draws of one quantity, one row a chain. Rows of different lengths are cut to the shortest. Everything
/// here gives NaN where the draws do not say: fewer than 4 draws in half a chain, a value that is not finite,
/// or a quantity that never changes. Definitions: Vehtari, Gelman, Simpson, Carpenter, Bürkner 2021
/// (arXiv:1903.08008), and where they leave a choice, the R package posterior.
using ChainValues = std::vector<std::vector<double>>;

/// Rank-normalised split R-hat, the larger of location's and spread's. 1 = the chains tell the same story;
/// infinite = each chain stands still somewhere else.
double rhat(const ChainValues& chains);
/// The classic split R-hat without ranks.
double rhatBasic(const ChainValues& chains);

/// Nested R-hat (Margossian et al. 2024, arXiv:2110.13017): for many short chains in groups of equal size
/// that started at the same point; chains [0, chains_per_group) are the first group. As posterior's
/// rhat_nested.
double nestedRhat(const ChainValues& chains, std::size_t chains_per_group);

/// How many independent draws would say as much about the centre.
double essBulk(const ChainValues& chains);
/// The same for the tails: the smaller of the 5 % and 95 % quantiles'.
double essTail(const ChainValues& chains);
double essMean(const ChainValues& chains);
double essSd(const ChainValues& chains);
double essQuantile(const ChainValues& chains, double probability);

/// Monte Carlo standard errors.
double mcseMean(const ChainValues& chains);
double mcseSd(const ChainValues& chains);
double mcseQuantile(const ChainValues& chains, double probability);

/// Over all chains together. The quantile interpolates (R's type 7).
double meanOf(const ChainValues& chains);
double sdOf(const ChainValues& chains);
double quantileOf(const ChainValues& chains, double probability);

/// Energy fraction of missing information of one chain; below 0.3 the momenta cannot carry the chain through
/// the energies it must visit (Betancourt 2016).
double ebfmi(std::span<const double> energies);

/// Stein's identities for draws of one unbounded coordinate x with the slopes g of the log density there:
/// E[g] = 0 and E[1 + x g] = 0. Each mean in its Monte Carlo standard errors; beyond 4 the draws do not come
/// from that density, even if the chains agree with one another.
struct SteinCheck {
    double slope_z = 0;
    double product_z = 0;
};
SteinCheck steinCheck(const ChainValues& x, const ChainValues& slopes);

/// One line of the diagnostics table.
struct SummaryRow {
    std::string name;
    double mean = 0, mcse_mean = 0, sd = 0;
    double q5 = 0, q50 = 0, q95 = 0;
    double ess_bulk = 0, ess_tail = 0, rhat = 0;
};
SummaryRow summaryOf(std::string name, const ChainValues& chains);

/// A chain as columns, one a quantity.
using ChainColumns = std::vector<std::vector<double>>;
/// One line for each name; column i of every chain belongs to names[i]. Chains with other numbers of columns
/// are cut. The same lines on any number of threads.
std::vector<SummaryRow> diagnose(
    std::span<const std::string> names, std::span<const ChainColumns> chains, int num_threads = 1);

} // namespace chainsong
