#pragma once

#include <QColor>
#include <QString>

#include "widgets/theme/theme.h"

namespace chainsong {

/// What a diagnostic says, always shown as colour, shape and word together.
enum class Verdict { kTooEarly, kGood, kKeepGoing, kNotYet };

QString verdictShape(Verdict verdict); // ○ ● ▲ ■
QString verdictWord(Verdict verdict); // translated: "too early", "good", "keep going", "not yet"
QColor verdictColor(Verdict verdict, Theme theme);

} // namespace chainsong
