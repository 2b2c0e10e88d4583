#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QPushButton;
class QToolButton;

namespace chainsong {

class IconView;

enum class MessageKind { kInfo, kGood, kWarning, kProblem };

/// One sentence that names cause and place, and at most one thing to do about it.
struct Message {
    MessageKind kind = MessageKind::kInfo;
    QString text;
    QString action_id = {}; // empty: nothing to do
    QString action_text = {};
};

/// A message inside the window that blocks nothing and stays until it is answered, closed or replaced.
class MessageBar final : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);
    void showMessage(const Message& message);
    void dismiss();
    const Message& message() const { return m_message; }

Q_SIGNALS:
    void actionRequested(const QString& action_id);
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Message m_message;
    IconView* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_action = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace chainsong
