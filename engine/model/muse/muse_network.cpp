#include "engine/model/muse/muse_network.h"

#include <cmath>

namespace chainsong {
namespace {

/// Takes arrays by name; remembers the first complaint.
class ArrayTaker {
public:
    explicit ArrayTaker(const Weights& weights) : m_weights(weights) { }

    std::vector<float> take(const std::string& name, std::vector<std::int64_t> shape)
    {
        const NamedArray* array = findArray(m_weights, name);
        if (array && array->shape == shape) return array->values;
        if (m_complaint.empty()) m_complaint = "the weights lack the array \"" + name + "\" or have it in another size";
        std::int64_t count = 1;
        for (const std::int64_t size : shape) count *= size;
        return std::vector<float>(static_cast<std::size_t>(count));
    }
    LinearKernel linear(const std::string& name, int inputs, int outputs)
    {
        return LinearKernel(take(name + ".weight", { outputs, inputs }), take(name + ".bias", { outputs }), inputs, outputs);
    }
    NormArrays norm(const std::string& name, int width) { return { take(name + ".weight", { width }), take(name + ".bias", { width }) }; }
    const std::string& complaint() const { return m_complaint; }

private:
    const Weights& m_weights;
    std::string m_complaint;
};

constexpr std::array<int, kNumFeatureGroups> kTableWidths { kMuseShape.width, kHeadHidden[0] + kHeadHidden[1], kHeadHidden[2], kHeadHidden[3],
    kHeadHidden[4], kHeadHidden[5], kMuseShape.slot, kMuseShape.slot, kMuseShape.slot };

}  // namespace

Result<MuseNetwork> MuseNetwork::from(const Weights& weights)
{
    const MuseShape& s = kMuseShape;
    ArrayTaker arrays(weights);
    MuseNetwork n;
    for (std::size_t g = 0; g < kNumFeatureGroups; ++g) {
        const auto group = static_cast<FeatureGroup>(g);
        n.tables[g] = arrays.take(std::string(featureGroupName(group)) + "_table", { numRows(group), kTableWidths[g] });
    }
    n.note_in = arrays.linear("note_in", s.slot, s.slot);
    n.bar_out = arrays.linear("bar_out", s.slot, s.slot);
    n.word_out = arrays.linear("word_out", s.slot, s.slot);
    n.chip_out = arrays.linear("chip_out", s.slot, s.slot);
    n.attend_norm = arrays.norm("attend_norm", s.width);
    n.query = arrays.linear("query", s.width, s.attention);
    n.key = arrays.linear("key", s.slot, s.attention);
    n.value = arrays.linear("value", s.slot, s.width);
    n.score = arrays.take("score", { s.attention });
    n.slot_bias = arrays.take("slot_bias", { kNumBiasRows });
    n.nothing = arrays.take("nothing", { s.slot });
    for (int i = 0; i < s.num_blocks; ++i) {
        const std::string name = "block" + std::to_string(i) + ".";
        n.blocks.push_back({ arrays.norm(name + "norm", s.width), arrays.norm(name + "feed_norm", s.width),
            arrays.linear(name + "gates", s.width, 3 * s.recurrent), arrays.linear(name + "out", s.recurrent, s.width),
            arrays.linear(name + "feed_in", s.width, 2 * s.feed), arrays.linear(name + "feed_out", s.feed, s.width) });
    }
    n.top_norm = arrays.norm("top_norm", s.width);
    n.heads_in = arrays.linear("heads_in", s.width, kHeadHiddenTotal);
    for (std::size_t h = 0; h < kNumHeads; ++h)
        n.heads_out[h] = arrays.linear("head" + std::to_string(h), kHeadHidden[h], numClasses(static_cast<Head>(h)));
    if (!arrays.complaint().empty()) return Error { arrays.complaint() };
    return n;
}

Slot MuseNetwork::slotFrom(const std::vector<float>& vector) const
{
    Slot slot { std::vector<float>(static_cast<std::size_t>(key.outputs())), std::vector<float>(static_cast<std::size_t>(value.outputs())) };
    key.apply(vector.data(), 1, slot.key.data());
    value.apply(vector.data(), 1, slot.value.data());
    return slot;
}

void MuseNetwork::addNote(const Part& part, const Event& note, std::vector<float>& sum) const
{
    std::array<std::int32_t, kMostIds> ids {};
    const std::span<std::int32_t> used(ids.data(), static_cast<std::size_t>(numIds(FeatureGroup::kNote)));
    noteIds(part, note, used);
    std::vector<float> x(sum.size()), y(sum.size());
    addRows(tables[static_cast<std::size_t>(FeatureGroup::kNote)], kMuseShape.slot, used, x.data());
    applySilu(x.data(), x.size());
    note_in.apply(x.data(), 1, y.data());
    applySilu(y.data(), y.size());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += y[i];
}

Slot MuseNetwork::barSlot(const std::vector<float>& sum, int num_notes) const
{
    std::vector<float> x(sum), y(sum.size());
    const float scale = 1 / std::sqrt(1.0f + static_cast<float>(num_notes));
    for (float& value_i : x) value_i *= scale;
    bar_out.apply(x.data(), 1, y.data());
    return slotFrom(y);
}

Slot MuseNetwork::slotOfNotes(const std::vector<Part>& parts, const std::vector<Event>& notes) const
{
    std::vector<float> sum(static_cast<std::size_t>(kMuseShape.slot));
    for (const Event& note : notes) addNote(parts[static_cast<std::size_t>(note.part)], note, sum);
    return barSlot(sum, static_cast<int>(notes.size()));
}

std::vector<MuseNetwork::StillSlot> MuseNetwork::stillSlots(const PieceFrame& frame) const
{
    const auto E = static_cast<std::size_t>(kMuseShape.slot);
    std::vector<StillSlot> slots;
    slots.push_back({ slotFrom(nothing), SlotKind::kNothing, 0 });
    const auto add = [&](FeatureGroup group, std::span<const std::int32_t> ids, const LinearKernel& out, SlotKind kind, int index) {
        std::vector<float> x(E), y(E);
        addRows(tables[static_cast<std::size_t>(group)], kMuseShape.slot, ids, x.data());
        applySilu(x.data(), x.size());
        out.apply(x.data(), 1, y.data());
        slots.push_back({ slotFrom(y), kind, index });
    };
    int num_words = 0, num_chips = 0;
    for (const PromptWord& word : wordsOf(frame.prompt)) {
        std::array<std::int32_t, kMostIds> ids {};
        const auto used = std::span(ids.data(), static_cast<std::size_t>(numIds(FeatureGroup::kWord)));
        wordIds(word, used);
        add(FeatureGroup::kWord, used, word_out, SlotKind::kWord, num_words++);
    }
    for (const Chip& chip : learntChips(frame.chips)) {
        std::array<std::int32_t, 2> ids {};
        chipIds(chip, ids);
        add(FeatureGroup::kChip, ids, chip_out, SlotKind::kChip, num_chips++);
    }
    return slots;
}

}  // namespace chainsong
