#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

#include "engine/music/score.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace chainsong {

class VariationCardView;

/// One alternative to what stands in the score.
struct VariationCard {
    ScorePtr score = {}; // the stretch that differs, or the whole piece
    double log_density = 0; // nats
    int num_changed = 0;
    int num_notes = 0;
    std::uint64_t seed = 0;
    bool is_starred = false;
};

constexpr int kMaxCards = 8;

/// The alternatives as cards to hear, compare and keep. Card 0 is the original; variations count from 1.
class VariationCards final : public QWidget {
    Q_OBJECT
public:
    explicit VariationCards(QWidget* parent = nullptr);

    /// Starts a new set: the original, and how the set is called ("bar 3").
    void showOriginal(ScorePtr score, const QString& where);
    void addCard(VariationCard card);
    void clear();
    int numCards() const; // without the original
    /// Which card sounds: 0 the original, -1 none.
    void showAuditioned(int index);
    int auditioned() const { return m_auditioned; }
    void showStarred(int index, bool is_starred);

Q_SIGNALS:
    void auditionRequested(int index);
    void acceptRequested(int index);
    void starRequested(int index, bool is_starred);
    /// The card is being dragged out: the owner makes a MIDI file and starts the QDrag.
    void dragRequested(int index);
    void dismissRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void append(VariationCard card);
    void refresh();

    std::vector<VariationCardView*> m_cards; // [0] is the original
    QString m_where;
    int m_auditioned = -1;
    QLabel* m_header = nullptr;
    QLabel* m_empty = nullptr;
    QLabel* m_footer = nullptr;
    QPushButton* m_keep = nullptr;
    QScrollArea* m_scroll = nullptr;
    QToolButton* m_dismiss = nullptr;
    QVBoxLayout* m_list = nullptr;
};

} // namespace chainsong
