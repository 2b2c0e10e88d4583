#include "app/window/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

#include "app/actions/actions.h"
#include "app/window/hint.h"
#include "app/window/roll_bar.h"
#include "app/window/sampler_panel.h"
#include "widgets/diagnostics_table/diagnostics_table.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/message_bar/status_strip.h"
#include "widgets/piano_roll/piano_roll.h"
#include "widgets/prompt_bar/prompt_bar.h"
#include "widgets/transport_bar/transport_bar.h"
#include "widgets/variation_cards/variation_cards.h"
#include "widgets/voices_panel/voices_panel.h"

namespace chainsong {
namespace {

/// Grows when docks come or go: an older saved layout is then not used.
constexpr int kLayoutVersion = 1;
constexpr QSize kDefaultSize(1400, 900);
constexpr QSize kSmallestSize(1024, 640);

} // namespace

MainWindow::MainWindow(Actions& actions) {
    setObjectName(QStringLiteral("main"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    setMinimumSize(kSmallestSize);
    resize(kDefaultSize);

    m_parts.roll = new PianoRoll(this);
    m_parts.roll_bar = new RollBar(this);
    auto* const centre = new QWidget(this);
    auto* const column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_parts.roll_bar);
    column->addWidget(m_parts.roll, 1);
    setCentralWidget(centre);
    m_parts.hint = new Hint(m_parts.roll->viewport(), [roll = m_parts.roll] { return roll->noteArea(); });

    buildTop(actions);
    buildDocks();
    m_parts.status = new StatusStrip(this);
    statusBar()->addWidget(m_parts.status, 1);
    statusBar()->setSizeGripEnabled(false);
    addLiveMenus(actions, actions.fill(m_bar));
    actions.bindTo(this, {m_parts.roll, m_parts.cards, m_parts.voices, m_parts.sampler});
    applyLayout(LayoutPreset::kCompose);
    m_parts.roll->setFocus();
}

/// Menu, transport, prompt and messages span the whole width, above the docks.
void MainWindow::buildTop(Actions&) {
    auto* const top = new QWidget(this);
    auto* const column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = new QMenuBar(top);
    m_parts.transport = new TransportBar(top);
    m_parts.prompt = new PromptBar(top);
    m_parts.message = new MessageBar(top);
    column->addWidget(m_bar);
    column->addWidget(m_parts.transport);
    column->addWidget(m_parts.prompt);
    column->addWidget(m_parts.message);
    setMenuWidget(top);
    m_top = top;
    m_top->installEventFilter(this);
    m_fit.setSingleShot(true);
    connect(&m_fit, &QTimer::timeout, this, &MainWindow::fitTop);
}

QDockWidget* MainWindow::addDock(
    const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area) {
    auto* const dock = new QDockWidget(title, this);
    dock->setObjectName(name); // what saveState() knows it by
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::buildDocks() {
    m_parts.voices = new VoicesPanel(this);
    m_parts.cards = new VariationCards(this);
    m_parts.sampler = new SamplerPanel(this);
    m_parts.diagnostics = new DiagnosticsTable(this);
    m_parts.history = new QListWidget(this);
    m_parts.history->setAccessibleName(tr("Steps that can be undone"));
    m_voices = addDock(QStringLiteral("voices"), tr("Voices"), m_parts.voices, Qt::LeftDockWidgetArea);
    m_cards = addDock(QStringLiteral("variations"), tr("Cards"), m_parts.cards, Qt::LeftDockWidgetArea);
    m_sampler = addDock(QStringLiteral("sampler"), tr("Sampler"), m_parts.sampler, Qt::RightDockWidgetArea);
    m_history = addDock(QStringLiteral("history"), tr("History"), m_parts.history, Qt::RightDockWidgetArea);
    m_diagnostics = addDock(
        QStringLiteral("diagnostics"), tr("Diagnostics"), m_parts.diagnostics, Qt::BottomDockWidgetArea);
}

void MainWindow::addLiveMenus(Actions& actions, const std::vector<QMenu*>& menus) {
    const auto menu = [&](MenuId id) { return menus[static_cast<std::size_t>(id)]; };
    m_menus.recent = new QMenu(tr("Open &recent"), this);
    menu(MenuId::kFile)->insertMenu(&actions["example"], m_menus.recent);
    QMenu* const view = menu(MenuId::kView);
    view->addSeparator();
    for (QDockWidget* dock : {m_voices, m_cards, m_sampler, m_history, m_diagnostics})
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    m_menus.theme = view->addMenu(tr("&Theme"));
    m_menus.language = view->addMenu(tr("&Language"));
    QMenu* const playback = menu(MenuId::kPlayback);
    m_menus.output = playback->addMenu(tr("Sound &output"));
}

void MainWindow::applyLayout(LayoutPreset preset) {
    const bool diagnoses = preset == LayoutPreset::kDiagnose;
    for (QDockWidget* dock : {m_voices, m_cards, m_sampler, m_history, m_diagnostics})
        dock->setFloating(false);
    addDockWidget(Qt::LeftDockWidgetArea, m_voices);
    addDockWidget(Qt::LeftDockWidgetArea, m_cards);
    addDockWidget(Qt::RightDockWidgetArea, m_sampler);
    addDockWidget(Qt::RightDockWidgetArea, m_history);
    addDockWidget(Qt::BottomDockWidgetArea, m_diagnostics);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_voices->show();
    m_cards->show();
    m_sampler->show();
    m_history->setVisible(diagnoses);
    m_diagnostics->setVisible(diagnoses);
    resizeDocks({m_voices, m_cards}, {330, 400}, Qt::Vertical);
    resizeDocks({m_voices, m_sampler}, {290, diagnoses ? 460 : 320}, Qt::Horizontal);
    if (diagnoses) resizeDocks({m_sampler, m_history}, {600, 120}, Qt::Vertical);
}

void MainWindow::restoreLayout(const QByteArray& geometry, const QByteArray& state) {
    if (!geometry.isEmpty()) restoreGeometry(geometry);
    if (state.isEmpty() || !restoreState(state, kLayoutVersion)) applyLayout(LayoutPreset::kCompose);
}

QByteArray MainWindow::layoutState() const { return saveState(kLayoutVersion); }

void MainWindow::toggleDiagnostics() { m_diagnostics->setVisible(!m_diagnostics->isVisible()); }

void MainWindow::focusRegion(int direction) {
    const std::vector<QWidget*> regions{m_parts.transport, m_parts.prompt, m_parts.roll_bar, m_parts.roll,
        m_parts.voices, m_parts.cards, m_parts.sampler, m_parts.diagnostics};
    const int count = static_cast<int>(regions.size());
    int at = 0;
    for (int i = 0; i < count; ++i) {
        const QWidget* region = regions[static_cast<std::size_t>(i)];
        if (QWidget* focus = focusWidget(); focus && (focus == region || region->isAncestorOf(focus))) at = i;
    }
    for (int step = 1; step <= count; ++step) {
        QWidget* const region =
            regions[static_cast<std::size_t>(((at + direction * step) % count + count) % count)];
        if (!region->isVisible()) continue;
        QWidget* target = region;
        while (target && (target->focusPolicy() & Qt::TabFocus) == 0) {
            const auto children = target->findChildren<QWidget*>();
            const auto found = std::find_if(children.begin(), children.end(), [](const QWidget* child) {
                return child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus);
            });
            target = found == children.end() ? nullptr : *found;
        }
        if (!target) continue;
        target->setFocus(Qt::TabFocusReason);
        return;
    }
}

/// Chips wrap and messages come and go. QMainWindow keeps the height that it asked for once, and would
/// stretch menu and transport over what is left.
void MainWindow::fitTop() {
    m_top->layout()->invalidate();
    const int height = m_top->layout()->totalHeightForWidth(width());
    if (height > 0 && height != m_top->height()) m_top->setFixedHeight(height);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    const bool may_differ = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize
        || event->type() == QEvent::Show;
    if (watched == m_top && may_differ) m_fit.start(0);
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_may_close && !m_may_close()) return event->ignore();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths.append(url.toLocalFile());
    if (!paths.isEmpty()) Q_EMIT filesDropped(paths);
}

} // namespace chainsong
