#pragma once

#include <QLocale>
#include <QObject>
#include <QStringList>

#include <optional>
#include <vector>

#include "app/composing/composing.h"
#include "app/composing/diagnosing.h"
#include "app/composing/explaining.h"
#include "app/document/document.h"
#include "engine/jobs/loader.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/prompt_bar/prompt_chip.h"

namespace chainsong {

/// From the prompt to cards: reads the prompt while it is typed, starts and stops the composer, offers what
/// it draws, and keeps what the user wants of it. Nothing is overwritten: a result is heard and shown over
/// the piece until it is kept. Only a piece that nobody has touched yet gives way at once (one undo step).
class ComposeDesk final : public QObject {
    Q_OBJECT
public:
    explicit ComposeDesk(Document& document, QObject* parent = nullptr);

    void loaded(LoadedPrior prior);
    bool isRunning() const { return m_composing.isRunning(); }
    /// -1: the piece itself is what shows and sounds; 0: the original; from 1: a variation.
    int auditioned() const { return m_auditioned; }
    /// What shows and sounds: the piece, or the variation that is auditioned.
    ScorePtr heard() const;
    QString modelName() const { return m_model_name; }
    const Diagnosing& diagnosing() const { return m_diagnosing; }
    /// Why a note of the piece is there, in words; empty if that is not known.
    QString reasonOf(int track, int note) const;
    const std::optional<std::pair<int, int>>& runningBars() const { return m_running_bars; }

    // the prompt
    void writePrompt(const QString& text);
    void setTemperature(double temperature);
    /// Bars as a chip of the user's; 0: as the prompt says.
    void setBars(int bars);
    int chosenBars() const;
    void setSeed(quint64 seed);
    void typeChip(const QString& name, const QString& value);
    void removeChip(const QString& name);
    /// Reads the prompt again and says what it found.
    void readPrompt();

    // runs
    void compose();
    void continuePiece();
    void resample(std::pair<int, int> bars, std::vector<int> tracks, double temperature);
    /// Four pieces between this one and another: form, voices and density move evenly from one to the other.
    void composeTowards(const Score& other);
    /// Phrases to be reminded of from now on; nullptr: none.
    void setLibrary(std::shared_ptr<const PhraseLibrary> library) {
        m_composing.setLibrary(std::move(library));
    }
    void runLonger();
    void stop();

    // variations
    void audition(int index);
    void compare();
    void accept(int index);
    void star(int index, bool is_starred);
    void toggleStar(int index);
    void dismiss();

Q_SIGNALS:
    void promptRead(const std::vector<chainsong::PromptChip>& chips,
        const std::vector<chainsong::CharacterRange>& not_understood, const QStringList& notices);
    void runStarted();
    void runEnded();
    void progressed(const chainsong::Progress& progress);
    void traced(const std::vector<chainsong::TracePoint>& points);
    void diagnosed(const chainsong::Diagnosis& diagnosis);
    /// What the status line says when nothing runs.
    void said(const QString& text);
    void messaged(const chainsong::Message& message);
    void auditionChanged();
    /// A first piece has taken the untouched one's place.
    void adopted();
    void modelChanged();

private:
    void startRun(std::optional<std::pair<int, int>> bars);
    void takeDraw(const Draw& draw, int index);
    void finish(const ComposeResult& result);
    void fail(const Error& error);
    void end();
    void setAuditioned(int index);
    ComposeRequest composeRequest() const;
    /// Bars that the prompt and its chips ask for.
    int wishedBars() const;

    Document& m_document;
    Composing m_composing;
    Diagnosing m_diagnosing;
    Explaining m_explaining;
    QString m_model_name;
    std::optional<ComposeRequest> m_last_compose; // what "twice as long" repeats
    std::optional<ResampleRequest> m_last_resample;
    std::optional<std::pair<int, int>> m_running_bars;
    std::uint64_t m_running_seed = 0;
    bool m_adopts_first = false; // the piece is untouched: the first draw takes its place
    bool m_user_chose = false; // an audition by hand: cards that come later do not interfere
    int m_auditioned = -1;
    int m_before = -1; // what sounded before: the other side of A/B
};

} // namespace chainsong
