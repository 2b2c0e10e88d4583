#include "widgets/theme/icon_view.h"

#include <QPainter>

namespace chainsong {

IconView::IconView(Icon kind, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind) {
    setFixedSize(16, 16);
}

void IconView::setIcon(Icon kind) {
    m_kind = kind;
    update();
}

void IconView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    icon(m_kind).paint(&painter, rect(), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

} // namespace chainsong
