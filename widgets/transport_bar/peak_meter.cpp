#include "widgets/transport_bar/peak_meter.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QTimerEvent>

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kFloorDb = -48;
constexpr double kFallDbPerSecond = 24;
constexpr qint64 kHoldMs = 1000;
constexpr qint64 kClipLightMs = 2000;

double shareOf(double level_db) { return std::clamp((level_db - kFloorDb) / -kFloorDb, 0.0, 1.0); }

} // namespace

PeakMeter::PeakMeter(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Level"));
    setToolTip(tr("Level of the output. The light at the end: it clips, turn the volume down."));
    m_clock.start();
}

void PeakMeter::showPeak(double left_unit, double right_unit) {
    const qint64 now_ms = m_clock.elapsed();
    const std::array<double, 2> peaks{left_unit, right_unit};
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        const double level_db = 20 * std::log10(std::max(1e-5, peaks[i]));
        Channel& channel = m_channels[i];
        channel.level_db = std::max(channel.level_db, level_db);
        if (level_db >= channel.held_db || now_ms - channel.held_at_ms > kHoldMs) {
            channel.held_db = level_db;
            channel.held_at_ms = now_ms;
        }
        if (peaks[i] > 1) m_clipped_at_ms = now_ms;
    }
    if (!m_fall.isActive() && m_channels[0].level_db + m_channels[1].level_db > 2 * kFloorDb) {
        m_last_fall_ms = now_ms;
        m_fall.start(33, this);
    }
    update();
}

void PeakMeter::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_fall.timerId()) return QWidget::timerEvent(event);
    const qint64 now_ms = m_clock.elapsed();
    const double fall_db = kFallDbPerSecond * static_cast<double>(now_ms - m_last_fall_ms) / 1000;
    m_last_fall_ms = now_ms;
    bool is_quiet = now_ms - m_clipped_at_ms > kClipLightMs;
    for (Channel& channel : m_channels) {
        channel.level_db = std::max(-100.0, channel.level_db - fall_db);
        if (now_ms - channel.held_at_ms > kHoldMs) channel.held_db = channel.level_db;
        is_quiet = is_quiet && channel.level_db < kFloorDb;
    }
    if (is_quiet) m_fall.stop();
    update();
}

void PeakMeter::paintEvent(QPaintEvent*) {
    const ThemeColors& colors = themeColors(palette());
    QPainter painter(this);
    constexpr double kLight = 6;
    const double width_px = width() - kLight - 3;
    const double height_px = 5;
    const double top = height() / 2.0 - height_px - 1;
    for (std::size_t i = 0; i < m_channels.size(); ++i) {
        const QRectF groove(0, top + static_cast<double>(i) * (height_px + 2), width_px, height_px);
        painter.fillRect(groove, colors.line);
        const double level = shareOf(m_channels[i].level_db);
        const double warm = shareOf(-9);
        const double hot = shareOf(-3);
        const auto part = [&](double from, double to, const QColor& color) {
            if (level > from)
                painter.fillRect(
                    QRectF(from * width_px, groove.y(), (std::min(level, to) - from) * width_px, height_px),
                    color);
        };
        part(0, warm, colors.good);
        part(warm, hot, colors.keep_going);
        part(hot, 1, colors.not_yet);
        const double held = shareOf(m_channels[i].held_db);
        if (held > 0) painter.fillRect(QRectF(held * width_px - 2, groove.y(), 2, height_px), colors.text);
    }
    const bool is_clipping = m_clock.elapsed() - m_clipped_at_ms < kClipLightMs;
    painter.fillRect(
        QRectF(width() - kLight, top, kLight, 2 * height_px + 2), is_clipping ? colors.not_yet : colors.line);
}

} // namespace chainsong
