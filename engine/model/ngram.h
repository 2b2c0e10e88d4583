#pragma once

#include "engine/model/events.h"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace chainsong {

/// An interpolated 5-gram over the same events as the attention model: each head's class given the four facts that
/// say most about it, with Witten-Bell smoothing from order to order (Witten and Bell 1991, method C). The yardstick
/// that the attention model has to beat.
class NgramModel {
public:
    void learn(const EventPiece& piece);
    /// -log p of all events of the piece, nats a head.
    std::array<double, kNumHeads> nats(const EventPiece& piece) const;

private:
    struct Context {
        std::uint32_t total = 0;
        std::uint32_t distinct = 0;
    };
    static constexpr int kOrder = 4;  // facts that a class is given
    using Facts = std::array<int, kOrder>;

    template <class Visit>
    static void visitHeads(const EventPiece& piece, Visit visit);
    double probability(Head head, const Facts& facts, int chosen, int num_allowed) const;

    std::unordered_map<std::uint64_t, Context> m_contexts;
    std::unordered_map<std::uint64_t, std::uint32_t> m_counts;
};

}  // namespace chainsong
