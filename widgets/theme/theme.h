#pragma once

#include <QColor>
#include <QPalette>

class QApplication;

namespace chainsong {

enum class Theme { kLight, kDark };

/// Gives the whole program the Fusion style, the palette and the spacing of that theme.
void applyTheme(QApplication& application, Theme theme);
/// What the desktop seems to use, judged by its palette's lightness (Qt 6.4 has no better way).
Theme themeOf(const QPalette& palette);
QPalette themePalette(Theme theme);

/// The colours that a palette has no role for. All text colours have contrast >= 4.5:1 on `panel` and
/// `canvas`.
struct ThemeColors {
    QColor canvas; // behind notes and plots
    QColor canvas_black_key; // the roll's rows of the black keys
    QColor canvas_in_scale; // the roll's rows of the scale's notes
    QColor panel; // behind controls
    QColor raised; // cards, chips
    QColor line; // hairlines between regions, beat lines
    QColor line_strong; // bar lines, borders of inputs
    QColor text;
    QColor text_muted;
    QColor accent; // fills: selection, the main button
    QColor accent_text; // text on `accent`
    QColor playhead;
    QColor loop;
    QColor good;
    QColor keep_going;
    QColor not_yet;
    QColor neutral;
};
const ThemeColors& themeColors(Theme theme);
/// The colours of the theme that the widget's palette belongs to.
inline const ThemeColors& themeColors(const QPalette& palette) { return themeColors(themeOf(palette)); }

/// The fill of a track's notes: Okabe and Ito's colour-blind safe set, adjusted to the theme; repeats after
/// eight.
QColor trackColor(int track, Theme theme);
/// The line of a chain: the same set in an order that keeps neighbours far apart.
QColor chainColor(int chain, Theme theme);
/// Black or white, whichever is easier to read on `background`.
QColor readableOn(const QColor& background);
/// A colour between two: 0 gives `a`, 1 gives `b`; both opaque.
QColor mixed(const QColor& a, const QColor& b, double share_of_b);
/// WCAG contrast of two opaque colours, 1..21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace chainsong
