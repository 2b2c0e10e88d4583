#include "app/window/hint.h"

#include <QEvent>
#include <QPainter>
#include <QTimer>

#include <cmath>
#include <utility>

#include "widgets/theme/theme.h"

namespace chainsong {
namespace {

constexpr int kPulse_ms = 50;
constexpr int kBeatsPerPulse = 32;
constexpr int kBottomMargin_px = 14;

} // namespace

Hint::Hint(QWidget* over, std::function<QRect()> area)
    : QPushButton(over)
    , m_area(std::move(area))
    , m_pulse(new QTimer(this)) {
    hide();
    setFocusPolicy(Qt::NoFocus); // Space belongs to the transport, Tab to the music
    setCursor(Qt::PointingHandCursor);
    over->installEventFilter(this);
    m_pulse->setInterval(kPulse_ms);
    connect(m_pulse, &QTimer::timeout, this, [this] {
        m_beat = (m_beat + 1) % kBeatsPerPulse;
        update();
    });
}

void Hint::showText(const QString& text, bool is_large) {
    setText(text);
    setAccessibleName(text);
    QFont wanted = parentWidget()->font();
    wanted.setPointSizeF(wanted.pointSizeF() * (is_large ? 1.5 : 1.1));
    wanted.setBold(is_large);
    setFont(wanted);
    place();
    show();
    raise();
    if (is_large) m_pulse->start();
}

void Hint::place() {
    const QFontMetrics metrics(font());
    const QSize size(metrics.horizontalAdvance(text()) + 3 * metrics.height(), metrics.height() * 2);
    const QRect room = m_area();
    setGeometry(
        QRect(QPoint(room.center().x() - size.width() / 2, room.bottom() - size.height() - kBottomMargin_px),
            size));
}

bool Hint::eventFilter(QObject* watched, QEvent* event) {
    // Later: what lies below has to find its own places first.
    if (event->type() == QEvent::Resize && isVisible()) QTimer::singleShot(0, this, &Hint::place);
    return QPushButton::eventFilter(watched, event);
}

void Hint::hideEvent(QHideEvent* event) {
    m_pulse->stop();
    QPushButton::hideEvent(event);
}

void Hint::paintEvent(QPaintEvent*) {
    const ThemeColors& colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double glow = m_pulse->isActive() ? 0.5 - 0.5 * std::cos(2 * M_PI * m_beat / kBeatsPerPulse) : 0;
    QColor fill = underMouse() ? colors.accent.lighter(115) : colors.accent;
    painter.setBrush(fill);
    QColor rim = colors.accent_text;
    rim.setAlphaF(static_cast<float>(0.25 + 0.6 * glow));
    painter.setPen(QPen(rim, 2));
    const double radius = height() / 2.0 - 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), radius, radius);
    painter.setPen(colors.accent_text);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace chainsong
