#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace chainsong {

/// What the user's choices outlive: one small file in the user's configuration folder.
class Preferences {
public:
    Preferences();

    /// "system", "light" or "dark".
    QString theme() const;
    void setTheme(const QString& theme);
    /// "" = as the system; "en", "de", "zh_CN".
    QString language() const;
    void setLanguage(const QString& language);

    QByteArray geometry() const;
    QByteArray layout() const;
    void setLayout(const QByteArray& geometry, const QByteArray& layout);

    /// Newest first; files that are gone are left out.
    QStringList recentFiles() const;
    void addRecentFile(const QString& path);
    QString lastFolder() const;
    void setLastFolder(const QString& folder);

    QString outputName() const;
    void setOutputName(const QString& name);
    QString soundfont() const;
    void setSoundfont(const QString& path);
    /// "": none, "shipped", or a file of phrases.
    QString phraseLibrary() const;
    void setPhraseLibrary(const QString& name);
    double volume() const;
    void setVolume(double volume_unit);

    bool hasSeenHint() const;
    void setHintSeen();

private:
    QSettings m_settings;
};

/// $XDG_STATE_HOME/chainsong, by default ~/.local/state/chainsong: what a crash must leave behind.
QString stateFolder();

} // namespace chainsong
