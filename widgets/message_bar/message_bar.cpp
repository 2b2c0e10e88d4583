#include "widgets/message_bar/message_bar.h"

#include "widgets/theme/icon_view.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace chainsong {
namespace {

QColor stripeColor(MessageKind kind, const ThemeColors& colors) {
    switch (kind) {
    case MessageKind::kGood: return colors.good;
    case MessageKind::kWarning: return colors.keep_going;
    case MessageKind::kProblem: return colors.not_yet;
    case MessageKind::kInfo: break;
    }
    return colors.accent;
}

Icon iconOf(MessageKind kind) {
    switch (kind) {
    case MessageKind::kGood: return Icon::kCheck;
    case MessageKind::kWarning:
    case MessageKind::kProblem: return Icon::kWarning;
    case MessageKind::kInfo: break;
    }
    return Icon::kInfo;
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent) {
    m_icon = new IconView(Icon::kInfo, this);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setTextFormat(Qt::PlainText); // file names and prompts are not markup
    m_action = new QPushButton(this);
    m_close = new QToolButton(this);
    m_close->setIcon(icon(Icon::kClose));
    m_close->setToolTip(tr("Close this message (Esc)"));
    m_close->setAccessibleName(tr("Close message"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const QString id = m_message.action_id;
        dismiss();
        Q_EMIT actionRequested(id);
    });
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    hide();
}

void MessageBar::showMessage(const Message& message) {
    m_message = message;
    m_icon->setIcon(iconOf(message.kind));
    m_text->setText(message.text);
    m_action->setText(message.action_text);
    m_action->setVisible(!message.action_id.isEmpty());
    setAccessibleName(message.text);
    show();
    update();
}

void MessageBar::dismiss() {
    if (isHidden()) return;
    m_message = {};
    hide();
    Q_EMIT dismissed();
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return dismiss();
    QFrame::keyPressEvent(event);
}

void MessageBar::paintEvent(QPaintEvent*) {
    const ThemeColors& colors = themeColors(palette());
    const QColor stripe = stripeColor(m_message.kind, colors);
    QPainter painter(this);
    painter.fillRect(rect(), mixed(colors.panel, stripe, 0.12));
    painter.fillRect(QRect(0, 0, 4, height()), stripe);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
}

} // namespace chainsong
