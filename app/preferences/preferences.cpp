#include "app/preferences/preferences.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace chainsong {
namespace {

constexpr int kMaxRecent = 10;

QString settingsPath() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/chainsong/chainsong.ini");
}

} // namespace

Preferences::Preferences()
    : m_settings(settingsPath(), QSettings::IniFormat) { }

QString Preferences::theme() const { return m_settings.value("theme", "system").toString(); }
void Preferences::setTheme(const QString& theme) { m_settings.setValue("theme", theme); }

QString Preferences::language() const { return m_settings.value("language").toString(); }
void Preferences::setLanguage(const QString& language) { m_settings.setValue("language", language); }

QByteArray Preferences::geometry() const { return m_settings.value("window/geometry").toByteArray(); }
QByteArray Preferences::layout() const { return m_settings.value("window/layout").toByteArray(); }
void Preferences::setLayout(const QByteArray& geometry, const QByteArray& layout) {
    m_settings.setValue("window/geometry", geometry);
    m_settings.setValue("window/layout", layout);
}

QStringList Preferences::recentFiles() const {
    QStringList there;
    for (const QString& path : m_settings.value("recent").toStringList())
        if (QFileInfo::exists(path)) there.append(path);
    return there;
}

void Preferences::addRecentFile(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = m_settings.value("recent").toStringList();
    files.removeAll(absolute);
    files.prepend(absolute);
    m_settings.setValue("recent", files.mid(0, kMaxRecent));
}

QString Preferences::lastFolder() const {
    const QString folder = m_settings.value("folder").toString();
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}
void Preferences::setLastFolder(const QString& folder) { m_settings.setValue("folder", folder); }

QString Preferences::outputName() const { return m_settings.value("sound/output").toString(); }
void Preferences::setOutputName(const QString& name) { m_settings.setValue("sound/output", name); }
QString Preferences::soundfont() const { return m_settings.value("sound/soundfont").toString(); }
void Preferences::setSoundfont(const QString& path) { m_settings.setValue("sound/soundfont", path); }
QString Preferences::phraseLibrary() const { return m_settings.value("compose/phrases").toString(); }
void Preferences::setPhraseLibrary(const QString& name) { m_settings.setValue("compose/phrases", name); }
double Preferences::volume() const { return m_settings.value("sound/volume", 0.8).toDouble(); }
void Preferences::setVolume(double volume_unit) { m_settings.setValue("sound/volume", volume_unit); }

bool Preferences::hasSeenHint() const { return m_settings.value("hint_seen", false).toBool(); }
void Preferences::setHintSeen() { m_settings.setValue("hint_seen", true); }

QString stateFolder() {
    const QString base = qEnvironmentVariable("XDG_STATE_HOME");
    return (base.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : base)
        + QStringLiteral("/chainsong");
}

} // namespace chainsong
