#include "engine/model/prompt/chip.h"

#include "engine/base/numbers.h"

namespace chainsong {
namespace {

struct TextOf {
    std::string operator()(const std::string& word) const { return word; }
    std::string operator()(double number) const { return formatNumber(number); }
    std::string operator()(const std::pair<double, double>& range) const {
        return formatNumber(range.first) + "\u2013" + formatNumber(range.second);
    }
    std::string operator()(const std::vector<std::string>& names) const {
        std::string text;
        for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
        return text;
    }
};

bool isOne(const ChipValue& value) { return value == ChipValue(1.0); }

} // namespace

std::string_view chipSourceName(ChipSource source) {
    switch (source) {
    case ChipSource::kStyleHead: return "style head";
    case ChipSource::kUser: return "user";
    case ChipSource::kGrammar: break;
    }
    return "grammar";
}

const Chip* findChip(const std::vector<Chip>& chips, std::string_view name) {
    for (const Chip& chip : chips)
        if (chip.name == name) return &chip;
    return nullptr;
}

std::string chipLabel(const Chip& chip) {
    const std::string value = std::visit(TextOf{}, chip.value);
    if (chip.name == "tempo_bpm" || chip.name == "tempo_range") return "tempo " + value + " BPM";
    if (chip.name == "key" || chip.name == "metre" || chip.name == "style" || chip.name == "mood")
        return value;
    if (chip.name == "mode") return value + " mode";
    if (chip.name == "energy" || chip.name == "density") return value + " " + chip.name;
    if (chip.name == "without") return "without " + value;
    if (chip.name == "instruments") return "instruments " + value;
    const bool is_counted =
        chip.name == "bars" || chip.name == "seconds" || chip.name == "voices" || chip.name == "octaves";
    if (!is_counted) return chip.name + " " + value;
    return value + " " + (isOne(chip.value) ? chip.name.substr(0, chip.name.size() - 1) : chip.name);
}

} // namespace chainsong
