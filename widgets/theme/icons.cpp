#include "widgets/theme/icons.h"

#include "widgets/theme/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <numbers>

namespace chainsong {
namespace {

// All pictograms live on a grid of 16 × 16. `fill` is painted, `stroke` is drawn 1.5 wide with round ends.
struct Drawing {
    QPainterPath fill;
    QPainterPath stroke;
};

void polyline(QPainterPath& path, std::initializer_list<QPointF> points, bool is_closed = false) {
    bool is_first = true;
    for (const QPointF& point : points) {
        if (is_first)
            path.moveTo(point);
        else
            path.lineTo(point);
        is_first = false;
    }
    if (is_closed) path.closeSubpath();
}

QPainterPath star() {
    QPainterPath path;
    for (int i = 0; i < 10; ++i) {
        const double radius = i % 2 == 0 ? 6.6 : 2.8;
        const double angle = -std::numbers::pi / 2 + i * std::numbers::pi / 5;
        const QPointF point(8 + radius * std::cos(angle), 8.4 + radius * std::sin(angle));
        if (i == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath pin() {
    QPainterPath path;
    polyline(path, {{5.5, 2}, {10.5, 2}, {10, 6.2}, {12, 9}, {4, 9}, {6, 6.2}}, true);
    return path;
}

Drawing speaker(bool is_on) {
    Drawing d;
    polyline(d.fill, {{2, 6}, {4.5, 6}, {8, 3}, {8, 13}, {4.5, 10}, {2, 10}}, true);
    if (is_on) {
        d.stroke.arcMoveTo(QRectF(6.5, 4.5, 6, 7), 60);
        d.stroke.arcTo(QRectF(6.5, 4.5, 6, 7), 60, -120);
    } else {
        polyline(d.stroke, {{10.5, 6}, {14.5, 10}});
        polyline(d.stroke, {{14.5, 6}, {10.5, 10}});
    }
    return d;
}

Drawing transport(Icon kind) {
    Drawing d;
    switch (kind) {
    case Icon::kPlay: polyline(d.fill, {{4.5, 2.5}, {13.5, 8}, {4.5, 13.5}}, true); break;
    case Icon::kPause:
        d.fill.addRoundedRect(QRectF(3.5, 3, 3.2, 10), 0.8, 0.8);
        d.fill.addRoundedRect(QRectF(9.3, 3, 3.2, 10), 0.8, 0.8);
        break;
    case Icon::kStop: d.fill.addRoundedRect(QRectF(3.5, 3.5, 9, 9), 1.2, 1.2); break;
    case Icon::kToStart:
        d.fill.addRoundedRect(QRectF(3, 3, 2, 10), 0.6, 0.6);
        polyline(d.fill, {{13, 3}, {6.2, 8}, {13, 13}}, true);
        break;
    case Icon::kLoop:
        polyline(d.stroke, {{2.5, 8}, {2.5, 7}});
        d.stroke.moveTo(2.5, 8.5);
        d.stroke.cubicTo(2.5, 4.8, 4.5, 4.5, 6.5, 4.5);
        d.stroke.lineTo(13, 4.5);
        polyline(d.stroke, {{10.8, 2.3}, {13, 4.5}, {10.8, 6.7}});
        d.stroke.moveTo(13.5, 7.5);
        d.stroke.cubicTo(13.5, 11.2, 11.5, 11.5, 9.5, 11.5);
        d.stroke.lineTo(3, 11.5);
        polyline(d.stroke, {{5.2, 9.3}, {3, 11.5}, {5.2, 13.7}});
        break;
    case Icon::kMetronome:
        polyline(d.stroke, {{6.3, 2.5}, {9.7, 2.5}, {12.5, 13.5}, {3.5, 13.5}}, true);
        polyline(d.stroke, {{8, 10.5}, {13, 4}});
        break;
    default: // panic
        polyline(d.stroke,
            {{5.2, 2.2}, {10.8, 2.2}, {13.8, 5.2}, {13.8, 10.8}, {10.8, 13.8}, {5.2, 13.8}, {2.2, 10.8},
                {2.2, 5.2}},
            true);
        polyline(d.stroke, {{8, 4.8}, {8, 8.8}});
        d.fill.addEllipse(QPointF(8, 11.2), 1, 1);
    }
    return d;
}

Drawing mark(Icon kind) {
    Drawing d;
    switch (kind) {
    case Icon::kDice:
        d.stroke.addRoundedRect(QRectF(2.5, 2.5, 11, 11), 2.2, 2.2);
        for (const QPointF& at :
            {QPointF(5.5, 5.5), QPointF(10.5, 5.5), QPointF(8, 8), QPointF(5.5, 10.5), QPointF(10.5, 10.5)})
            d.fill.addEllipse(at, 1.1, 1.1);
        break;
    case Icon::kStar: d.stroke = star(); break;
    case Icon::kStarFilled: d.fill = d.stroke = star(); break;
    case Icon::kPin:
    case Icon::kPinFilled:
        d.stroke = pin();
        if (kind == Icon::kPinFilled) d.fill = d.stroke;
        polyline(d.stroke, {{8, 9}, {8, 14}});
        break;
    case Icon::kLock:
        d.fill.addRoundedRect(QRectF(3, 7, 10, 7), 1.4, 1.4);
        d.stroke.moveTo(5, 7);
        d.stroke.cubicTo(5, 1, 11, 1, 11, 7);
        break;
    case Icon::kPlus:
        polyline(d.stroke, {{8, 3}, {8, 13}});
        polyline(d.stroke, {{3, 8}, {13, 8}});
        break;
    case Icon::kClose:
        polyline(d.stroke, {{4, 4}, {12, 12}});
        polyline(d.stroke, {{12, 4}, {4, 12}});
        break;
    case Icon::kCheck: polyline(d.stroke, {{3, 8.5}, {6.5, 12}, {13, 4.5}}); break;
    case Icon::kWarning:
        polyline(d.stroke, {{8, 2.2}, {14.3, 13.3}, {1.7, 13.3}}, true);
        polyline(d.stroke, {{8, 6.4}, {8, 9.4}});
        d.fill.addEllipse(QPointF(8, 11.4), 0.9, 0.9);
        break;
    default: // info
        d.stroke.addEllipse(QPointF(8, 8), 6, 6);
        polyline(d.stroke, {{8, 7.4}, {8, 11.2}});
        d.fill.addEllipse(QPointF(8, 5), 0.95, 0.95);
    }
    return d;
}

Drawing tool(Icon kind) {
    Drawing d;
    switch (kind) {
    case Icon::kPointer:
        polyline(d.fill, {{3.5, 1.8}, {12.8, 8.8}, {8.6, 9.4}, {11, 13.8}, {9, 14.7}, {6.7, 10.3}, {3.5, 13}},
            true);
        break;
    case Icon::kDraw:
        polyline(d.stroke, {{2.5, 13.5}, {3.4, 10}, {10.8, 2.6}, {13.4, 5.2}, {6, 12.6}}, true);
        polyline(d.stroke, {{9, 4.4}, {11.6, 7}});
        break;
    case Icon::kErase:
        polyline(d.stroke, {{5.5, 13}, {2, 9.5}, {9, 2.5}, {13.5, 7}, {7.5, 13}}, true);
        polyline(d.stroke, {{5.5, 6}, {10, 10.5}});
        polyline(d.stroke, {{7.5, 13.4}, {14, 13.4}});
        break;
    default: // menu
        for (const double y : {4.0, 8.0, 12.0}) polyline(d.stroke, {{3, y}, {13, y}});
    }
    return d;
}

Drawing drawing(Icon kind) {
    switch (kind) {
    case Icon::kPlay:
    case Icon::kPause:
    case Icon::kStop:
    case Icon::kToStart:
    case Icon::kLoop:
    case Icon::kMetronome:
    case Icon::kPanic: return transport(kind);
    case Icon::kPointer:
    case Icon::kDraw:
    case Icon::kErase:
    case Icon::kMenu: return tool(kind);
    case Icon::kSpeaker: return speaker(true);
    case Icon::kSpeakerOff: return speaker(false);
    default: return mark(kind);
    }
}

class DrawnIcon final : public QIconEngine {
public:
    explicit DrawnIcon(Icon kind)
        : m_kind(kind)
        , m_drawing(drawing(kind)) { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        QColor color =
            palette.color(group, mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
        if (m_kind == Icon::kPanic && mode != QIcon::Disabled) color = themeColors(palette).not_yet;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        painter->fillPath(m_drawing.fill, color);
        painter->strokePath(m_drawing.stroke, QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new DrawnIcon(m_kind); }

private:
    Icon m_kind;
    Drawing m_drawing;
};

} // namespace

QIcon icon(Icon kind) {
    return QIcon(new DrawnIcon(kind)); // QIcon takes the engine over
}

} // namespace chainsong
