#pragma once

#include "engine/compose/request.h"

#include <map>
#include <span>

namespace chainsong {

/// Counts in which share of draws a note stands somewhere.
class Tally {
public:
    /// Where a note begins, in a frame.
    struct Spot {
        int step = 0;
        int part = 0;
        int key = 0;
        auto operator<=>(const Spot&) const = default;
    };
    struct Count {
        double weight = 0;
        double heaviest = 0; // of one draw; its length and loudness are shown
        int steps = 0;
        int velocity = 0; // class
    };

    /// The notes of one draw, beginning with a bar of the frame.
    void add(const PieceFrame& frame, int first_bar, std::span<const Event> events, double weight);
    void add(const Tally& other, double weight);
    const std::map<Spot, Count>& counts() const { return m_counts; }
    double weightAt(const Spot& spot) const;

private:
    std::map<Spot, Count> m_counts;
};

} // namespace chainsong
