#include "widgets/message_bar/status_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace chainsong {

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent) {
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_bar->setFixedWidth(180);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setToolTip(tr("Stop; your notes stay as they are (Ctrl+.)"));
    m_aside = new QLabel(this);
    m_aside->setProperty("muted", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(12);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    row->addStretch(1);
    row->addWidget(m_aside);
    setMinimumHeight(m_cancel->sizeHint().height() + 8);
    connect(m_cancel, &QPushButton::clicked, this, &StatusStrip::cancelRequested);
    showIdle({});
}

QString StatusStrip::timeLeft(double share_unit) const {
    const double elapsed_s = static_cast<double>(m_clock.elapsed()) / 1000;
    if (share_unit < 0.03 || elapsed_s < 0.5) return {};
    const double left_s = elapsed_s * (1 - share_unit) / share_unit;
    if (left_s < 1) return tr("less than 1 s left");
    if (left_s < 90) return tr("about %1 s left").arg(static_cast<int>(std::lround(left_s)));
    return tr("about %1 min left").arg(static_cast<int>(std::lround(left_s / 60)));
}

void StatusStrip::showProgress(const Progress& progress) {
    if (!m_is_busy) m_clock.start();
    m_is_busy = true;
    QString text = QString::fromStdString(progress.what);
    const QString left = timeLeft(progress.share_unit);
    if (!left.isEmpty()) text += QStringLiteral(" · ") + left;
    m_text->setText(text);
    m_bar->setRange(0, progress.share_unit < 0 ? 0 : 1000);
    if (progress.share_unit >= 0) m_bar->setValue(static_cast<int>(std::lround(1000 * progress.share_unit)));
    m_bar->show();
    m_cancel->show();
}

void StatusStrip::showIdle(const QString& text) {
    m_is_busy = false;
    m_text->setText(text);
    m_bar->hide();
    m_cancel->hide();
}

void StatusStrip::showAside(const QString& text) { m_aside->setText(text); }

} // namespace chainsong
