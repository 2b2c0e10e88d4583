#pragma once

#include <QSize>
#include <QString>

class QWidget;

namespace chainsong {

class Studio;

/// Draws from Neal's funnel, which no sampler likes, writes the chains as Stan CSV, and opens them as a user
/// would: warnings, divergences and offenders are all there. `plot` is "ranks", "densities", "means",
/// "autocorrelation", "ess", "pairs", "energy" or empty for traces. Null if it failed.
QWidget* openRunScene(Studio& studio, const QString& plot, QSize size);

} // namespace chainsong
