#pragma once

#include <QObject>
#include <QTimer>

#include <memory>
#include <string>
#include <vector>

#include "engine/compose/explain.h"
#include "engine/jobs/worker.h"

namespace chainsong {

/// Asks the model why each note of the piece is there, on a thread of its own, as soon as the piece has been
/// left alone for a moment. The newest question wins; pieces of more than kMostNotes are not asked about.
class Explaining final : public QObject {
    Q_OBJECT
public:
    static constexpr int kMostNotes = 4000;

    explicit Explaining(QObject* parent = nullptr);

    void setPrior(PriorPtr prior);
    /// Forgets what was known, and asks anew.
    void ask(ScorePtr score, std::string prompt, std::vector<Chip> edited_chips);
    /// Nothing if the note's reason is not known (yet). `score` is the one that was asked about.
    const NoteExplanation* reasonOf(const ScorePtr& score, int track, int note) const;
    /// The prompt that the reasons' words are places in.
    const std::string& prompt() const { return m_question.prompt; }

Q_SIGNALS:
    void explained();

private:
    struct Question {
        ScorePtr score;
        std::string prompt;
        std::vector<Chip> edited_chips;
    };
    void start();

    PriorPtr m_prior;
    Question m_question;
    ScoreExplanation m_answer;
    int m_number = 0; // of the newest question; answers to older ones are dropped
    QTimer m_pause;
    Worker m_worker; // last: its thread ends first
};

} // namespace chainsong
