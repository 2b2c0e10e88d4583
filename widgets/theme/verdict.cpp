#include "widgets/theme/verdict.h"

#include <QCoreApplication>

namespace chainsong {

QString verdictShape(Verdict verdict) {
    switch (verdict) {
    case Verdict::kGood: return QStringLiteral("●");
    case Verdict::kKeepGoing: return QStringLiteral("▲");
    case Verdict::kNotYet: return QStringLiteral("■");
    case Verdict::kTooEarly: break;
    }
    return QStringLiteral("○");
}

QString verdictWord(Verdict verdict) {
    switch (verdict) {
    case Verdict::kGood: return QCoreApplication::translate("Verdict", "good");
    case Verdict::kKeepGoing: return QCoreApplication::translate("Verdict", "keep going");
    case Verdict::kNotYet: return QCoreApplication::translate("Verdict", "not yet");
    case Verdict::kTooEarly: break;
    }
    return QCoreApplication::translate("Verdict", "too early");
}

QColor verdictColor(Verdict verdict, Theme theme) {
    const ThemeColors& colors = themeColors(theme);
    switch (verdict) {
    case Verdict::kGood: return colors.good;
    case Verdict::kKeepGoing: return colors.keep_going;
    case Verdict::kNotYet: return colors.not_yet;
    case Verdict::kTooEarly: break;
    }
    return colors.neutral;
}

} // namespace chainsong
