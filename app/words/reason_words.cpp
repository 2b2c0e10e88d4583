#include "app/words/reason_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "app/words/chip_words.h"

namespace chainsong {
namespace {

/// The context of these texts in the translations.
struct ReasonText {
    Q_DECLARE_TR_FUNCTIONS(Reasons)
};

constexpr double kSmallestShare = 0.03; // less is not worth a word

QString percent(double share_unit) {
    return share_unit < 0.01 ? ReasonText::tr("< 1 %")
                             : ReasonText::tr("%1 %").arg(QLocale().toString(100 * share_unit, 'f', 0));
}

QString nameOf(const NoteExplanation::Influence& influence, const QString& prompt) {
    using Kind = NoteExplanation::Influence::Kind;
    switch (influence.kind) {
    case Kind::kWord: {
        const auto characters = prompt.toUcs4();
        const auto word =
            characters.mid(influence.word.first, influence.word.past_last - influence.word.first);
        return ReasonText::tr("“%1”").arg(
            QString::fromUcs4(reinterpret_cast<const char32_t*>(word.constData()), word.size()));
    }
    case Kind::kChip: {
        const QString chip = QString::fromStdString(influence.chip);
        return chipTitle(chip.section(QLatin1Char('='), 0, 0).toStdString()) + QLatin1Char(' ')
            + chip.section(QLatin1Char('='), 1);
    }
    case Kind::kEarlierBar: return ReasonText::tr("bar %1").arg(influence.index + 1);
    case Kind::kGivenBar: return ReasonText::tr("bar %1, given").arg(influence.index + 1);
    case Kind::kPhrase: return QString::fromStdString(influence.phrase);
    }
    return {};
}

} // namespace

QString reasonText(
    const NoteExplanation& reason, const Note& note, const Key& key, const std::string& prompt) {
    QStringList others;
    for (const auto& choice : reason.choices)
        if (choice.key != note.key && choice.probability >= kSmallestShare)
            others << QStringLiteral("%1 %2").arg(
                QString::fromStdString(noteName(choice.key, key)), percent(choice.probability));
    const QString own = ReasonText::tr("Model: %1 for this pitch").arg(percent(reason.pitch_probability));
    QString text =
        others.isEmpty() ? own : ReasonText::tr("%1; else %2").arg(own, others.join(QStringLiteral(", ")));
    QStringList looks;
    for (const auto& influence : reason.influences)
        if (influence.share_unit >= kSmallestShare)
            looks << QStringLiteral("%1 %2").arg(
                nameOf(influence, QString::fromStdString(prompt)), percent(influence.share_unit));
    if (!looks.isEmpty())
        text += QLatin1Char('\n') + ReasonText::tr("It looked at %1").arg(looks.join(QStringLiteral(", ")));
    return text;
}

} // namespace chainsong
