#include "tests/bench/likeness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kGrid = 400;

double meanOf(const std::vector<double>& x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double sdOf(const std::vector<double>& x) {
    const double mean = meanOf(x);
    double squares = 0;
    for (const double value : x) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(std::max<std::size_t>(1, x.size() - 1)));
}

std::vector<double> density(const std::vector<double>& x, double width, double from, double step) {
    std::vector<double> result(kGrid, 0.0);
    for (const double value : x)
        for (int g = 0; g < kGrid; ++g) {
            const double z = (from + step * g - value) / width;
            result[static_cast<std::size_t>(g)] += std::exp(-0.5 * z * z);
        }
    const double sum = std::accumulate(result.begin(), result.end(), 0.0);
    for (double& value : result) value /= sum;
    return result;
}

} // namespace

double overlappingArea(const std::vector<double>& a, const std::vector<double>& b) {
    const auto [low_a, high_a] = std::minmax_element(a.begin(), a.end());
    const auto [low_b, high_b] = std::minmax_element(b.begin(), b.end());
    const double low = std::min(*low_a, *low_b), high = std::max(*high_a, *high_b);
    if (high - low <= 0) return 1;
    // A distribution may be a single point (every piece within one scale): a width of a hundredth of the
    // range keeps it an area.
    const auto width = [&](const std::vector<double>& x) {
        return std::max(sdOf(x) * std::pow(static_cast<double>(x.size()), -0.2), (high - low) / 100);
    };
    const double margin = 3 * std::max(width(a), width(b)), from = low - margin,
                 step = (high + margin - from) / (kGrid - 1);
    const auto p = density(a, width(a), from, step), q = density(b, width(b), from, step);
    double shared = 0;
    for (std::size_t g = 0; g < p.size(); ++g) shared += std::min(p[g], q[g]);
    return shared;
}

StyleClassifier::StyleClassifier(
    const std::vector<std::vector<double>>& features, const std::vector<int>& labels, int num_classes) {
    constexpr int kSteps = 600;
    constexpr double kRate = 0.5, kRidge = 3e-3;
    const std::size_t n = features.size(), d = features.front().size(),
                      classes = static_cast<std::size_t>(num_classes);
    m_mean.assign(d, 0);
    m_scale.assign(d, 1);
    for (std::size_t k = 0; k < d; ++k) {
        std::vector<double> column;
        for (const auto& row : features) column.push_back(row[k]);
        m_mean[k] = meanOf(column);
        m_scale[k] = std::max(1e-6, sdOf(column));
    }
    std::vector<double> count(classes, 0.0);
    for (const int label : labels) ++count[static_cast<std::size_t>(label)];
    m_weights.assign(classes, std::vector<double>(d + 1, 0.0));
    for (int step = 0; step < kSteps; ++step) {
        auto gradient = std::vector<std::vector<double>>(classes, std::vector<double>(d + 1, 0.0));
        for (std::size_t i = 0; i < n; ++i) {
            auto p = scores(features[i]);
            const double top = *std::max_element(p.begin(), p.end());
            double sum = 0;
            for (double& value : p) sum += value = std::exp(value - top);
            const double weight =
                1 / (static_cast<double>(classes) * count[static_cast<std::size_t>(labels[i])]);
            for (std::size_t c = 0; c < classes; ++c) {
                const double error = weight * (p[c] / sum - (static_cast<int>(c) == labels[i] ? 1 : 0));
                for (std::size_t k = 0; k < d; ++k)
                    gradient[c][k] += error * (features[i][k] - m_mean[k]) / m_scale[k];
                gradient[c][d] += error;
            }
        }
        for (std::size_t c = 0; c < classes; ++c)
            for (std::size_t k = 0; k <= d; ++k)
                m_weights[c][k] -= kRate * (gradient[c][k] + (k < d ? kRidge * m_weights[c][k] : 0));
    }
}

std::vector<double> StyleClassifier::scores(const std::vector<double>& features) const {
    std::vector<double> result;
    for (const auto& row : m_weights) {
        double sum = row.back();
        for (std::size_t k = 0; k < features.size(); ++k)
            sum += row[k] * std::clamp((features[k] - m_mean[k]) / m_scale[k], -4.0, 4.0);
        result.push_back(sum);
    }
    return result;
}

int StyleClassifier::classify(const std::vector<double>& features) const {
    const auto all = scores(features);
    return static_cast<int>(std::max_element(all.begin(), all.end()) - all.begin());
}

} // namespace chainsong
