#include "engine/model/muse/loss_curves.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kWidth = 720, kHeight = 420, kLeft = 64, kRight = 24, kTop = 40, kBottom = 52;
constexpr const char* kTrainColour = "#0072b2";
constexpr const char* kValidColour = "#d55e00";

/// 1, 2 or 5 times a power of ten: about `count` steps over a span.
double niceStep(double span, int count) {
    const double raw = std::max(span, 1e-9) / count, power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= raw) return factor * power;
    return 10 * power;
}

struct Scale {
    double low = 0, high = 1, from = 0, to = 1;
    double at(double value) const {
        return from + (std::clamp(value, low, high) - low) / (high - low) * (to - from);
    }
};

std::string text(
    double x, double y, const std::string& words, const char* anchor, const char* colour = "#333333") {
    return "<text x=\"" + formatFixed(x, 1) + "\" y=\"" + formatFixed(y, 1) + "\" text-anchor=\"" + anchor
        + "\" fill=\"" + colour + "\">" + words + "</text>\n";
}
std::string line(double x1, double y1, double x2, double y2) {
    return "<line x1=\"" + formatFixed(x1, 1) + "\" y1=\"" + formatFixed(y1, 1) + "\" x2=\""
        + formatFixed(x2, 1) + "\" y2=\"" + formatFixed(y2, 1) + "\" stroke=\"#dddddd\"/>\n";
}

template <class Value>
std::string curve(const std::vector<LossPoint>& losses, const Scale& x, const Scale& y, Value value,
    const char* colour, const char* dashes) {
    std::string points;
    for (const LossPoint& point : losses)
        points += formatFixed(x.at(static_cast<double>(point.notes_seen) / 1e6), 1) + ","
            + formatFixed(y.at(value(point)), 1) + " ";
    return std::string("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"") + colour
        + "\" stroke-dasharray=\"" + dashes + "\" points=\"" + points + "\"/>\n";
}

} // namespace

std::string lossTable(const std::vector<LossPoint>& losses) {
    std::string csv = "notes_seen,minutes,train_nats_per_note,valid_nats_per_note\n";
    for (const LossPoint& point : losses)
        csv += std::to_string(point.notes_seen) + "," + formatFixed(point.minutes, 2) + ","
            + formatFixed(point.train_nats_per_note, 4) + "," + formatFixed(point.valid_nats_per_note, 4)
            + "\n";
    return csv;
}

std::vector<LossPoint> lossesFromTable(const std::string& csv) {
    std::vector<LossPoint> losses;
    for (const std::string& row : split(csv, '\n')) {
        const auto cells = split(row, ',');
        if (cells.size() != 4) continue;
        const auto notes = parseInteger(cells[0]);
        const auto minutes = parseNumber(cells[1]), train = parseNumber(cells[2]),
                   valid = parseNumber(cells[3]);
        if (notes && minutes && train && valid) losses.push_back({*notes, *minutes, *train, *valid});
    }
    return losses;
}

std::string lossPicture(const std::vector<LossPoint>& losses) {
    const auto train = [](const LossPoint& point) { return point.train_nats_per_note; };
    const auto valid = [](const LossPoint& point) { return point.valid_nats_per_note; };
    Scale x{0, 1e-3, kLeft, kWidth - kRight}, y{1e9, -1e9, kHeight - kBottom, kTop};
    for (std::size_t i = 0; i < losses.size(); ++i) {
        x.high = std::max(x.high, static_cast<double>(losses[i].notes_seen) / 1e6);
        if (i * 10 < losses.size() && losses.size() > 1) continue;
        y.low = std::min({y.low, train(losses[i]), valid(losses[i])});
        y.high = std::max({y.high, train(losses[i]), valid(losses[i])});
    }
    if (losses.empty()) y.low = 0, y.high = 1;
    const double step = niceStep(y.high - y.low, 5), across = niceStep(x.high, 6);
    y.low = std::floor(y.low / step) * step;
    y.high = std::max(y.low + step, std::ceil(y.high / step) * step);

    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + formatFixed(kWidth, 0)
        + "\" height=\"" + formatFixed(kHeight, 0)
        + "\" font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" "
          "fill=\"#ffffff\"/>\n";
    for (int i = 0; y.low + i * step <= y.high + step / 2; ++i) {
        const double value = y.low + i * step;
        svg += line(kLeft, y.at(value), kWidth - kRight, y.at(value))
            + text(kLeft - 8, y.at(value) + 4, formatFixed(value, step < 0.1 ? 2 : 1), "end");
    }
    for (int i = 0; i * across <= x.high; ++i)
        svg += text(x.at(i * across), kHeight - kBottom + 20, formatNumber(i * across), "middle");
    svg += text((kLeft + kWidth - kRight) / 2, kHeight - 12, "million notes seen", "middle")
        + text(kLeft - 48, kTop - 16, "nats per note", "start");
    svg += curve(losses, x, y, train, kTrainColour, "none") + curve(losses, x, y, valid, kValidColour, "7 4");
    svg += text(kWidth - kRight, kTop - 16, "held out (dashed)", "end", kValidColour)
        + text(kWidth - kRight - 130, kTop - 16, "training", "end", kTrainColour);
    return svg + "</svg>\n";
}

} // namespace chainsong
