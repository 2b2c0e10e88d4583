#include "app/files/recovery.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include "app/preferences/preferences.h"

namespace chainsong {
namespace {

constexpr auto kEnding = ".chainsong";
constexpr auto kLeftEnding = ".left.chainsong";

QDir folder() {
    QDir dir(stateFolder() + QStringLiteral("/recovery"));
    dir.mkpath(QStringLiteral("."));
    return dir;
}

/// "waltz-20250131-142305-4711.chainsong": the process that writes it.
qint64 processOf(const QString& file_name) {
    static const QRegularExpression pattern(QStringLiteral("-(\\d+)\\.chainsong$"));
    return pattern.match(file_name).captured(1).toLongLong();
}

bool isAlive(qint64 process) { return QFile::exists(QStringLiteral("/proc/%1").arg(process)); }

} // namespace

QString newRecoveryPath(const QString& piece_name) {
    QString plain = piece_name.left(40);
    plain.replace(QRegularExpression(QStringLiteral("[^\\w ]")), QStringLiteral("_"));
    const QString time = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    return folder().filePath(QStringLiteral("%1-%2-%3%4")
                                 .arg(plain, time)
                                 .arg(QCoreApplication::applicationPid())
                                 .arg(QLatin1String(kEnding)));
}

void setAsideRecovery(const QString& path) {
    if (!QFile::exists(path)) return;
    QFile::rename(path, path.chopped(static_cast<qsizetype>(qstrlen(kEnding))) + QLatin1String(kLeftEnding));
    QDir dir = folder();
    const QStringList left =
        dir.entryList({QLatin1Char('*') + QLatin1String(kLeftEnding)}, QDir::Files, QDir::Time);
    for (const QString& old : left.mid(kKeptCopies)) dir.remove(old);
}

QString newestLeftBehind() {
    const QDir dir = folder();
    for (const QString& name :
        dir.entryList({QLatin1Char('*') + QLatin1String(kEnding)}, QDir::Files, QDir::Time)) {
        if (name.endsWith(QLatin1String(kLeftEnding))) continue;
        if (const qint64 process = processOf(name); process > 0 && !isAlive(process))
            return dir.filePath(name);
    }
    return {};
}

} // namespace chainsong
