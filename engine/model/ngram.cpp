#include "engine/model/ngram.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

std::uint64_t mixed(std::uint64_t hash, int value)
{
    hash = (hash ^ static_cast<std::uint64_t>(value + 2)) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/// What one part did last.
struct PartPast {
    int pitch = -1, pitch_before = -1, duration = -1, velocity = -1;
};

}  // namespace

template <class Visit>
void NgramModel::visitHeads(const EventPiece& piece, Visit visit)
{
    const PieceFrame& frame = piece.frame;
    EventCursor cursor(frame);
    std::array<PartPast, kMaxParts> past;
    Event before, before_that;
    for (const Event& event : piece.events) {
        const int bar_steps = frame.bars[static_cast<std::size_t>(cursor.bar())].numSteps();
        const int place = cursor.isBarStart() ? -1 : cursor.position();
        const int num_parts = static_cast<int>(frame.parts.size());
        visit(Head::kBar, Facts { place, bar_steps, before.duration, before.part }, event.is_bar_line ? 1 : 0, 2);
        if (!event.is_bar_line) {
            PartPast& part = past[static_cast<std::size_t>(event.part)];
            const Part& played = frame.parts[static_cast<std::size_t>(event.part)];
            const bool is_chord = place == event.position;
            const int program = played.is_drums ? 128 : played.program;
            visit(Head::kPosition, Facts { place, before.duration, bar_steps, before.part }, event.position, bar_steps - cursor.position());
            visit(Head::kPart, Facts { is_chord ? before.part : -1, num_parts, event.position % 24, before_that.part }, event.part,
                num_parts - (is_chord ? before.part : 0));
            visit(Head::kPitch, Facts { part.pitch, is_chord ? before.pitch : -1, part.pitch_before, program }, event.pitch, 128);
            visit(Head::kDuration, Facts { part.duration, event.position % 24, program, event.position }, event.duration, kMaxDuration);
            visit(Head::kVelocity, Facts { part.velocity, program, event.position % 24, 0 }, event.velocity, kNumVelocityClasses);
            part = { event.pitch, part.pitch, event.duration, event.velocity };
            before_that = before;
            before = event;
        }
        cursor.advance(event, frame);
    }
}

void NgramModel::learn(const EventPiece& piece)
{
    visitHeads(piece, [&](Head head, const Facts& facts, int chosen, int) {
        std::uint64_t context = mixed(17, static_cast<int>(head));
        for (int order = 0;; ++order) {
            Context& counts = m_contexts[context];
            std::uint32_t& seen = m_counts[mixed(context ^ 0x5bd1e995u, chosen)];
            ++counts.total;
            if (seen++ == 0) ++counts.distinct;
            if (order == kOrder) break;
            context = mixed(context, facts[static_cast<std::size_t>(order)]);
        }
    });
}

double NgramModel::probability(Head head, const Facts& facts, int chosen, int num_allowed) const
{
    double p = 1.0 / std::max(1, num_allowed);
    std::uint64_t context = mixed(17, static_cast<int>(head));
    for (int order = 0;; ++order) {
        const auto counts = m_contexts.find(context);
        if (counts == m_contexts.end()) return p;  // a longer context is unknown too
        const auto seen = m_counts.find(mixed(context ^ 0x5bd1e995u, chosen));
        const double count = seen == m_counts.end() ? 0 : seen->second, distinct = counts->second.distinct;
        p = (count + distinct * p) / (counts->second.total + distinct);
        if (order == kOrder) return p;
        context = mixed(context, facts[static_cast<std::size_t>(order)]);
    }
}

std::array<double, kNumHeads> NgramModel::nats(const EventPiece& piece) const
{
    std::array<double, kNumHeads> sums {};
    visitHeads(piece, [&](Head head, const Facts& facts, int chosen, int num_allowed) {
        sums[static_cast<std::size_t>(head)] -= std::log(probability(head, facts, chosen, num_allowed));
    });
    return sums;
}

}  // namespace chainsong
