#pragma once

#include <QPlainTextEdit>

#include <vector>

#include "widgets/prompt_bar/prompt_chip.h"

namespace chainsong {

class EvidenceHighlighter;

constexpr int kMaxPromptLength = 4096; // UTF-16 units; the engine reads no more

/// One line of text in which the understood words are tinted and the others dotted.
class PromptEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PromptEdit(QWidget* parent = nullptr);
    QString text() const { return toPlainText(); }
    void setText(const QString& text);
    void showEvidence(
        const std::vector<CharacterRange>& understood, const std::vector<CharacterRange>& not_understood);
    /// The words a chip came from, while the mouse is over it; an empty range for none.
    void emphasise(const CharacterRange& range);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void edited(const QString& text);
    void returnPressed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    EvidenceHighlighter* m_highlighter = nullptr;
};

} // namespace chainsong
