#pragma once

#include <array>

namespace chainsong {

/// Sizes of the network, the letters of network.cpp and decoder.cpp:
///   D width of the stream, K channels of a linear recurrence, F of the feed-forward, A of attention, E of a slot.
struct MuseShape {
    int width = 256;
    int recurrent = 320;
    int feed = 384;
    int attention = 64;
    int slot = 128;
    int num_blocks = 3;
    /// The block after which the decoder looks at the slots.
    int attend_after = 1;
};
constexpr MuseShape kMuseShape;

/// Hidden units of the heads, in their order; all heads' first layers are one product.
constexpr std::array<int, 6> kHeadHidden { 64, 192, 96, 256, 192, 64 };
constexpr int kHeadHiddenTotal = 64 + 192 + 96 + 256 + 192 + 64;

/// Attention biases by distance in bars, cut at +-kMaxLag.
constexpr int kMaxLag = 17;
constexpr int kNumLags = 2 * kMaxLag + 1;

/// Kinds of slots that the decoder looks at; each has a bias row of its own.
enum class SlotKind { kNothing, kWord, kChip, kPastBar, kGivenBar, kPhrase };
constexpr int kNumSlotKinds = 6;
/// Row of the attention bias: kNothing, kWord, kChip, then past bars by lag, then given bars by lag, then kPhrase.
constexpr int kPhraseBiasRow = 3 + 2 * kNumLags;
constexpr int kNumBiasRows = kPhraseBiasRow + 1;
constexpr int biasRow(SlotKind kind, int lag)
{
    const int clipped = lag < -kMaxLag ? -kMaxLag : lag > kMaxLag ? kMaxLag : lag;
    if (kind == SlotKind::kPastBar) return 3 + clipped + kMaxLag;
    if (kind == SlotKind::kGivenBar) return 3 + kNumLags + clipped + kMaxLag;
    if (kind == SlotKind::kPhrase) return kPhraseBiasRow;
    return static_cast<int>(kind);
}

}  // namespace chainsong
