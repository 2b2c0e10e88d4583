#include "app/words/originality_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace chainsong {
namespace {

QString percent(double share_unit) { return QLocale().toString(100 * share_unit, 'f', 1); }

/// "longest run 11 notes, 4.0 % of its stretches of nine notes".
QString sharedText(const SharedRuns& shared) {
    if (shared.longest_run_notes < KnownRuns::kShortestRunNotes)
        return QCoreApplication::translate("Originality", "no run of nine notes stands there");
    return QCoreApplication::translate(
        "Originality", "longest run %1 notes; %2 % of its stretches of nine notes stand there")
        .arg(shared.longest_run_notes)
        .arg(percent(shared.reused_unit));
}

QString nameOf(const Score& score, int track) {
    const std::string& name = score.tracks[static_cast<std::size_t>(track)].name;
    return name.empty() ? QCoreApplication::translate("Originality", "Voice %1").arg(track + 1)
                        : QString::fromStdString(name);
}

} // namespace

QString originalityText(const Originality& originality, const Score& score) {
    QStringList lines;
    for (const VoiceOriginality& voice : originality.voices) {
        const QString name = nameOf(score, voice.track);
        if (originality.has_training)
            lines.append(
                QCoreApplication::translate("Originality", "%1, against the music that was learnt from: %2")
                    .arg(name, sharedText(voice.training)));
        if (originality.has_library)
            lines.append(QCoreApplication::translate("Originality", "%1, against the library: %2")
                             .arg(name, sharedText(voice.library)));
        if (voice.place)
            lines.append(QCoreApplication::translate("Originality", "… in “%1”")
                             .arg(QString::fromStdString(voice.place->source.title)));
    }
    for (const HumanRuns& human : originality.human)
        if (human.part == "all")
            lines.append(QCoreApplication::translate("Originality",
                "Music of people, for comparison: longest run %1 notes in the middle, %2 at most in 95 of "
                "100 "
                "voices; %3 % of the stretches.")
                             .arg(QLocale().toString(human.longest_run_median, 'f', 0),
                                 QLocale().toString(human.longest_run_95, 'f', 0),
                                 percent(human.reused_unit)));
    if (originality.voices.empty())
        lines.prepend(QCoreApplication::translate("Originality", "No voice here has a melody to compare."));
    return lines.join(QLatin1Char('\n'));
}

} // namespace chainsong
