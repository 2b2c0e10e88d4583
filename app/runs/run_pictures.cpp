#include "app/runs/run_pictures.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/inference/draw_curves.h"
#include "engine/inference/kernel_density.h"
#include "engine/inference/rank_ecdf.h"

namespace chainsong {
namespace {

constexpr double kBandProbability = 0.95;
constexpr std::size_t kMostDots = 4000;
constexpr std::size_t kMostLags = 1000;

struct RunPictures {
    Q_DECLARE_TR_FUNCTIONS(RunPictures)
};
QString whole(double value) { return QLocale().toString(std::round(value), 'f', 0); }

std::size_t shortestOf(const ChainValues& chains) {
    std::size_t shortest = chains.empty() ? 0 : chains.front().size();
    for (const auto& chain : chains) shortest = std::min(shortest, chain.size());
    return shortest;
}

/// Why nothing can be plotted of these draws; empty: it can.
QString reasonAgainst(const ChainValues& chains, std::size_t fewest) {
    const std::size_t length = shortestOf(chains);
    if (length == 0) return RunPictures::tr("There are no draws after the warm-up yet.");
    for (const auto& chain : chains)
        if (!std::ranges::all_of(chain, [](double x) { return std::isfinite(x); }))
            return RunPictures::tr("Not every draw is a finite number: nothing can be said of it.");
    if (length < fewest)
        return RunPictures::tr("Too few draws: each chain needs %1 at least.")
            .arg(static_cast<qulonglong>(fewest));
    const double first = chains.front().front();
    for (const auto& chain : chains)
        if (std::ranges::any_of(chain, [&](double x) { return x != first; })) return {};
    return RunPictures::tr("All draws are equal: nothing moved.");
}

PlotPicture emptyPicture(const QString& title, const QString& note) {
    PlotPicture picture;
    picture.title = title;
    picture.note = note;
    return picture;
}

template <class Xs, class Ys> std::vector<PlotPoint> points(const Xs& xs, const Ys& ys) {
    std::vector<PlotPoint> out;
    for (std::size_t i = 0; i < ys.size(); ++i)
        if (std::isfinite(ys[i])) out.push_back({static_cast<double>(xs[i]), ys[i]});
    return out;
}

PlotLine lineOf(std::size_t chain, std::vector<PlotPoint> at) {
    return {.points = std::move(at),
        .chain = static_cast<int>(chain),
        .name = chainName(static_cast<int>(chain))};
}

/// The light of an ESS alone: 100 a chain are wished for, 50 will do.
Verdict verdictOfEss(double ess, std::size_t num_chains) {
    const double per_chain = ess / static_cast<double>(std::max<std::size_t>(1, num_chains));
    return std::isnan(ess) ? Verdict::kTooEarly
        : per_chain >= 100 ? Verdict::kGood
        : per_chain >= 50  ? Verdict::kKeepGoing
                           : Verdict::kNotYet;
}

/// How far a chain gets out of the band, in widths of half the band; below 1: it stays inside.
double excursionOf(const std::vector<double>& differences, const EcdfBand& band) {
    double farthest = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
        const double edge = differences[i] < 0 ? -band.lower[i] : band.upper[i];
        const double size = std::abs(differences[i]);
        if (size > edge + 1e-12) farthest = std::max(farthest, edge > 0 ? size / edge : 1 + size);
    }
    return farthest;
}

PlotPicture rankPicture(const QString& title, const ChainValues& chains, BandLevels& levels) {
    if (chains.size() < 2)
        return emptyPicture(
            title, RunPictures::tr("Ranks compare chains, and there is only one. Run several."));
    if (const QString reason = reasonAgainst(chains, 8); !reason.isEmpty())
        return emptyPicture(title, reason);
    // Sticky chains: each so many-th draw, but never fewer than 20 a chain.
    const std::size_t length = shortestOf(chains);
    const std::size_t stride = std::min(independentStride(chains), std::max<std::size_t>(1, length / 20));
    const RankEcdf ranks = rankEcdf(chains, stride);
    const std::size_t num_draws = length / stride;
    const std::size_t num_points = numEcdfPoints(num_draws);
    const EcdfBand band = ecdfBand(num_draws, chains.size(), num_points, levels.at(num_draws, chains.size()));
    PlotPicture picture;
    picture.title = title;
    picture.x_label = RunPictures::tr("share of all draws, from the lowest");
    picture.y_label = RunPictures::tr("too many / too few");
    picture.bands.push_back({points(ranks.fractions, band.lower), points(ranks.fractions, band.upper),
        RunPictures::tr("95 % if the chains agree")});
    int worst_chain = 0;
    double farthest = 0;
    for (std::size_t c = 0; c < chains.size(); ++c) {
        picture.lines.push_back(lineOf(c, points(ranks.fractions, ranks.differences[c])));
        const double excursion = excursionOf(ranks.differences[c], band);
        if (excursion > farthest) worst_chain = static_cast<int>(c);
        farthest = std::max(farthest, excursion);
    }
    // One quantity in twenty leaves the band by chance, though never far; and in a wide band all stay inside.
    const Verdict inside = num_draws >= 100 ? Verdict::kGood
        : num_draws >= 50                   ? Verdict::kKeepGoing
                                            : Verdict::kTooEarly;
    picture.badge = farthest <= 1 ? PlotBadge{RunPictures::tr("all inside"), inside}
                                  : PlotBadge{RunPictures::tr("%1 outside").arg(chainName(worst_chain)),
                                      farthest < 1.3 ? Verdict::kKeepGoing : Verdict::kNotYet};
    picture.caption = RunPictures::tr(
        "Each chain's share of the low and high draws: while the chains agree, all lines stay "
        "in the band at once, 19 times in 20.");
    if (stride > 1)
        picture.caption += QLatin1Char(' ')
            + RunPictures::tr("One draw in %1 counts, because neighbours resemble each other.")
                  .arg(static_cast<qulonglong>(stride));
    return picture;
}

PlotPicture densityPicture(const QString& title, const ChainValues& chains) {
    if (const QString reason = reasonAgainst(chains, 4); !reason.isEmpty())
        return emptyPicture(title, reason);
    std::vector<double> all;
    for (const auto& chain : chains) all.insert(all.end(), chain.begin(), chain.end());
    const DensityGrid grid = densityGrid(all);
    PlotPicture picture;
    picture.title = title;
    for (std::size_t c = 0; c < chains.size(); ++c) {
        std::vector<PlotPoint> curve;
        const auto density = kernelDensity(chains[c], grid, silvermanWidth(chains[c]));
        for (std::size_t i = 0; i < density.size(); ++i)
            curve.push_back({grid.at(static_cast<int>(i)), density[i]});
        picture.lines.push_back(lineOf(c, std::move(curve)));
    }
    return picture;
}

PlotPicture meanPicture(const QString& title, const ChainValues& chains, std::stop_token stop) {
    if (const QString reason = reasonAgainst(chains, 8); !reason.isEmpty())
        return emptyPicture(title, reason);
    const std::size_t num_all = shortestOf(chains) * chains.size();
    const std::size_t num_points = std::clamp<std::size_t>(4'000'000 / num_all, 20, 100);
    const RunningMean running = runningMean(chains, num_points, stop);
    PlotPicture picture;
    picture.title = title;
    picture.x_label = RunPictures::tr("draws of each chain");
    picture.has_whole_x = picture.shares_x = true;
    PlotBand band;
    band.name = RunPictures::tr("± 2 standard errors");
    for (std::size_t i = 0; i < running.lengths.size(); ++i) {
        if (!std::isfinite(running.mcse[i])) continue;
        const double at = static_cast<double>(running.lengths[i]);
        band.lower.push_back({at, running.overall[i] - 2 * running.mcse[i]});
        band.upper.push_back({at, running.overall[i] + 2 * running.mcse[i]});
    }
    picture.bands.push_back(std::move(band));
    for (std::size_t c = 0; c < chains.size(); ++c)
        picture.lines.push_back(lineOf(c, points(running.lengths, running.means[c])));
    picture.lines.push_back(
        {.points = points(running.lengths, running.overall), .name = RunPictures::tr("all chains")});
    return picture;
}

/// Lags until twice the first one at which no chain remembers anything.
std::size_t tellingLags(const std::vector<std::vector<double>>& rows) {
    std::size_t first = 0;
    for (const auto& row : rows) {
        std::size_t lag = 0;
        while (lag < row.size() && std::abs(row[lag]) > 0.05) ++lag;
        first = std::max(first, lag);
    }
    return std::max<std::size_t>(20, 2 * first);
}

PlotPicture autocorrelationPicture(const QString& title, const ChainValues& chains) {
    if (const QString reason = reasonAgainst(chains, 8); !reason.isEmpty())
        return emptyPicture(title, reason);
    const std::size_t length = shortestOf(chains);
    std::vector<std::vector<double>> rows;
    for (const auto& chain : chains) rows.push_back(autocorrelations(chain, std::min(kMostLags, length / 2)));
    const std::size_t num_lags = tellingLags(rows);
    PlotPicture picture;
    picture.title = title;
    picture.x_label = RunPictures::tr("lag in draws");
    picture.has_whole_x = true;
    const double limit = 1.96 / std::sqrt(static_cast<double>(length));
    const double last = static_cast<double>(std::min({num_lags, kMostLags, length / 2}));
    picture.bands.push_back(
        {{{0, -limit}, {last, -limit}}, {{0, limit}, {last, limit}}, RunPictures::tr("independent draws")});
    for (std::size_t c = 0; c < rows.size(); ++c) {
        std::vector<PlotPoint> curve;
        for (std::size_t lag = 0; lag < rows[c].size() && lag <= num_lags; ++lag)
            curve.push_back({static_cast<double>(lag), rows[c][lag]});
        picture.lines.push_back(lineOf(c, std::move(curve)));
    }
    const double ess = essMean(chains);
    if (std::isfinite(ess)) {
        const double steps = std::max(1.0, static_cast<double>(length * chains.size()) / ess);
        const QString number = QLocale().toString(steps, 'f', steps < 10 ? 1 : 0);
        picture.badge = {RunPictures::tr("1 in %1").arg(number), verdictOfEss(ess, chains.size())};
        picture.caption = RunPictures::tr(
            "How much a draw still knows of earlier ones; in the first panel one draw in %1 is independent.")
                              .arg(number);
    }
    return picture;
}

PlotPicture growthPicture(const QString& title, const ChainValues& chains, std::stop_token stop) {
    if (const QString reason = reasonAgainst(chains, 8); !reason.isEmpty())
        return emptyPicture(title, reason);
    const std::size_t num_all = shortestOf(chains) * chains.size();
    const EssGrowth growth = essGrowth(chains, std::clamp<std::size_t>(2'000'000 / num_all, 12, 25), stop);
    PlotPicture picture;
    picture.title = title;
    picture.x_label = RunPictures::tr("draws of each chain");
    picture.y_label = RunPictures::tr("independent draws");
    picture.has_whole_x = picture.shares_x = picture.shows_zero = true;
    const double wished = 100.0 * static_cast<double>(chains.size());
    picture.guides.push_back({.at = wished, .name = RunPictures::tr("%1 wished for").arg(whole(wished))});
    picture.lines.push_back(
        {.points = points(growth.lengths, growth.bulk), .name = RunPictures::tr("middle (bulk)")});
    picture.lines.push_back({.points = points(growth.lengths, growth.tail),
        .name = RunPictures::tr("extremes (tail)"),
        .is_dashed = true});
    if (!growth.bulk.empty()) {
        const double ess = std::fmin(growth.bulk.back(), growth.tail.back());
        if (std::isfinite(ess))
            picture.badge = {RunPictures::tr("ESS %1").arg(whole(ess)), verdictOfEss(ess, chains.size())};
    }
    return picture;
}

/// Where the dots of two quantities are, chain by chain, and the divergences over them.
PlotPicture pairPicture(
    const RunDraws& run, int across, int up, const QString& x_title, const QString& y_title) {
    PlotPicture picture;
    picture.title = y_title + QStringLiteral(", ") + x_title;
    picture.x_label = x_title;
    picture.y_label = y_title;
    const auto warm_up = static_cast<std::size_t>(std::max(0, run.num_warm_up));
    std::size_t num_all = 0;
    for (int chain = 0; chain < run.numChains(); ++chain)
        num_all += run.values(across, chain).size() - std::min(warm_up, run.values(across, chain).size());
    const std::size_t stride = std::max<std::size_t>(1, (num_all + kMostDots - 1) / kMostDots);
    PlotDots diverged{.is_alarm = true, .name = RunPictures::tr("divergence")};
    for (int chain = 0; chain < run.numChains(); ++chain) {
        const auto xs = run.values(across, chain), ys = run.values(up, chain);
        const auto& flags = run.chains[static_cast<std::size_t>(chain)].diverged;
        PlotDots dots{.chain = chain, .name = chainName(chain)};
        for (std::size_t i = warm_up; i < xs.size(); ++i) {
            if (!std::isfinite(xs[i]) || !std::isfinite(ys[i])) continue;
            if (i < flags.size() && flags[i] && diverged.points.size() < kMostDots)
                diverged.points.push_back({xs[i], ys[i]});
            else if ((i - warm_up) % stride == 0)
                dots.points.push_back({xs[i], ys[i]});
        }
        picture.dots.push_back(std::move(dots));
    }
    const bool is_empty =
        std::ranges::all_of(picture.dots, [](const PlotDots& d) { return d.points.empty(); });
    if (!diverged.points.empty())
        picture.dots.push_back(std::move(diverged));
    else if (is_empty)
        picture.note = RunPictures::tr("There is no draw with two finite values.");
    return picture;
}

PlotPicture energyPicture(const RunDraws& run) {
    std::vector<double> levels, steps;
    QStringList factors;
    double lowest = std::numeric_limits<double>::quiet_NaN();
    const auto warm_up = static_cast<std::size_t>(std::max(0, run.num_warm_up));
    for (const RunDraws::Chain& chain : run.chains) {
        const auto kept = std::span(chain.energies).subspan(std::min(warm_up, chain.energies.size()));
        const EnergySpread spread = energySpread(kept);
        levels.insert(levels.end(), spread.levels.begin(), spread.levels.end());
        steps.insert(steps.end(), spread.steps.begin(), spread.steps.end());
        const double factor = ebfmi(kept);
        lowest = std::fmin(lowest, factor);
        factors << (std::isfinite(factor) ? QLocale().toString(factor, 'f', 2) : QStringLiteral("–"));
    }
    const QString title = plotKindName(PlotKind::kEnergy);
    if (const QString reason = reasonAgainst({levels}, 8); !reason.isEmpty())
        return emptyPicture(title, reason);
    PlotPicture picture;
    picture.title = title;
    picture.x_label = RunPictures::tr("energy, minus its mean");
    std::vector<double> all = levels;
    all.insert(all.end(), steps.begin(), steps.end());
    const DensityGrid grid = densityGrid(all);
    const auto curve = [&](const std::vector<double>& values) {
        std::vector<PlotPoint> made;
        const auto density = kernelDensity(values, grid, silvermanWidth(values));
        for (std::size_t i = 0; i < density.size(); ++i)
            made.push_back({grid.at(static_cast<int>(i)), density[i]});
        return made;
    };
    picture.lines.push_back({.points = curve(levels), .name = RunPictures::tr("energies of the draws")});
    picture.lines.push_back(
        {.points = curve(steps), .name = RunPictures::tr("steps between draws"), .is_dashed = true});
    picture.badge = {RunPictures::tr("E-BFMI %1").arg(QLocale().toString(lowest, 'f', 2)),
        lowest < 0.3 ? Verdict::kNotYet : Verdict::kGood};
    picture.caption = RunPictures::tr(
        "The steps should be about as wide as the energies; E-BFMI by chain: %1 (0.3 or more is "
        "wished for).")
                          .arg(factors.join(QStringLiteral(", ")));
    return picture;
}

PlotPicture pictureOf(PlotKind kind, const QString& title, const ChainValues& chains, BandLevels& levels,
    std::stop_token stop) {
    switch (kind) {
    case PlotKind::kRankEcdf: return rankPicture(title, chains, levels);
    case PlotKind::kDensity: return densityPicture(title, chains);
    case PlotKind::kRunningMean: return meanPicture(title, chains, stop);
    case PlotKind::kAutocorrelation: return autocorrelationPicture(title, chains);
    case PlotKind::kEssGrowth: return growthPicture(title, chains, stop);
    case PlotKind::kTrace:
    case PlotKind::kPairs:
    case PlotKind::kEnergy: break;
    }
    return {};
}

} // namespace

