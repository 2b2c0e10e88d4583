#include "app/composing/explaining.h"

#include <QMetaObject>

#include <utility>

namespace chainsong {
namespace {

/// Nobody hovers over a note while dragging it.
constexpr int kPauseMs = 400;

} // namespace

Explaining::Explaining(QObject* parent)
    : QObject(parent)
    , m_worker("reasons") {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &Explaining::start);
}

void Explaining::setPrior(PriorPtr prior) {
    m_prior = std::move(prior);
    if (m_question.score) m_pause.start();
}

void Explaining::ask(ScorePtr score, std::string prompt, std::vector<Chip> edited_chips) {
    m_question = {std::move(score), std::move(prompt), std::move(edited_chips)};
    m_answer.clear();
    ++m_number;
    m_worker.clear();
    m_pause.start();
}

void Explaining::start() {
    if (!m_prior || !m_question.score || numNotes(*m_question.score) > kMostNotes) return;
    m_worker.replace([this, number = m_number, prior = m_prior, question = m_question](std::stop_token stop) {
        auto answer = explain(*prior, *question.score, question.prompt, question.edited_chips, {}, stop);
        if (!answer) return; // the piece is none that the model could have written: there is nothing to say
        QMetaObject::invokeMethod(
            this,
            [this, number, answer = *std::move(answer)]() mutable {
                if (number != m_number) return;
                m_answer = std::move(answer);
                Q_EMIT explained();
            },
            Qt::QueuedConnection);
    });
}

const NoteExplanation* Explaining::reasonOf(const ScorePtr& score, int track, int note) const {
    const auto t = static_cast<std::size_t>(track), n = static_cast<std::size_t>(note);
    if (score != m_question.score || t >= m_answer.size() || n >= m_answer[t].size()) return nullptr;
    const NoteExplanation& reason = m_answer[t][n];
    return reason.choices.empty() ? nullptr : &reason;
}

} // namespace chainsong
