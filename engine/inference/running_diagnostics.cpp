#include "engine/inference/running_diagnostics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace chainsong {
namespace {

constexpr std::size_t kFewestDraws = 2 * kMinDraws; // of a chain, to say anything
constexpr std::size_t kNumWorst = 4;

/// How much the row leaves to wish for: R-hat's excess in hundredths, or a hundred draws over the ESS.
double unrest(const SummaryRow& row) {
    const double ess = std::fmin(row.ess_bulk, row.ess_tail);
    return std::isnan(row.rhat) ? 0 : std::max((row.rhat - 1) / 0.01, 100 / ess);
}

} // namespace

RunningDiagnostics::RunningDiagnostics(
    std::vector<std::string> names, std::size_t num_chains, Source source, RunningPace pace)
    : m_names(std::move(names))
    , m_num_chains(num_chains)
    , m_source(std::move(source))
    , m_pace(pace)
    , m_rows(m_names.size())
    , m_blocks(m_names.size() * num_chains) {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
        m_rows[i].row = {m_names[i], kNan, kNan, kNan, kNan, kNan, kNan, kNan, kNan, kNan};
    }
}

std::vector<std::span<const double>> RunningDiagnostics::chainsOf(std::size_t quantity) const {
    std::vector<std::span<const double>> chains;
    for (std::size_t chain = 0; chain < m_num_chains; ++chain) chains.push_back(m_source(quantity, chain));
    return chains;
}

std::size_t RunningDiagnostics::numDraws() const { return m_names.empty() ? 0 : shortestOf(chainsOf(0)); }

RunningNow RunningDiagnostics::nowOf(std::size_t quantity) {
    const auto chains = chainsOf(quantity);
    const std::size_t length = shortestOf(chains), half = length / 2;
    std::vector<Moments> wholes, halves;
    for (std::size_t chain = 0; chain < chains.size(); ++chain) {
        BlockMoments& blocks = m_blocks[quantity * m_num_chains + chain];
        halves.push_back(blocks.of(chains[chain], 0, half));
        halves.push_back(blocks.of(chains[chain], length - half, length));
        wholes.push_back(halves[2 * chain].with(halves[2 * chain + 1]));
        if (length % 2 != 0) wholes.back() = wholes.back().with({1, chains[chain][half], 0});
    }
    RunningNow now{.num_draws = length};
    Moments all, middles;
    double within = 0;
    for (const Moments& whole : wholes) all = all.with(whole);
    for (const Moments& part : halves) {
        middles = middles.with({1, part.mean, 0});
        within += part.variance() / static_cast<double>(halves.size());
    }
    now.mean = all.count > 0 ? all.mean : std::numeric_limits<double>::quiet_NaN();
    now.sd = std::sqrt(all.variance());
    const double n = static_cast<double>(half), between = n * middles.variance();
    now.rhat_basic = half < kMinDraws ? std::numeric_limits<double>::quiet_NaN()
        : within == 0 && between > 0  ? std::numeric_limits<double>::infinity()
                                      : std::sqrt((between / within + n - 1) / n);
    return now;
}

void RunningDiagnostics::judge(std::size_t quantity) {
    const auto chains = chainsOf(quantity);
    m_rows[quantity] = {m_judge.summaryOf(m_names[quantity], chains), shortestOf(chains)};
}

/// Who shall be judged, the one that has grown farthest towards its next look last. The first look at all
/// comes before the second at any.
void RunningDiagnostics::fillQueue(std::size_t length) {
    std::vector<std::size_t> worst(m_rows.size());
    std::iota(worst.begin(), worst.end(), std::size_t{0});
    const auto num_worst = static_cast<std::ptrdiff_t>(std::min(kNumWorst, m_rows.size()));
    std::partial_sort(worst.begin(), worst.begin() + num_worst, worst.end(),
        [&](std::size_t a, std::size_t b) { return unrest(m_rows[a].row) > unrest(m_rows[b].row); });
    std::vector<bool> is_worst(m_rows.size());
    for (const std::size_t quantity : std::span(worst).first(static_cast<std::size_t>(num_worst)))
        is_worst[quantity] = true;
    const bool are_few = length * m_num_chains <= m_pace.always_below;
    std::vector<double> urgency(m_rows.size());
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        const double wanted = is_worst[i] ? m_pace.growth_of_worst : m_pace.growth;
        const double growth = static_cast<double>(length) / static_cast<double>(m_rows[i].num_draws);
        urgency[i] = (growth - 1) / (wanted - 1);
        if (growth > 1 && (are_few || growth >= wanted)) m_queue.push_back(i);
    }
    std::ranges::stable_sort(m_queue, {}, [&](std::size_t i) { return urgency[i]; });
}

bool RunningDiagnostics::judgeNext() {
    const std::size_t length = numDraws();
    if (length < kFewestDraws) return false;
    if (m_queue.empty()) fillQueue(length);
    if (m_queue.empty()) return false;
    judge(m_queue.back());
    m_queue.pop_back();
    return true;
}

void RunningDiagnostics::judgeAll() {
    const std::size_t length = numDraws();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].num_draws != length) judge(i);
    m_queue.clear();
}

} // namespace chainsong
