#include "engine/base/random.h"
#include "engine/model/muse/trainer.h"

#include <algorithm>

namespace chainsong {
namespace {

/// Sum of one thing over the sum of another, pieces drawn with replacement.
template <class Nats, class Units>
PooledNats bootstrapped(const std::vector<PieceEvaluation>& pieces, Nats nats, Units units) {
    constexpr int kDraws = 2000;
    const auto ratio = [&](auto pieceAt) {
        double above = 0, below = 0;
        for (std::size_t i = 0; i < pieces.size(); ++i)
            above += nats(pieceAt(i)), below += static_cast<double>(units(pieceAt(i)));
        return below > 0 ? above / below : 0;
    };
    if (pieces.empty()) return {};
    Rng rng(1);
    std::vector<double> ratios;
    for (int draw = 0; draw < kDraws; ++draw)
        ratios.push_back(
            ratio([&](std::size_t) -> const PieceEvaluation& { return pieces[rng.below(pieces.size())]; }));
    std::sort(ratios.begin(), ratios.end());
    const auto quantile = [&](double share) {
        return ratios[static_cast<std::size_t>(share * (kDraws - 1))];
    };
    return {ratio([&](std::size_t i) -> const PieceEvaluation& { return pieces[i]; }), quantile(0.025),
        quantile(0.975)};
}

} // namespace

PooledNats museNatsPerNote(const PartEvaluation& part) {
    return bootstrapped(
        part.pieces, [](const auto& piece) { return piece.muse_nats; },
        [](const auto& piece) { return piece.num_notes; });
}
PooledNats museNatsPerCell(const PartEvaluation& part) {
    return bootstrapped(
        part.pieces, [](const auto& piece) { return piece.muse_nats; },
        [](const auto& piece) { return piece.num_cells; });
}
PooledNats ngramNatsPerNote(const PartEvaluation& part) {
    return bootstrapped(
        part.pieces, [](const auto& piece) { return piece.ngram_nats; },
        [](const auto& piece) { return piece.num_notes; });
}

} // namespace chainsong
