#include "widgets/variation_cards/variation_card_view.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace chainsong {
namespace {

constexpr int kMargin = 8;
constexpr int kBadge = 22;
constexpr int kMaxNotesDrawn = 5000;

} // namespace

VariationCardView::VariationCardView(int index, VariationCard card, QWidget* parent)
    : QFrame(parent)
    , m_index(index)
    , m_card(std::move(card)) {
    setFixedHeight(sizeHint().height());
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(headline() + QStringLiteral(", ") + details());
    setToolTip(index == 0
            ? tr("The music as it was (0)")
            : tr("Click or press %1 to hear it, Enter to keep it. Drag it out as a MIDI file. Seed %2.")
                  .arg(index)
                  .arg(m_card.seed));
    m_star = new QToolButton(this);
    m_star->setCheckable(true);
    m_star->setFixedSize(24, 24);
    m_star->setFocusPolicy(Qt::NoFocus);
    m_star->setAccessibleName(tr("Star"));
    m_star->setToolTip(tr("Keep this variation for later (Shift+%1)").arg(index));
    m_star->setVisible(index > 0);
    showStarred(m_card.is_starred);
    connect(m_star, &QToolButton::clicked, this, [this](bool is_on) { Q_EMIT starred(m_index, is_on); });
}

void VariationCardView::showHeard(bool is_heard) {
    m_is_heard = is_heard;
    update();
}

void VariationCardView::showStarred(bool is_starred) {
    m_card.is_starred = is_starred;
    m_star->setChecked(is_starred);
    m_star->setIcon(icon(is_starred ? Icon::kStarFilled : Icon::kStar));
}

QString VariationCardView::headline() const {
    return m_index == 0 ? tr("Original") : tr("Score %1").arg(QLocale().toString(m_card.log_density, 'f', 1));
}

QString VariationCardView::details() const {
    if (m_index == 0) return tr("as it was");
    return tr("changed %1 of %2").arg(m_card.num_changed).arg(m_card.num_notes);
}

QRect VariationCardView::rollArea() const {
    const int left = kMargin + kBadge + 8;
    return {left, kMargin, std::clamp((width() - left) * 2 / 5, 60, 150), height() - 2 * kMargin};
}

void VariationCardView::drawRoll() {
    const QRect area = rollArea();
    const ThemeColors& colors = themeColors(palette());
    m_roll = QPixmap((QSizeF(area.size()) * devicePixelRatioF()).toSize());
    m_roll.setDevicePixelRatio(devicePixelRatioF());
    m_roll.fill(colors.canvas);
    if (!m_card.score) return;
    int lowest = 127;
    int highest = 0;
    Tick last{1};
    for (const Track& track : m_card.score->tracks) {
        for (const Note& note : track.notes) {
            lowest = std::min<int>(lowest, note.key);
            highest = std::max<int>(highest, note.key);
            last = std::max(last, note.end());
        }
    }
    last = std::max(last, m_card.score->end);
    const double row = (area.height() - 4.0) / std::max(8, highest - lowest + 1);
    const double scale = area.width() / static_cast<double>(last.value);
    QPainter painter(&m_roll);
    for (std::size_t t = m_card.score->tracks.size(); t-- > 0;) {
        const auto& notes = m_card.score->tracks[t].notes;
        const QColor color = trackColor(static_cast<int>(t), themeOf(palette()));
        for (std::size_t i = 0; i < std::min<std::size_t>(notes.size(), kMaxNotesDrawn); ++i) {
            const double y = 2 + (highest - notes[i].key) * row;
            const double width_px = std::max(1.0, static_cast<double>(notes[i].length.value) * scale - 0.6);
            painter.fillRect(QRectF(static_cast<double>(notes[i].start.value) * scale, y, width_px,
                                 std::clamp(row, 1.5, 4.0)),
                color);
        }
    }
}

void VariationCardView::resizeEvent(QResizeEvent*) {
    m_roll = {};
    m_star->move(width() - kMargin - m_star->width() + 3, 5);
}

void VariationCardView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_roll = {};
    QFrame::changeEvent(event);
}

void VariationCardView::paintEvent(QPaintEvent*) {
    const ThemeColors& colors = themeColors(palette());
    if (m_roll.isNull()) drawRoll();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_is_heard ? colors.accent : colors.line, m_is_heard ? 2 : 1));
    painter.setBrush(m_is_heard ? mixed(colors.raised, colors.accent, 0.1) : colors.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRectF badge(kMargin, (height() - kBadge) / 2.0, kBadge, kBadge);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_is_heard ? colors.accent : colors.line);
    painter.drawRoundedRect(badge, 5, 5);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(m_is_heard ? colors.accent_text : colors.text);
    painter.drawText(badge, Qt::AlignCenter, QString::number(m_index));
    const QRect roll = rollArea();
    painter.drawPixmap(roll.topLeft(), m_roll);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(colors.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(roll);
    const QRect text(roll.right() + 10, kMargin, width() - roll.right() - 18, (height() - 2 * kMargin) / 2);
    painter.setPen(colors.text);
    const int room = text.width() - (m_index > 0 ? m_star->width() : 0);
    painter.drawText(text, Qt::AlignVCenter, QFontMetrics(bold).elidedText(headline(), Qt::ElideRight, room));
    painter.setFont(font());
    painter.setPen(colors.text_muted);
    painter.drawText(text.translated(0, text.height()), Qt::AlignVCenter,
        fontMetrics().elidedText(details(), Qt::ElideRight, text.width()));
}

void VariationCardView::mousePressEvent(QMouseEvent* event) {
    m_pressed_at = event->position().toPoint();
    m_is_dragged = false;
}

void VariationCardView::mouseMoveEvent(QMouseEvent* event) {
    const int distance = (event->position().toPoint() - m_pressed_at).manhattanLength();
    if (!(event->buttons() & Qt::LeftButton) || m_is_dragged || distance < QApplication::startDragDistance())
        return;
    m_is_dragged = true;
    Q_EMIT dragged(m_index);
}

void VariationCardView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_is_dragged && event->button() == Qt::LeftButton) Q_EMIT clicked(m_index);
}

void VariationCardView::mouseDoubleClickEvent(QMouseEvent*) {
    if (m_index > 0) Q_EMIT accepted(m_index);
}

} // namespace chainsong
