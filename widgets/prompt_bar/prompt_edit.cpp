#include "widgets/prompt_bar/prompt_edit.h"

#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <QTextDocument>

#include <utility>

namespace chainsong {
namespace {

/// Code points to UTF-16 units, in which Qt counts.
int unitsOf(const QString& text, int code_points) {
    int units = 0;
    for (int i = 0; i < code_points && units < text.size(); ++i) {
        units += text[units].isHighSurrogate() && units + 1 < text.size() ? 2 : 1;
    }
    return units;
}

QString oneLine(QString text) {
    static const QRegularExpression breaks(QStringLiteral("[\\r\\n\\t\\x{2028}\\x{2029}]+"));
    text.truncate(4 * kMaxPromptLength); // a megabyte on the clipboard is cut before it is searched
    return text.replace(breaks, QStringLiteral(" ")).left(kMaxPromptLength);
}

} // namespace

class EvidenceHighlighter final : public QSyntaxHighlighter {
public:
    explicit EvidenceHighlighter(QTextDocument* document)
        : QSyntaxHighlighter(document) { }

    std::vector<CharacterRange> understood;
    std::vector<CharacterRange> not_understood;
    CharacterRange emphasised;
    Theme theme = Theme::kLight;

protected:
    void highlightBlock(const QString& text) override {
        const ThemeColors& colors = themeColors(theme);
        QTextCharFormat known;
        known.setBackground(mixed(colors.raised, colors.accent, 0.2));
        QTextCharFormat unknown;
        unknown.setUnderlineStyle(QTextCharFormat::DotLine);
        unknown.setUnderlineColor(colors.keep_going);
        QTextCharFormat strong;
        strong.setBackground(colors.accent);
        strong.setForeground(colors.accent_text);
        for (const CharacterRange& range : understood) mark(text, range, known);
        for (const CharacterRange& range : not_understood) mark(text, range, unknown);
        mark(text, emphasised, strong);
    }

private:
    void mark(const QString& text, const CharacterRange& range, const QTextCharFormat& format) {
        const int first = unitsOf(text, range.first);
        const int past_last = unitsOf(text, range.past_last);
        if (past_last > first) setFormat(first, past_last - first, format);
    }
};

PromptEdit::PromptEdit(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new EvidenceHighlighter(document())) {
    m_highlighter->theme = themeOf(palette());
    setProperty("field", true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.15);
    setFont(larger);
    document()->setDocumentMargin(3);
    setPlaceholderText(
        tr("What should it sound like?  For example: a slow waltz in D minor for piano and cello, 16 bars"));
    setAccessibleName(tr("Prompt"));
    setToolTip(
        tr("Describe the music in your own words (/). Tinted words were understood, dotted ones were not."));
    connect(this, &QPlainTextEdit::textChanged, this, [this] { Q_EMIT edited(text()); });
}

QSize PromptEdit::sizeHint() const { return {480, fontMetrics().height() + 20}; }

void PromptEdit::setText(const QString& text) { setPlainText(oneLine(text)); }

void PromptEdit::showEvidence(
    const std::vector<CharacterRange>& understood, const std::vector<CharacterRange>& not_understood) {
    if (understood == m_highlighter->understood && not_understood == m_highlighter->not_understood) return;
    m_highlighter->understood = understood;
    m_highlighter->not_understood = not_understood;
    const QSignalBlocker quiet(this); // colours are no edit
    m_highlighter->rehighlight();
}

void PromptEdit::emphasise(const CharacterRange& range) {
    if (range == m_highlighter->emphasised) return;
    m_highlighter->emphasised = range;
    const QSignalBlocker quiet(this);
    m_highlighter->rehighlight();
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return Q_EMIT returnPressed();
    const bool adds_text = !event->text().isEmpty() && event->text().front().isPrint();
    if (adds_text && document()->characterCount() > kMaxPromptLength && !textCursor().hasSelection()) return;
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) return event->ignore();
    QPlainTextEdit::keyPressEvent(event);
}

void PromptEdit::insertFromMimeData(const QMimeData* source) {
    const int room = kMaxPromptLength - static_cast<int>(text().size() - textCursor().selectedText().size());
    textCursor().insertText(oneLine(source->text()).left(std::max(0, room)));
}

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const { return source->hasText(); }

void PromptEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_highlighter) return;
    const Theme theme = themeOf(palette());
    if (std::exchange(m_highlighter->theme, theme) == theme) return;
    const QSignalBlocker quiet(this);
    m_highlighter->rehighlight();
}

void PromptEdit::wheelEvent(QWheelEvent* event) { event->ignore(); }

} // namespace chainsong
