#include "app/preferences/languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace chainsong {
namespace {

QString spoken(const QString& code) {
    const QString wanted = code.isEmpty() ? QLocale::system().name() : code;
    for (const Language& language : languages())
        if (wanted.startsWith(QLatin1String(language.code).left(2))) return QLatin1String(language.code);
    return QStringLiteral("en");
}

} // namespace

const std::vector<Language>& languages() {
    static const std::vector<Language> all{{"en", "English"}, {"de", "Deutsch"}, {"zh_CN", "简体中文"}};
    return all;
}

void Languages::use(const QString& code) {
    m_current = spoken(code);
    m_own = std::make_unique<QTranslator>();
    m_qt = std::make_unique<QTranslator>();
    QLocale::setDefault(QLocale(m_current));
    if (m_own->load(QStringLiteral(":/i18n/chainsong_%1.qm").arg(m_current)))
        QCoreApplication::installTranslator(m_own.get());
    if (m_current != QLatin1String("en")
        && m_qt->load(
            QStringLiteral("qtbase_%1").arg(m_current), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(m_qt.get());
}

} // namespace chainsong
