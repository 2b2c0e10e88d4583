#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

#include "app/preferences/languages.h"

using namespace chainsong;

namespace {

struct Entry {
    QString context;
    QString source;
    QStringList texts; // one, or one a plural form
    bool is_numerus = false;
    bool is_finished = true;
};

std::vector<Entry> entriesOf(const QString& language) {
    QFile file(QStringLiteral(CHAINSONG_SOURCE "/translations/chainsong_%1.ts").arg(language));
    std::vector<Entry> entries;
    if (!file.open(QIODevice::ReadOnly)) return entries;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        if (xml.name() == QLatin1String("message")) {
            entries.push_back({});
            entries.back().context = context;
            entries.back().is_numerus =
                xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        }
        if (xml.name() == QLatin1String("source")) entries.back().source = xml.readElementText();
        if (xml.name() == QLatin1String("numerusform")) entries.back().texts.append(xml.readElementText());
        if (xml.name() == QLatin1String("translation")) {
            entries.back().is_finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!entries.back().is_numerus) entries.back().texts.append(xml.readElementText());
        }
    }
    return entries;
}

QStringList placesIn(const QString& text) {
    static const QRegularExpression place(QStringLiteral("%[1-9n]"));
    QStringList places;
    auto match = place.globalMatch(text);
    while (match.hasNext()) places.append(match.next().captured());
    places.removeDuplicates();
    places.sort();
    return places;
}

} // namespace

class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_text_is_translated_data() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"de", "zh_CN"}) QTest::newRow(language) << QString::fromLatin1(language);
    }
    void every_text_is_translated() {
        QFETCH(QString, language);
        const auto entries = entriesOf(language);
        QVERIFY(entries.size() > 300);
        for (const Entry& entry : entries) {
            const QByteArray which = (entry.context + QStringLiteral(": ") + entry.source).toUtf8();
            QVERIFY2(entry.is_finished, which.constData());
            QVERIFY2(!entry.texts.isEmpty(), which.constData());
            for (const QString& text : entry.texts) {
                QVERIFY2(!text.isEmpty(), which.constData());
                // A number that is put in must be put in everywhere ("one" may do without its %n).
                QStringList wanted = placesIn(entry.source);
                QStringList found = placesIn(text);
                if (entry.is_numerus) {
                    wanted.removeAll(QStringLiteral("%n"));
                    found.removeAll(QStringLiteral("%n"));
                }
                QVERIFY2(wanted == found, which.constData());
            }
        }
    }

    /// The list of texts is made from the sources; a text that is missing here was added without it.
    void no_text_of_the_program_is_missing() {
        QSet<QString> known;
        for (const Entry& entry : entriesOf(QStringLiteral("de"))) known.insert(entry.source);
        static const QRegularExpression call(QStringLiteral("\\btr\\(\"((?:[^\"\\\\]|\\\\.)*)\"\\s*[,)]"));
        for (const char* part : {"app", "widgets"}) {
            QDirIterator files(QStringLiteral(CHAINSONG_SOURCE "/") + QLatin1String(part),
                {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                auto match = call.globalMatch(QString::fromUtf8(file.readAll()));
                while (match.hasNext()) {
                    QString source = match.next().captured(1);
                    source.replace(QLatin1String("\\n"), QLatin1String("\n"))
                        .replace(QLatin1String("\\\""), QLatin1String("\""));
                    QVERIFY2(
                        known.contains(source), qPrintable(file.fileName() + QStringLiteral(": ") + source));
                }
            }
        }
    }

    void the_program_carries_its_languages() {
        for (const Language& language : languages())
            QVERIFY2(
                QFile::exists(QStringLiteral(":/i18n/chainsong_%1.qm").arg(QLatin1String(language.code))),
                language.code);
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "translations_test.moc"
