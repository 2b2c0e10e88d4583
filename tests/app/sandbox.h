#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "app/preferences/preferences.h"

/// Folders of a test's own for settings, recovery files and exports: nothing of the user's is touched.
struct Sandbox {
    QTemporaryDir folder;
    Sandbox() {
        qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
        qputenv("XDG_STATE_HOME", folder.path().toUtf8());
        chainsong::Preferences preferences;
        preferences.setLanguage(QStringLiteral("en"));
        preferences.setTheme(QStringLiteral("light"));
        preferences.setOutputName(QStringLiteral("silence"));
        preferences.setLastFolder(folder.path());
    }
    QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
};
