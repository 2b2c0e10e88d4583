#include "app/composing/diagnosing.h"

#include <QMetaObject>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "app/composing/lights.h"
#include "engine/inference/running_diagnostics.h"

namespace chainsong {
namespace {

/// Draws that rest so long are judged to the last one.
constexpr int kRestMs = 300;
constexpr std::size_t kFewDraws = 8;
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

/// The draws of a run after its warm-up, and what is known of them so far. A chain exists once it has drawn
/// anything.
class GrowingTraces {
public:
    void addChain(std::size_t chain) {
        if (chain < m_chains.size()) return;
        m_chains.resize(chain + 1);
        m_running.emplace(std::vector<std::string>(kNames.begin(), kNames.end()), m_chains.size(),
            [this](std::size_t quantity, std::size_t c) {
                return std::span<const double>(m_chains[c][quantity]);
            });
    }
    void add(std::size_t chain, const PieceSummary& draw) {
        addChain(chain);
        for (std::size_t i = 0; i < kNumQuantities; ++i) m_chains[chain][i].push_back(valueOf(draw, i));
    }
    void add(const std::vector<TracePoint>& points) {
        for (const TracePoint& point : points) {
            const auto chain = static_cast<std::size_t>(std::max(point.chain, 0));
            addChain(chain);
            if (!point.is_warm_up) add(chain, point.summary);
        }
    }

    /// As far as the pace of judging asks for, or to the last draw.
    Diagnosis diagnosis(bool to_the_last_draw);

private:
    std::vector<std::array<std::vector<double>, kNumQuantities>> m_chains;
    std::optional<RunningDiagnostics> m_running;
};

Diagnosis GrowingTraces::diagnosis(bool to_the_last_draw) {
    Diagnosis result;
    result.num_chains = static_cast<int>(m_chains.size());
    std::size_t length = 0; // of each chain, that was judged
    if (m_running) {
        // Of a few draws there are no ranks yet, but there is a mean.
        if (to_the_last_draw || m_running->numDraws() < kFewDraws) m_running->judgeAll();
        while (m_running->judgeNext()) { }
        length = m_running->numDraws();
        for (std::size_t i = 0; i < kNumQuantities; ++i) {
            result.rows[i] = m_running->rows()[i].row;
            if (m_running->rows()[i].num_draws > 0) length = std::min(length, m_running->rows()[i].num_draws);
        }
        const bool are_all = length == m_running->numDraws();
        for (const auto& chain : m_chains)
            result.num_draws += static_cast<int>(are_all ? chain[0].size() : length);
    }
    const auto light = [&](std::span<const SummaryRow> rows) {
        return static_cast<Verdict>(lightOf(rows, result.num_chains, static_cast<int>(length)));
    };
    for (std::size_t i = 0; i < kNumQuantities; ++i) {
        result.rows[i].name = kNames[i];
        result.verdicts[i] = light(std::span(&result.rows[i], 1));
    }
    result.verdict = light(result.rows);
    return result;
}

Diagnosis diagnosisOf(const std::vector<std::vector<PieceSummary>>& chains) {
    GrowingTraces traces;
    for (std::size_t chain = 0; chain < chains.size(); ++chain) {
        traces.addChain(chain);
        for (const PieceSummary& draw : chains[chain]) traces.add(chain, draw);
    }
    return traces.diagnosis(true);
}

Diagnosing::Diagnosing(QObject* parent)
    : QObject(parent)
    , m_draws(emptyDraws())
    , m_traces(std::make_shared<GrowingTraces>())
    , m_worker("diagnosis") {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, [this] { m_is_judging ? m_rest.start() : judge(true); });
}

Diagnosing::~Diagnosing() = default;

QStringList quantityTitles() {
    return {Diagnosing::tr("Log score"), Diagnosing::tr("Mean pitch"), Diagnosing::tr("Notes per quarter"),
        Diagnosing::tr("Pitch variety (bits)")};
}

void Diagnosing::start() {
    m_draws = emptyDraws();
    m_traces = std::make_shared<GrowingTraces>();
    m_news.clear();
    m_num_chains = 0;
    m_rest.stop();
    ++m_run;
}

void Diagnosing::add(const std::vector<TracePoint>& points) {
    for (const TracePoint& point : points) {
        std::array<double, kNumQuantities> values{};
        for (std::size_t i = 0; i < kNumQuantities; ++i) values[i] = valueOf(point.summary, i);
        m_draws->add(point.chain, values);
        m_num_chains = std::max(m_num_chains, point.chain + 1);
        if (point.is_warm_up) m_draws->num_warm_up = std::max(m_draws->num_warm_up, point.draw + 1);
    }
    m_news.insert(m_news.end(), points.begin(), points.end());
    m_rest.start();
    if (!m_is_judging) judge(false);
}

void Diagnosing::judge(bool to_the_last_draw) {
    m_is_judging = true;
    m_worker.append([this, run = m_run, traces = m_traces, news = std::exchange(m_news, {}),
                        to_the_last_draw](std::stop_token) {
        traces->add(news);
        Diagnosis diagnosis = traces->diagnosis(to_the_last_draw);
        QMetaObject::invokeMethod(
            this,
            [this, run, diagnosis = std::move(diagnosis)] {
                m_is_judging = false;
                if (run == m_run) Q_EMIT judged(diagnosis);
                if (!m_news.empty()) judge(false);
            },
            Qt::QueuedConnection);
    });
}

} // namespace chainsong
