#include "widgets/prompt_bar/chip_row.h"

#include "widgets/theme/flow_layout.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace chainsong {
namespace {

constexpr int kChipHeight = 26;

/// Words nobody understood: dotted, to be seen but not to be blamed for.
class UnknownWords final : public QLabel {
public:
    UnknownWords(const QString& words, QWidget* parent)
        : QLabel(words, parent) {
        setTextFormat(Qt::PlainText);
        setFixedHeight(kChipHeight);
        setContentsMargins(10, 0, 10, 0);
        setProperty("muted", true);
        setToolTip(ChipRow::tr("Not understood: it does not steer the music."));
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(themeColors(palette()).text_muted, 1.2, Qt::DotLine));
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(1, 1, -1, -1), kChipHeight / 2.0 - 1, kChipHeight / 2.0 - 1);
        painter.end();
        QLabel::paintEvent(event);
    }
};

} // namespace

ChipView::ChipView(const PromptChip& chip, QWidget* parent)
    : QFrame(parent)
    , m_chip(chip) {
    setFocusPolicy(Qt::TabFocus);
    setFixedHeight(kChipHeight);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("%1: %2").arg(chip.title, chip.value));
    QString tip = chip.is_users ? tr("Set by you; wins over the text.") : tr("Read from the text.");
    if (chip.confidence_unit < 0.995)
        tip += QLatin1Char(' ') + tr("%1 % sure.").arg(std::lround(100 * chip.confidence_unit));
    setToolTip(tip + QLatin1Char(' ') + tr("Click to change it, Delete to remove it."));
    auto* title = new QLabel(chip.title, this);
    title->setProperty("muted", true);
    m_value = new QLabel(chip.value, this);
    m_value->setTextFormat(Qt::PlainText);
    m_editor = new QLineEdit(this);
    m_editor->setProperty("quiet", true);
    m_editor->installEventFilter(this);
    m_editor->hide();
    m_close = new QToolButton(this);
    m_close->setIcon(icon(Icon::kClose));
    m_close->setIconSize({10, 10});
    m_close->setFixedSize(20, 20);
    m_close->setFocusPolicy(Qt::NoFocus);
    m_close->setAccessibleName(tr("Remove %1").arg(chip.title));
    m_close->setToolTip(tr("Remove"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(11, 0, 4, 0);
    row->setSpacing(5);
    row->addWidget(title);
    row->addWidget(m_value);
    row->addWidget(m_editor);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] { Q_EMIT removed(m_chip.name); });
    connect(m_editor, &QLineEdit::returnPressed, this, [this] { finishEditing(true); });
}

void ChipView::startEditing() {
    m_editor->setText(m_chip.value);
    m_editor->setMinimumWidth(std::max(70, m_value->width() + 24));
    m_value->hide();
    m_editor->show();
    m_editor->setFocus();
    m_editor->selectAll();
}

void ChipView::finishEditing(bool is_kept) {
    if (m_editor->isHidden()) return;
    const QString value = m_editor->text().trimmed();
    m_editor->hide();
    m_value->show();
    if (is_kept && !value.isEmpty() && value != m_chip.value) Q_EMIT edited(m_chip.name, value);
}

bool ChipView::eventFilter(QObject* object, QEvent* event) {
    if (object == m_editor && event->type() == QEvent::FocusOut) finishEditing(true);
    if (object == m_editor && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        finishEditing(false);
        setFocus();
        return true;
    }
    return QFrame::eventFilter(object, event);
}

void ChipView::mouseReleaseEvent(QMouseEvent*) { startEditing(); }

void ChipView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2: return startEditing();
    case Qt::Key_Delete:
    case Qt::Key_Backspace: return Q_EMIT removed(m_chip.name);
    default: QFrame::keyPressEvent(event);
    }
}

void ChipView::enterEvent(QEnterEvent*) { Q_EMIT pointedAt(m_chip.evidence); }
void ChipView::leaveEvent(QEvent*) { Q_EMIT pointedAt({}); }

void ChipView::paintEvent(QPaintEvent*) {
    const ThemeColors& colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor edge =
        hasFocus() || m_chip.is_users ? colors.accent : mixed(colors.line_strong, colors.accent, 0.3);
    painter.setPen(QPen(edge, hasFocus() ? 2 : 1));
    painter.setBrush(mixed(colors.raised, colors.accent, m_chip.is_users ? 0.22 : 0.1));
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(1, 1, -1, -1), kChipHeight / 2.0 - 1, kChipHeight / 2.0 - 1);
}

ChipRow::ChipRow(QWidget* parent)
    : QWidget(parent) {
    auto* flow = new FlowLayout(this, 6);
    m_add = new QToolButton(this);
    m_add->setIcon(icon(Icon::kPlus));
    m_add->setIconSize({12, 12});
    m_add->setFixedSize(kChipHeight, kChipHeight);
    m_add->setToolTip(tr("Add a wish: key, metre, tempo, instruments …"));
    m_add->setAccessibleName(tr("Add a wish"));
    flow->addWidget(m_add);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_add, &QToolButton::clicked, this,
        [this] { Q_EMIT addRequested(m_add->mapToGlobal(QPoint(0, m_add->height()))); });
}

void ChipRow::show(const std::vector<PromptChip>& chips, const QStringList& not_understood) {
    if (chips == m_shown && not_understood == m_not_understood) return;
    m_shown = chips;
    m_not_understood = not_understood;
    // The click that changed them may still be under way in one of them.
    for (ChipView* view : m_chips) view->hide(), layout()->removeWidget(view), view->deleteLater();
    for (QWidget* words : std::as_const(m_others))
        words->hide(), layout()->removeWidget(words), words->deleteLater();
    m_chips.clear();
    m_others.clear();
    layout()->removeWidget(m_add);
    for (const PromptChip& chip : chips) {
        auto* view = new ChipView(chip, this);
        layout()->addWidget(view);
        connect(view, &ChipView::edited, this, &ChipRow::edited);
        connect(view, &ChipView::removed, this, &ChipRow::removed);
        connect(view, &ChipView::pointedAt, this, &ChipRow::pointedAt);
        view->show();
        m_chips.push_back(view);
    }
    for (const QString& words : not_understood) {
        m_others.append(new UnknownWords(words, this));
        layout()->addWidget(m_others.back());
        m_others.back()->show();
    }
    layout()->addWidget(m_add);
    updateGeometry();
}

} // namespace chainsong
