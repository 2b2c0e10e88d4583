#include "widgets/plots/plot_picture.h"

#include "engine/base/numbers.h"

#include <QCoreApplication>

namespace chainsong {
namespace {

/// RFC 4180: quotes around what holds a comma, a quote or a line's end.
std::string cellOf(const QString& text) {
    std::string cell = text.toStdString();
    if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

} // namespace

QString chainName(int chain) { return QCoreApplication::translate("RunPlot", "chain %1").arg(chain + 1); }

bool isCloud(const PlotPicture& picture) { return !picture.dots.empty() && picture.lines.empty(); }

std::string csvOf(const std::vector<PlotPicture>& pictures) {
    std::string text = "panel,series,x,y\n";
    for (const PlotPicture& picture : pictures) {
        const auto write = [&](const QString& series, const std::vector<PlotPoint>& points) {
            const std::string start = cellOf(picture.title) + ',' + cellOf(series) + ',';
            for (const PlotPoint& point : points)
                text += start + formatNumber(point.x) + ',' + formatNumber(point.y) + '\n';
        };
        for (const PlotBand& band : picture.bands) {
            write(band.name + QStringLiteral(" -"), band.lower);
            write(band.name + QStringLiteral(" +"), band.upper);
        }
        for (const PlotLine& line : picture.lines) write(line.name, line.points);
        for (const PlotDots& dots : picture.dots) write(dots.name, dots.points);
    }
    return text;
}

} // namespace chainsong
