#include "widgets/plots/plot_kind.h"

#include <QCoreApplication>

namespace chainsong {

QString plotKindName(PlotKind kind) {
    switch (kind) {
    case PlotKind::kTrace: return QCoreApplication::translate("PlotKind", "Traces");
    case PlotKind::kRankEcdf: return QCoreApplication::translate("PlotKind", "Ranks");
    case PlotKind::kDensity: return QCoreApplication::translate("PlotKind", "Densities");
    case PlotKind::kRunningMean: return QCoreApplication::translate("PlotKind", "Running mean");
    case PlotKind::kAutocorrelation: return QCoreApplication::translate("PlotKind", "Autocorrelation");
    case PlotKind::kEssGrowth: return QCoreApplication::translate("PlotKind", "ESS growth");
    case PlotKind::kPairs: return QCoreApplication::translate("PlotKind", "Pairs");
    case PlotKind::kEnergy: break;
    }
    return QCoreApplication::translate("PlotKind", "Energy");
}

QString plotKindHelp(PlotKind kind) {
    switch (kind) {
    case PlotKind::kTrace:
        return QCoreApplication::translate(
            "PlotKind", "Draw by draw: chains that agree look like one fuzzy caterpillar.");
    case PlotKind::kRankEcdf:
        return QCoreApplication::translate("PlotKind",
            "Each chain's share of the low and high draws: while the chains agree, all lines stay in the "
            "band.");
    case PlotKind::kDensity:
        return QCoreApplication::translate("PlotKind", "Chains that lie on each other give the same answer.");
    case PlotKind::kRunningMean:
        return QCoreApplication::translate("PlotKind",
            "The mean of all draws so far, ± 2 Monte Carlo standard errors: a funnel that narrows and stays "
            "level.");
    case PlotKind::kAutocorrelation:
        return QCoreApplication::translate("PlotKind",
            "How much a draw still knows of the one so many draws before: the sooner zero, the better.");
    case PlotKind::kEssGrowth:
        return QCoreApplication::translate("PlotKind",
            "Independent draws while the run grew: straight lines are good; if flat, running longer will not "
            "help.");
    case PlotKind::kPairs:
        return QCoreApplication::translate("PlotKind",
            "Two quantities against each other: ridges and funnels are hard; crosses are divergences.");
    case PlotKind::kEnergy: break;
    }
    return QCoreApplication::translate(
        "PlotKind", "The steps between draws should be about as wide as the energies they must reach.");
}

} // namespace chainsong
