#pragma once

#include "engine/model/muse/features.h"
#include "engine/model/muse/kernels.h"
#include "engine/model/muse/shape.h"
#include "engine/model/muse/weights.h"

#include <array>
#include <string>
#include <vector>

namespace chainsong {

/// Layer normalisation's two arrays.
struct NormArrays {
    std::vector<float> gain, offset;
};

/// One block of the stream: a gated linear recurrence, then a gated feed-forward.
struct MuseBlock {
    NormArrays norm, feed_norm;
    LinearKernel gates, out, feed_in, feed_out;
};

/// A slot of the attention: where it draws the query's look, and what it then says.
struct Slot {
    std::vector<float> key;  // A
    std::vector<float> value;  // D
};

/// Muse's arrays, laid out for composing. Immutable once read.
struct MuseNetwork {
    std::array<std::vector<float>, kNumFeatureGroups> tables;
    LinearKernel note_in, bar_out, word_out, chip_out, query, key, value, heads_in;
    NormArrays attend_norm, top_norm;
    std::vector<float> score, slot_bias, nothing;
    std::vector<MuseBlock> blocks;
    std::array<LinearKernel, kNumHeads> heads_out;

    /// Takes the arrays of a weights file; the error names the first that is missing or has another size.
    static Result<MuseNetwork> from(const Weights& weights);

    /// The vector of one note for the bar encoder, added to `sum` (E).
    void addNote(const Part& part, const Event& note, std::vector<float>& sum) const;
    /// The slot of a bar whose notes' vectors sum to `sum`.
    Slot barSlot(const std::vector<float>& sum, int num_notes) const;
    /// The slot of a bar or phrase with all its notes.
    Slot slotOfNotes(const std::vector<Part>& parts, const std::vector<Event>& notes) const;
    /// Slots that do not change while a piece is written: nothing, words, chips.
    struct StillSlot {
        Slot slot;
        SlotKind kind;
        int index = 0;  // among its kind
    };
    std::vector<StillSlot> stillSlots(const PieceFrame& frame) const;

private:
    Slot slotFrom(const std::vector<float>& vector) const;
};

}  // namespace chainsong
