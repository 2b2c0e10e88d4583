#include "widgets/theme/theme.h"

#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QStyleFactory>

#include <array>
#include <cmath>

namespace chainsong {
namespace {

constexpr int kNumColors = 8;
using Set = std::array<QRgb, kNumColors>;
// Okabe and Ito (2008): blue, orange, green, vermilion, purple, sky, yellow, grey. Darkened on white and
// lightened on black until each stands out 3:1 from its canvas.
constexpr Set kOnLight{
    0xff0072b2, 0xffb87400, 0xff00845f, 0xffd04f00, 0xffb3568a, 0xff2a86bd, 0xff938300, 0xff6a727c};
constexpr Set kOnDark{
    0xff4aa5e6, 0xfff0ad1e, 0xff27c498, 0xfff2803c, 0xffe096bd, 0xff8fd2f7, 0xfff0e442, 0xffa8b0ba};

ThemeColors lightColors() {
    ThemeColors c;
    c.canvas = 0xfffdfdfe;
    c.canvas_black_key = 0xfff2f4f7;
    c.canvas_in_scale = 0xffe8f0fb;
    c.panel = 0xfff3f4f6;
    c.raised = 0xffffffff;
    c.line = 0xffe0e3e8;
    c.line_strong = 0xffbcc2cb;
    c.text = 0xff1b2027;
    c.text_muted = 0xff59626e;
    c.accent = 0xff2460c4;
    c.accent_text = 0xffffffff;
    c.playhead = 0xffc9252d;
    c.loop = 0xff8a5a00;
    c.good = 0xff00734f;
    c.keep_going = 0xff8a5a00;
    c.not_yet = 0xffb3261e;
    c.neutral = 0xff59626e;
    return c;
}

ThemeColors darkColors() {
    ThemeColors c;
    c.canvas = 0xff191c21;
    c.canvas_black_key = 0xff14171b;
    c.canvas_in_scale = 0xff202a38;
    c.panel = 0xff22262c;
    c.raised = 0xff2c3138;
    c.line = 0xff313740;
    c.line_strong = 0xff4d5563;
    c.text = 0xffe7e9ec;
    c.text_muted = 0xffa3acb8;
    c.accent = 0xff6ba4ff;
    c.accent_text = 0xff0c1524;
    c.playhead = 0xffff6b66;
    c.loop = 0xfff0b429;
    c.good = 0xff3ecf9a;
    c.keep_going = 0xfff0b429;
    c.not_yet = 0xffff8a80;
    c.neutral = 0xffa3acb8;
    return c;
}

double luminance(const QColor& color) {
    const auto linear = [](double share) {
        return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const ThemeColors& themeColors(Theme theme) {
    static const ThemeColors light = lightColors();
    static const ThemeColors dark = darkColors();
    return theme == Theme::kDark ? dark : light;
}

Theme themeOf(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < 128 ? Theme::kDark : Theme::kLight;
}

QPalette themePalette(Theme theme) {
    const ThemeColors& c = themeColors(theme);
    QPalette palette(c.panel);
    palette.setColor(QPalette::Window, c.panel);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.raised);
    palette.setColor(QPalette::AlternateBase, c.panel);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.text_muted);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.not_yet);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accent_text);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.raised);
    palette.setColor(QPalette::Midlight, c.line);
    palette.setColor(QPalette::Mid, c.line_strong);
    palette.setColor(QPalette::Dark, c.line_strong);
    palette.setColor(QPalette::Shadow, theme == Theme::kDark ? QColor(Qt::black) : c.line_strong);
    for (const auto role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        QColor faded = c.text_muted;
        faded.setAlphaF(0.6F);
        palette.setColor(QPalette::Disabled, role, faded);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line_strong);
    return palette;
}

void applyTheme(QApplication& application, Theme theme) {
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(themePalette(theme));
    application.setStyleSheet(styleSheet(theme));
}

QColor trackColor(int track, Theme theme) {
    const Set& set = theme == Theme::kDark ? kOnDark : kOnLight;
    return set[static_cast<std::size_t>(((track % kNumColors) + kNumColors) % kNumColors)];
}

QColor chainColor(int chain, Theme theme) {
    constexpr std::array<int, kNumColors> kOrder{0, 3, 2, 4, 1, 5, 6, 7};
    return trackColor(
        kOrder[static_cast<std::size_t>(((chain % kNumColors) + kNumColors) % kNumColors)], theme);
}

QColor readableOn(const QColor& background) {
    return contrastRatio(background, Qt::black) >= contrastRatio(background, Qt::white) ? QColor(Qt::black)
                                                                                        : QColor(Qt::white);
}

QColor mixed(const QColor& a, const QColor& b, double share_of_b) {
    const auto mix = [&](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share_of_b)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace chainsong
