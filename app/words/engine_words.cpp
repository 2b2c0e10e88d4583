#include "app/words/engine_words.h"

#include <QCoreApplication>
#include <QLocale>
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
        "form: %1 bars cannot be divided into %2 equal sections; the piece takes its form as it comes."),
    QT_TRANSLATE_NOOP("Engine", "form: %1 bars cannot be divided into %2 equal sections"),
    QT_TRANSLATE_NOOP("Engine", "Only the prompt model knows of forms; the rules write without one."),
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
    // A sampler's run from files.
    QT_TRANSLATE_NOOP(
        "Engine", "The %1 chains tell the same story (R-hat %2, %3 of %4 independent draws asked for)."),
    QT_TRANSLATE_NOOP(
        "Engine", "The %1 chains nearly agree (R-hat %2, %3 of %4 independent draws): keep going."),
    QT_TRANSLATE_NOOP("Engine",
        "The %1 chains do not agree yet (R-hat %2, %3 of %4 independent draws): do not use these draws."),
    QT_TRANSLATE_NOOP("Engine",
        "The two halves of the chain nearly agree (R-hat %1, %2 of %3 independent draws): keep going."),
    QT_TRANSLATE_NOOP("Engine",
        "The two halves of the chain do not agree yet (R-hat %1, %2 of %3 independent draws): do not use "
        "these draws."),
    QT_TRANSLATE_NOOP("Engine",
        "The %1 chains agree, but a few more independent draws are wanted (R-hat %2, %3 of %4 independent "
        "draws): keep going."),
    QT_TRANSLATE_NOOP("Engine",
        "The two halves of the chain agree, but a few more independent draws are wanted (R-hat %1, %2 of %3 "
        "independent draws): keep going."),
    QT_TRANSLATE_NOOP("Engine",
        "The %1 chains do not contradict one another, but there are too few independent draws (R-hat %2, %3 "
        "of "
        "%4 independent draws): do not use them yet."),
    QT_TRANSLATE_NOOP("Engine",
        "The two halves of the chain do not contradict one another, but there are too few independent draws "
        "(R-hat %1, %2 of %3 independent draws): do not use them yet."),
    QT_TRANSLATE_NOOP(
        "Engine", "The two halves of the chain agree, but one chain cannot show a second mode."),
    QT_TRANSLATE_NOOP("Engine", "Too early to say: there are fewer than 100 draws."),
    QT_TRANSLATE_NOOP("Engine", "Too early to say: each chain needs 8 draws at least."),
    QT_TRANSLATE_NOOP("Engine", "Nothing moved: every quantity is constant, so R-hat has no meaning."),
    QT_TRANSLATE_NOOP("Engine",
        "R-hat and the number of independent draws are fine, but the sampler met trouble: read the "
        "warnings."),
    QT_TRANSLATE_NOOP("Engine", "Some draws are not finite: do not use this run."),
    QT_TRANSLATE_NOOP("Engine",
        "There is one chain only: R-hat compares its two halves, but a second mode would go unnoticed. Run "
        "four."),
    QT_TRANSLATE_NOOP("Engine",
        "%1 transition diverged: the draws may miss a narrow part of the distribution. Take local "
        "steps (walnuts), raise the target acceptance, or give the parameters another form."),
    QT_TRANSLATE_NOOP("Engine",
        "%1 transitions diverged: the draws may miss a narrow part of the distribution. Take local "
        "steps (walnuts), raise the target acceptance, or give the parameters another form."),
    QT_TRANSLATE_NOOP("Engine",
        "%1 transition reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree "
        "depth or rescale the parameters."),
    QT_TRANSLATE_NOOP("Engine",
        "%1 transitions reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree "
        "depth or rescale the parameters."),
    QT_TRANSLATE_NOOP("Engine",
        "E-BFMI is %1, below 0.3: the chain explores its energies slowly and may miss the tails. Give the "
        "parameters another form."),
    QT_TRANSLATE_NOOP("Engine",
        "The chains disagree most about %1. Draw longer; chains that stay apart sit in different modes: "
        "temper them (kernel smc), or give the parameters another form."),
    QT_TRANSLATE_NOOP("Engine", "Farthest from settled: %1. Draw longer."),
    QT_TRANSLATE_NOOP("Engine", "Not every draw is a finite number: %1. Nothing can be said of them."),
    QT_TRANSLATE_NOOP("Engine", "%1: line %2: the last row is cut off and was left out"),
    QT_TRANSLATE_NOOP(
        "Engine", "The chains hold different numbers of warm-up draws; the first %1 of each are left out."),
    QT_TRANSLATE_NOOP(
        "Engine", "The chains differ in length; what compares them uses the first %1 draws of each."),
    QT_TRANSLATE_NOOP("Engine", "there is no such file"),
    QT_TRANSLATE_NOOP("Engine", "the file is empty"),
    QT_TRANSLATE_NOOP("Engine", "the file is too large to read"),
    QT_TRANSLATE_NOOP("Engine", "the folder holds no .csv files"),
    QT_TRANSLATE_NOOP("Engine", "the folder cannot be read"),
    QT_TRANSLATE_NOOP("Engine", "there are no draws after warm-up"),
    QT_TRANSLATE_NOOP("Engine", "the file names no quantity, only columns of the sampler"),
    QT_TRANSLATE_NOOP("Engine", "line %1: the file holds no header and no draws"),
    QT_TRANSLATE_NOOP("Engine", "line %1: the header has a column without a name"),
    QT_TRANSLATE_NOOP("Engine", "line %1: the header is missing: the first line holds numbers"),
    QT_TRANSLATE_NOOP("Engine", "line %1: the header names \"%2\" twice"),
    QT_TRANSLATE_NOOP("Engine", "line %1: the row has %2 values, the header names %3"),
    QT_TRANSLATE_NOOP("Engine", "line %1: \"%2\" in column %3 is not a number"),
    QT_TRANSLATE_NOOP("Engine", "line %1: the file holds too many draws to read"),
    QT_TRANSLATE_NOOP("Engine", "this is no chain of the same run: the column \"%1\" is missing"),
    QT_TRANSLATE_NOOP(
        "Engine", "this is no chain of the same run: the column \"%1\" is not in the first file"),
    QT_TRANSLATE_NOOP("Engine",
        "this is no chain of the same run: the columns stand in another order than in the first file"),
    QT_TRANSLATE_NOOP("Engine", "more than %1 files are too many chains for one run"),
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

/// A number with decimals, with the user's decimal point.
QString asWritten(QString words) {
    static const QRegularExpression kNumber(
        QRegularExpression::anchoredPattern(QStringLiteral("-?\\d+\\.\\d+")));
    return kNumber.match(words).hasMatch() ? words.replace(QLatin1Char('.'), QLocale().decimalPoint())
                                           : words;
}

} // namespace

QString engineText(const std::string& sentence) {
    const QString english = QString::fromStdString(sentence);
    for (const Pattern& pattern : patterns()) {
        const auto match = pattern.expression.match(english);
        if (!match.hasMatch()) continue;
        QString text = QCoreApplication::translate("Engine", pattern.source);
        for (int i = 1; i <= match.lastCapturedIndex(); ++i)
            text.replace(QLatin1Char('%') + QString::number(i), asWritten(match.captured(i)));
        return text;
    }
    return english;
}

} // namespace chainsong
