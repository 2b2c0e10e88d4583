#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QWidget>

#include <array>

namespace chainsong {

/// Two bars of peak level in decibels, with a mark that holds the highest peak for a second and a light for
/// clipping.
class PeakMeter final : public QWidget {
    Q_OBJECT
public:
    explicit PeakMeter(QWidget* parent = nullptr);
    void showPeak(double left_unit, double right_unit);
    QSize sizeHint() const override { return {96, 22}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    struct Channel {
        double level_db = -100;
        double held_db = -100;
        qint64 held_at_ms = 0;
    };
    std::array<Channel, 2> m_channels;
    qint64 m_clipped_at_ms = -100'000;
    qint64 m_last_fall_ms = 0;
    QElapsedTimer m_clock;
    QBasicTimer m_fall;
};

} // namespace chainsong
