#include "widgets/theme/style_sheet.h"

#include <utility>

namespace chainsong {
namespace {

// @names stand for the theme's colours.
constexpr const char* kSheet = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @line_strong; padding: 4px 6px; }
QMenuBar { background: @panel; border-bottom: 1px solid @line; padding: 2px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @line_strong; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @accent; color: @accent_text; }
QMenu::item:disabled { color: @faded; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }

QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 4px; background: transparent; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @pressed; }
QToolButton:checked { background: @tint; border-color: @accent; }
QToolButton:focus { border-color: @accent; }
QToolButton[popupMode="1"], QToolButton[popupMode="2"] { padding-right: 17px; }
QToolButton::menu-button { border: none; width: 14px; }
QToolButton::menu-indicator { subcontrol-position: right center; right: 3px; }

QPushButton { background: @raised; border: 1px solid @line_strong; border-radius: 5px; padding: 5px 14px; min-height: 16px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @pressed; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faded; border-color: @line; }
QPushButton[accent="true"] { background: @accent; color: @accent_text; border-color: @accent; font-weight: 600; }
QPushButton[accent="true"]:hover { background: @accent_hover; }
QPushButton[accent="true"]:focus { border: 2px solid @text; padding: 4px 13px; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: @hover; }
QPushButton[name="true"] { text-align: left; padding: 2px 4px; color: @text_muted; }

QLineEdit, QPlainTextEdit[field="true"] { background: @raised; border: 1px solid @line_strong; border-radius: 5px; padding: 3px 6px;
    selection-background-color: @accent; selection-color: @accent_text; }
QLineEdit:focus, QPlainTextEdit[field="true"]:focus { border-color: @accent; }
QLineEdit[quiet="true"] { background: transparent; border-color: transparent; padding: 1px 3px; }
QLineEdit[quiet="true"]:hover { border-color: @line_strong; }
QLineEdit[quiet="true"]:focus { background: @raised; border-color: @accent; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 2px; min-width: 28px; min-height: 28px; }
QScrollBar::handle:hover { background: @text_muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { height: 4px; background: @line_strong; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @raised; border: 2px solid @accent; width: 10px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: @accent; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: @line_strong; border-color: @line_strong; }

QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: @panel; padding: 6px 10px; border-bottom: 1px solid @line; text-align: left; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QSplitter::handle { background: @line; }
QStatusBar { background: @panel; border-top: 1px solid @line; }
QStatusBar::item { border: none; }

QTabBar::tab { background: transparent; border: none; padding: 6px 12px; color: @text_muted; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }

QHeaderView::section { background: @panel; color: @text_muted; border: none; border-bottom: 1px solid @line; padding: 5px 8px; }
QTableView { background: @canvas; border: none; gridline-color: @line; alternate-background-color: @panel; }
QTableView::item { padding: 2px 8px; }
QScrollArea, QAbstractScrollArea[frameless="true"] { border: none; }
QScrollArea > QWidget > QWidget[list="true"] { background: @panel; }
QGroupBox { border: 1px solid @line; border-radius: 6px; margin-top: 18px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 2px; color: @text_muted; }
QLabel[muted="true"] { color: @text_muted; }
QLabel[section="true"] { color: @text_muted; font-weight: 600; }
)";

} // namespace

QString styleSheet(Theme theme) {
    const ThemeColors& c = themeColors(theme);
    // Longer names first: "@text_muted" must not be read as "@text".
    const std::pair<const char*, QColor> names[] = {{"@accent_hover", mixed(c.accent, c.text, 0.15)},
        {"@accent_text", c.accent_text}, {"@line_strong", c.line_strong}, {"@text_muted", c.text_muted},
        {"@pressed", mixed(c.panel, c.text, 0.2)}, {"@scroll", mixed(c.panel, c.text, 0.28)},
        {"@raised", c.raised}, {"@canvas", c.canvas}, {"@accent", c.accent},
        {"@hover", mixed(c.panel, c.text, 0.1)}, {"@faded", mixed(c.text_muted, c.panel, 0.4)},
        {"@panel", c.panel}, {"@tint", mixed(c.panel, c.accent, 0.22)}, {"@text", c.text}, {"@line", c.line}};
    QString sheet = QString::fromLatin1(kSheet);
    for (const auto& [name, color] : names) sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

} // namespace chainsong
