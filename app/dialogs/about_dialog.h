#pragma once

#include <QDialog>

namespace chainsong {

/// What this program is, what it stands on, and whose music it learned from.
class AboutDialog final : public QDialog {
    Q_OBJECT
public:
    AboutDialog(const QString& model_name, QWidget* parent);
};

} // namespace chainsong
