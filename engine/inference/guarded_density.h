#pragma once

#include "engine/inference/chains.h"

#include <stop_token>

namespace chainsong {

/// A target's density with everything contained that a stranger's code can do: what throws or is not a number
/// counts as density zero and is reported; a stop request makes every further evaluation return at once.
class GuardedDensity {
public:
    GuardedDensity(const Target& target, std::stop_token stop, ChainRun& report)
        : m_target(target)
        , m_stop(std::move(stop))
        , m_report(report) { }
    double operator()(std::span<const double> q, std::span<double> grad) const;
    /// See contained.h; reports what the target's code throws.
    void writeParameters(std::span<const double> q, std::span<double> parameters) const;
    /// What counts as the density where the target, asked for several chains at once, said `log_density`.
    double admit(double log_density) const;
    bool isStopped() const { return m_stop.stop_requested(); }

private:
    double refuse(const std::string& why) const;
    double checked(double log_density) const;

    const Target& m_target;
    std::stop_token m_stop;
    ChainRun& m_report;
};

} // namespace chainsong
