#pragma once

#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <vector>

class QDockWidget;
class QListWidget;
class QMenu;
class QMenuBar;

namespace chainsong {

class Actions;
class DiagnosticsTable;
class Hint;
class MessageBar;
class PianoRoll;
class PromptBar;
class RollBar;
class SamplerPanel;
class StatusStrip;
class TransportBar;
class VariationCards;
class VoicesPanel;

/// The parts of the window, to be connected by the studio. All are children of the window.
struct WindowParts {
    TransportBar* transport = nullptr;
    PromptBar* prompt = nullptr;
    MessageBar* message = nullptr;
    RollBar* roll_bar = nullptr;
    PianoRoll* roll = nullptr;
    VoicesPanel* voices = nullptr;
    VariationCards* cards = nullptr;
    SamplerPanel* sampler = nullptr;
    DiagnosticsTable* diagnostics = nullptr;
    QListWidget* history = nullptr;
    StatusStrip* status = nullptr;
    Hint* hint = nullptr;
};

/// Menus that the studio fills while it runs.
struct LiveMenus {
    QMenu* recent = nullptr;
    QMenu* theme = nullptr;
    QMenu* language = nullptr;
    QMenu* output = nullptr;
};

enum class LayoutPreset { kCompose, kDiagnose };

/// The one window: where everything stands. It connects nothing and knows no piece.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Actions& actions);

    const WindowParts& parts() const { return m_parts; }
    const LiveMenus& menus() const { return m_menus; }
    void applyLayout(LayoutPreset preset);
    /// Window size and docks as they were; the default if there are none of this version.
    void restoreLayout(const QByteArray& geometry, const QByteArray& state);
    QByteArray layoutState() const;
    void toggleDiagnostics();
    /// Moves the keyboard focus to the next or previous part of the window (F6).
    void focusRegion(int direction);
    /// Asked before closing; false keeps the window open.
    void onClose(std::function<bool()> may_close) { m_may_close = std::move(may_close); }

Q_SIGNALS:
    void filesDropped(const QStringList& paths);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTop(Actions& actions);
    void buildDocks();
    void fitTop();
    void addLiveMenus(Actions& actions, const std::vector<QMenu*>& menus);
    QDockWidget* addDock(
        const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area);

    WindowParts m_parts;
    LiveMenus m_menus;
    QMenuBar* m_bar = nullptr;
    QWidget* m_top = nullptr; // menu, transport, prompt, messages
    QTimer m_fit;
    QDockWidget* m_voices = nullptr;
    QDockWidget* m_cards = nullptr;
    QDockWidget* m_sampler = nullptr;
    QDockWidget* m_diagnostics = nullptr;
    QDockWidget* m_history = nullptr;
    std::function<bool()> m_may_close;
};

} // namespace chainsong
