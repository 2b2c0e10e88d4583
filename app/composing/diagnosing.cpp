#include "app/composing/diagnosing.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

#include "app/composing/lights.h"

namespace chainsong {
namespace {

constexpr std::array<const char*, kNumQuantities> kNames{
    "log density", "mean pitch", "notes per quarter", "pitch-class entropy"};

double valueOf(const PieceSummary& summary, std::size_t quantity) {
    switch (quantity) {
    case 0: return summary.log_density;
    case 1: return summary.mean_pitch;
    case 2: return summary.notes_per_quarter;
    default: return summary.pitch_class_entropy_bits;
    }
}

/// Named as files name the columns.
std::shared_ptr<RunDraws> emptyDraws() {
    return std::make_shared<RunDraws>(std::vector<std::string>{"log_density", "mean_pitch",
                                          "notes_per_quarter", "pitch_class_entropy_bits"},
        kTracedChains);
}

} // namespace

Diagnosis diagnosisOf(const std::vector<std::vector<PieceSummary>>& chains) {
    Diagnosis result;
    result.num_chains = static_cast<int>(chains.size());
    std::size_t shortest = chains.empty() ? 0 : chains.front().size();
    for (const auto& chain : chains) {
        shortest = std::min(shortest, chain.size());
        result.num_draws += static_cast<int>(chain.size());
    }
    const auto light = [&](std::span<const SummaryRow> rows) {
        return static_cast<Verdict>(lightOf(rows, result.num_chains, static_cast<int>(shortest)));
    };
    for (std::size_t quantity = 0; quantity < kNumQuantities; ++quantity) {
        ChainValues values;
        for (const auto& chain : chains) {
            auto& row = values.emplace_back();
            for (const PieceSummary& summary : chain) row.push_back(valueOf(summary, quantity));
        }
        result.rows[quantity] = summaryOf(kNames[quantity], values);
        result.verdicts[quantity] = light(std::span(&result.rows[quantity], 1));
    }
    result.verdict = light(result.rows);
    return result;
}

Diagnosing::Diagnosing(QObject* parent)
    : QObject(parent)
    , m_draws(emptyDraws())
    , m_worker("diagnosis") { }

QStringList quantityTitles() {
    return {Diagnosing::tr("Log score"), Diagnosing::tr("Mean pitch"), Diagnosing::tr("Notes per quarter"),
        Diagnosing::tr("Pitch variety (bits)")};
}

void Diagnosing::start() {
    m_chains.clear();
    m_draws = emptyDraws();
    m_has_news = false;
    ++m_run;
}

void Diagnosing::add(const std::vector<TracePoint>& points) {
    for (const TracePoint& point : points) {
        const auto chain = static_cast<std::size_t>(std::max(point.chain, 0));
        if (chain >= m_chains.size()) m_chains.resize(chain + 1);
        std::array<double, kNumQuantities> values{};
        for (std::size_t i = 0; i < kNumQuantities; ++i) values[i] = valueOf(point.summary, i);
        m_draws->add(point.chain, values);
        if (point.is_warm_up)
            m_draws->num_warm_up = std::max(m_draws->num_warm_up, point.draw + 1);
        else
            m_chains[chain].push_back(point.summary);
    }
    m_has_news = true;
    if (!m_is_judging) judge();
}

void Diagnosing::judge() {
    m_is_judging = true;
    m_has_news = false;
    m_worker.append([this, run = m_run, chains = m_chains](std::stop_token) {
        Diagnosis diagnosis = diagnosisOf(chains);
        QMetaObject::invokeMethod(
            this,
            [this, run, diagnosis = std::move(diagnosis)] {
                m_is_judging = false;
                if (run == m_run) Q_EMIT judged(diagnosis);
                if (m_has_news) judge();
            },
            Qt::QueuedConnection);
    });
}

} // namespace chainsong
