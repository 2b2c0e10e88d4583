#include "engine/inference/logistic_regression.h"

#include "engine/base/random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chainsong {
namespace {

struct Observations {
    std::vector<double> rows, y;
    std::size_t num_columns;
    Observations(std::size_t count, std::size_t columns)
        : num_columns(columns) {
        Rng rng = rngFor(3, count, columns);
        for (std::size_t i = 0; i < count * columns; ++i) rows.push_back(rng.normal());
        for (std::size_t i = 0; i < count; ++i) y.push_back(rng.uniform() < 0.4 ? 1 : 0);
    }
};

std::vector<double> somePoints(std::size_t count, std::size_t columns) {
    Rng rng = rngFor(4, count, columns);
    std::vector<double> points;
    for (std::size_t i = 0; i < count * columns; ++i) points.push_back(rng.normal());
    return points;
}

TEST(LogisticRegression, IsTheSumOverAllObservationsWhateverTheirNumber) {
    for (const std::size_t columns : {1, 2, 3, 4, 5, 6, 7, 8, 9, 25})
        for (const std::size_t count : {1, 31, 32, 33, 64, 100, 20'000}) {
            SCOPED_TRACE(std::to_string(count) + " observations, " + std::to_string(columns) + " columns");
            const Observations data(count, columns);
            const auto b = somePoints(1, columns);
            double expected = 0, log_p = 0;
            std::vector<double> expected_grad(columns), grad(columns);
            for (std::size_t i = 0; i < count; ++i) {
                double x = 0;
                for (std::size_t k = 0; k < columns; ++k) x += data.rows[i * columns + k] * b[k];
                expected += data.y[i] * x - (x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)));
                for (std::size_t k = 0; k < columns; ++k)
                    expected_grad[k] += (data.y[i] - 1 / (1 + std::exp(-x))) * data.rows[i * columns + k];
            }
            LogisticRegression(data.rows, data.y).evaluate(b, {&log_p, 1}, grad);
            EXPECT_NEAR(log_p, expected, 1e-11 * std::abs(expected));
            for (std::size_t k = 0; k < columns; ++k)
                EXPECT_NEAR(grad[k], expected_grad[k], 1e-11 * static_cast<double>(count) + 1e-13);
        }
}

TEST(LogisticRegression, APointsResultDoesNotDependOnItsNeighbours) {
    constexpr std::size_t kColumns = 25, kPoints = 37;
    const Observations data(1000, kColumns);
    const LogisticRegression regression(data.rows, data.y);
    const auto points = somePoints(kPoints, kColumns);
    std::vector<double> together(kPoints), grads(kPoints * kColumns), values(kPoints);
    regression.evaluate(points, together, grads);
    regression.evaluate(points, values, {});
    EXPECT_EQ(values, together) << "asked for or not, gradients change no value";
    for (std::size_t i = 0; i < kPoints; ++i) {
        double alone = 0;
        std::vector<double> grad(kColumns);
        regression.evaluate({points.data() + i * kColumns, kColumns}, {&alone, 1}, grad);
        EXPECT_EQ(alone, together[i]);
        for (std::size_t k = 0; k < kColumns; ++k) EXPECT_EQ(grad[k], grads[i * kColumns + k]);
    }
}

TEST(LogisticRegression, ExtremePredictionsStayFinite) {
    const std::vector<double> rows{1, -1, 1, -1}, y{1, 1, 0, 0}, b{800};
    double log_p = 0, slope = 0;
    LogisticRegression(rows, y).evaluate(b, {&log_p, 1}, {&slope, 1});
    EXPECT_DOUBLE_EQ(log_p, -1600); // two of the four are as wrong as can be
    EXPECT_DOUBLE_EQ(slope, -2);
}

} // namespace
} // namespace chainsong