double BandLevels::at(std::size_t num_draws, std::size_t num_chains) {
    // Beyond a few hundred draws the level hardly depends on their number.
    const std::size_t rounded = num_draws < 256 ? num_draws : std::bit_floor(num_draws);
    const auto [place, is_new] = m_known.try_emplace({rounded, num_chains}, 0);
    if (is_new) place->second = ecdfBandLevel(rounded, num_chains, numEcdfPoints(rounded), kBandProbability);
    return place->second;
}

std::vector<PlotPicture> runPictures(const RunDraws& run, const PlotChoice& choice, const QStringList& titles,
    BandLevels& levels, std::stop_token stop) {
    const auto title_of = [&](int quantity) {
        return quantity < titles.size()
            ? titles[quantity]
            : QString::fromStdString(run.names[static_cast<std::size_t>(quantity)]);
    };
    if (choice.kind == PlotKind::kEnergy) return {energyPicture(run)};
    if (choice.quantities.empty())
        return {emptyPicture({}, RunPictures::tr("There is no quantity to plot."))};
    std::vector<PlotPicture> pictures;
    if (choice.kind == PlotKind::kPairs) {
        const int first = choice.quantities.front();
        for (const int other : std::span(choice.quantities).subspan(1)) {
            if (stop.stop_requested()) break;
            pictures.push_back(pairPicture(run, first, other, title_of(first), title_of(other)));
        }
        if (pictures.empty())
            pictures.push_back(
                emptyPicture({}, RunPictures::tr("A pair needs two quantities, and there is only one.")));
        return pictures;
    }
    for (const int quantity : choice.quantities) {
        if (stop.stop_requested()) break;
        pictures.push_back(pictureOf(choice.kind, title_of(quantity), run.kept(quantity), levels, stop));
    }
    return pictures;
}

} // namespace chainsong
