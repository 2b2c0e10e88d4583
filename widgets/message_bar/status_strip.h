#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "engine/base/progress.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace chainsong {

/// The line at the window's foot: what is being done, how far, how long still, and how to stop it.
class StatusStrip final : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(QWidget* parent = nullptr);
    /// A share below 0 shows a busy bar; the time left is judged from the pace so far.
    void showProgress(const Progress& progress);
    /// Nothing runs; `text` stays readable.
    void showIdle(const QString& text);
    /// A short text at the right end: "seed 4711", the model's name.
    void showAside(const QString& text);

Q_SIGNALS:
    void cancelRequested();

private:
    QString timeLeft(double share_unit) const;

    QLabel* m_text = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_aside = nullptr;
    QElapsedTimer m_clock;
    bool m_is_busy = false;
};

} // namespace chainsong
