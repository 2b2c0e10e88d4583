#include "engine/compose/posterior.h"

namespace chainsong {

void Tally::add(const PieceFrame& frame, int first_bar, std::span<const Event> events, double weight) {
    int bar_start = 0;
    for (int b = 0; b < first_bar; ++b) bar_start += frame.bars[static_cast<std::size_t>(b)].numSteps();
    auto bar = static_cast<std::size_t>(first_bar);
    for (const Event& event : events) {
        if (event.is_bar_line) {
            bar_start += frame.bars[bar++].numSteps();
            continue;
        }
        Count& count =
            m_counts[{bar_start + event.position, event.part, midiKeyOf(event.pitch, frame.bars[bar].key)}];
        count.weight += weight;
        if (weight <= count.heaviest) continue;
        count.heaviest = weight;
        count.steps = event.duration + 1;
        count.velocity = event.velocity;
    }
}

void Tally::add(const Tally& other, double weight) {
    for (const auto& [spot, theirs] : other.m_counts) {
        Count& count = m_counts[spot];
        count.weight += weight * theirs.weight;
        if (weight * theirs.heaviest <= count.heaviest) continue;
        count.heaviest = weight * theirs.heaviest;
        count.steps = theirs.steps;
        count.velocity = theirs.velocity;
    }
}

double Tally::weightAt(const Spot& spot) const {
    const auto found = m_counts.find(spot);
    return found == m_counts.end() ? 0 : found->second.weight;
}

} // namespace chainsong
