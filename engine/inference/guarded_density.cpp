#include "engine/inference/guarded_density.h"

#include "engine/inference/contained.h"

#include <cmath>
#include <exception>
#include <limits>

namespace chainsong {

double GuardedDensity::refuse(const std::string& why) const {
    if (m_report.num_refused++ == 0) m_report.first_refusal = why;
    return -std::numeric_limits<double>::infinity();
}

double GuardedDensity::checked(double log_density) const {
    if (std::isnan(log_density)) return refuse("the density is not a number");
    if (log_density == std::numeric_limits<double>::infinity()) return refuse("the density is infinite");
    return log_density; // a gradient that is no number makes the energy one, which the kernels treat as a
                        // divergence
}

void GuardedDensity::writeParameters(std::span<const double> q, std::span<double> parameters) const {
    if (const std::string words = chainsong::writeParameters(m_target, q, parameters); !words.empty())
        refuse(words);
}

double GuardedDensity::admit(double log_density) const {
    if (m_stop.stop_requested()) return -std::numeric_limits<double>::infinity();
    ++m_report.num_evaluations;
    return checked(log_density);
}

double GuardedDensity::operator()(std::span<const double> q, std::span<double> grad) const {
    if (m_stop.stop_requested()) return -std::numeric_limits<double>::infinity();
    ++m_report.num_evaluations;
    try {
        return checked(m_target.log_density(q, grad));
    } catch (const std::exception& exception) {
        return refuse(exception.what());
    } catch (...) { // a stranger's code may throw anything, and a thread must not die of it
        return refuse("the density threw something that is no std::exception");
    }
}

} // namespace chainsong
