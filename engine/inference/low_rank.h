#pragma once

#include "engine/inference/mass.h"

namespace chainsong {

/// The newest draws of a chain with their gradients, as many as there is room for.
class DrawWindow {
public:
    explicit DrawWindow(std::size_t dimension);
    void add(std::span<const double> q, std::span<const double> grad);
    /// Forgets all but the newest `count`.
    void keep(std::size_t count);
    std::size_t count() const { return m_count; }
    std::size_t capacity() const { return m_capacity; }
    std::size_t dimension() const { return m_dimension; }
    /// The draw that came `age` draws before the newest.
    std::span<const double> draw(std::size_t age) const { return at(m_draws, age); }
    std::span<const double> gradient(std::size_t age) const { return at(m_gradients, age); }

private:
    std::span<const double> at(const Vec& rows, std::size_t age) const;

    std::size_t m_dimension, m_capacity;
    std::size_t m_count = 0, m_next = 0;
    Vec m_draws, m_gradients; // row by row, allocated when first needed
};

/// Adds directions to the diagonal `mass` if the draws show correlations that are worth it; else leaves it as
/// it is and says false. The inverse mass A that minimises the Fisher divergence from a normal to the
/// posterior solves A cov(gradients) A = cov(draws) (arXiv:2603.18845). It is found in a small subspace: all
/// of it up to 32 dimensions, beyond that the main directions of the scaled draws and gradients. While the
/// divergence that the diagonal leaves is less than one direction worth having would cause, there is nothing
/// to look for, and it costs next to nothing.
bool addDirections(const DrawWindow& window, Mass& mass);

} // namespace chainsong
