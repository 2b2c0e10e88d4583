#pragma once

#include <QDialog>

#include "engine/jobs/exporter.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace chainsong {

/// What to take away and where to: format and file name on one page, so that Enter is all that is needed.
class ExportDialog final : public QDialog {
    Q_OBJECT
public:
    /// `base_path` is folder and name without an ending.
    ExportDialog(const QString& base_path, ExportFormat format, QWidget* parent);

    ExportFormat format() const;
    QString path() const;

private:
    void showFormat();
    void browse();

    QComboBox* m_format = nullptr;
    QLineEdit* m_path = nullptr;
    QLabel* m_explanation = nullptr;
};

} // namespace chainsong
