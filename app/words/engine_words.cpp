#include "app/words/engine_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <vector>

namespace chainsong {
namespace {

// Progress, notices and failures that users meet; the rare rest stays English.
constexpr std::array kSentences{
    QT_TRANSLATE_NOOP("Engine", "The prompt model could not be loaded; composing with rules only."),
    QT_TRANSLATE_NOOP("Engine", "waiting for the model"),
    QT_TRANSLATE_NOOP("Engine", "reading the prompt"),
    QT_TRANSLATE_NOOP("Engine", "composing"),
    QT_TRANSLATE_NOOP("Engine", "resampling"),
    QT_TRANSLATE_NOOP("Engine", "sampling"),
    QT_TRANSLATE_NOOP("Engine", "Rendering sound"),
    QT_TRANSLATE_NOOP("Engine", "the text was cut after %1 characters"),
    QT_TRANSLATE_NOOP("Engine", "%1 can be %2 to %3; %4 was taken as %5"),
    QT_TRANSLATE_NOOP("Engine", "%1 to %2 bars were asked for; the larger number counts"),
    QT_TRANSLATE_NOOP("Engine", "tempo_bpm can be 20 to 300; the range was cut to that"),
    QT_TRANSLATE_NOOP("Engine", "a piece has at most 8 voices"),
    QT_TRANSLATE_NOOP("Engine", "a piece has at most 8 voices; the first 8 instruments count"),
    QT_TRANSLATE_NOOP("Engine", "%1 and %2 contradict each other; the last one counts"),
    QT_TRANSLATE_NOOP("Engine", "%1 and %2 contradict each other; the key counts"),
    QT_TRANSLATE_NOOP("Engine", "“%1” is both wanted and not wanted; it is left out"),
    QT_TRANSLATE_NOOP("Engine", "There is no instrument \"%1\"; it was left out."),
    QT_TRANSLATE_NOOP("Engine",
        "The constraints left no way on at first; the sampler had to back up, so the evidence is "
        "approximate."),
    QT_TRANSLATE_NOOP("Engine", "Sound: %1"),
    QT_TRANSLATE_NOOP("Engine", "No sound device found. Playing silently; you can still export WAV."),
    QT_TRANSLATE_NOOP("Engine", "The sound device was lost: %1. Playing silently until it is back."),
    QT_TRANSLATE_NOOP("Engine",
        "No soundfont found. Install one with \"sudo apt install timgm6mb-soundfont\", or choose an .sf2 or "
        ".sf3 file "
        "(CHAINSONG_SOUNDFONT names one, too)."),
};

struct Pattern {
    QRegularExpression expression;
    const char* source;
};

const std::vector<Pattern>& patterns() {
    static const std::vector<Pattern> all = [] {
        std::vector<Pattern> made;
        for (const char* source : kSentences) {
            QString text = QRegularExpression::escape(QString::fromUtf8(source));
            text.replace(QRegularExpression(QStringLiteral("\\\\%[1-9]")), QStringLiteral("(.+?)"));
            made.push_back({QRegularExpression(QRegularExpression::anchoredPattern(text)), source});
        }
        return made;
    }();
    return all;
}

} // namespace

QString engineText(const std::string& sentence) {
    const QString english = QString::fromStdString(sentence);
    for (const Pattern& pattern : patterns()) {
        const auto match = pattern.expression.match(english);
        if (!match.hasMatch()) continue;
        QString text = QCoreApplication::translate("Engine", pattern.source);
        for (int i = 1; i <= match.lastCapturedIndex(); ++i)
            text.replace(QLatin1Char('%') + QString::number(i), match.captured(i));
        return text;
    }
    return english;
}

} // namespace chainsong
