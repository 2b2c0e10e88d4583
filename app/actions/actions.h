#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace chainsong {

/// The menus of the window, in their order.
enum class MenuId { kFile, kEdit, kView, kCompose, kSampler, kPlayback, kHelp };
constexpr int kNumMenus = 7;

/// Where an action's keys work: anywhere in the window; only while the music has the focus (plain letters,
/// digits, arrows: text fields and lists need them); or the piano roll listens itself and the menu only says
/// so.
enum class Reach { kWindow, kMusic, kRollItself };

/// One thing a user can do: its place in the menus and its keys (in QKeySequence's portable text, several
/// separated by spaces).
struct ActionSpec {
    const char* id;
    MenuId menu;
    const char* text; // English, translated in the context "Actions"
    const char* keys;
    Reach reach = Reach::kWindow;
    bool is_checkable = false;
    bool begins_group = false; // a separator before it
};

/// All there is to do. Menus, shortcut sheet and palette are made from this one table.
std::span<const ActionSpec> actionSpecs();

/// The actions as Qt has them, made once for a window.
class Actions final : public QObject {
    Q_OBJECT
public:
    explicit Actions(QObject* parent = nullptr);

    QAction& operator[](std::string_view id) const;
    void on(std::string_view id, std::function<void()> run);
    void onToggled(std::string_view id, std::function<void(bool)> run);
    /// True once somebody listens: an action in a menu that does nothing is a bug.
    bool isConnected(std::string_view id) const { return m_connected.contains(id); }
    /// Makes the keys work: window-wide ones everywhere in `window`, the music's in `music` and their
    /// children.
    void bindTo(QWidget* window, const std::vector<QWidget*>& music);
    /// Fills the menu bar in the order of the table; returns the menus.
    std::vector<QMenu*> fill(QMenuBar* bar) const;
    /// Texts in the language in force.
    void retranslate();

    /// The action's text without its mnemonic, and its keys as the platform writes them.
    static QString plainText(const QAction& action);
    QString keysText(std::string_view id) const;
    const std::vector<QAction*>& all() const { return m_actions; }

private:
    std::vector<QAction*> m_actions; // in the order of actionSpecs()
    std::map<std::string_view, std::size_t> m_index;
    std::set<std::string, std::less<>> m_connected;
};

QString menuTitle(MenuId menu);
/// A menu text as it reads outside of menus: "&Open…" and "打开(&O)…" without the key.
QString withoutMnemonic(QString text);

} // namespace chainsong
