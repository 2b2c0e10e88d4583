#pragma once

#include <QWidget>

#include "widgets/theme/icons.h"

namespace chainsong {

/// A pictogram as a label; follows the palette.
class IconView final : public QWidget {
public:
    explicit IconView(Icon kind, QWidget* parent = nullptr);
    void setIcon(Icon kind);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_kind;
};

} // namespace chainsong
