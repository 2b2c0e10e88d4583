// From what the rules found to the chips a user sees: contradictions settled, implications added.

#include "engine/base/numbers.h"
#include "engine/model/prompt/reading.h"

#include <algorithm>
#include <array>
#include <set>

namespace chainsong {
namespace {

constexpr double kImplied = 0.6; // confidence in what a style usually has
constexpr std::size_t kMostInstruments = 8;

bool has(const std::vector<Chip>& chips, std::string_view name) { return findChip(chips, name) != nullptr; }

std::string valueText(const Chip& chip) {
    const std::string label = chipLabel(chip);
    return "\u201c" + label + "\u201d";
}

/// Of several demands of one kind the last one said counts: it is how people correct themselves.
void keepLast(Reading& reading, std::string_view name, std::string_view also_called = {}) {
    auto& demands = reading.demands;
    const auto isOne = [&](const Chip& chip) {
        return chip.name == name || (!also_called.empty() && chip.name == also_called);
    };
    const auto last = std::find_if(demands.rbegin(), demands.rend(), isOne);
    if (last == demands.rend()) return;
    const Chip kept = *last;
    for (const Chip& chip : demands)
        if (isOne(chip) && !(chip.value == kept.value && chip.name == kept.name)) {
            reading.notices.push_back(
                valueText(chip) + " and " + valueText(kept) + " contradict each other; the last one counts");
        }
    bool is_there = false;
    std::erase_if(demands, [&](const Chip& chip) {
        if (!isOne(chip)) return false;
        const bool stays = !is_there && chip.value == kept.value && chip.name == kept.name;
        is_there = is_there || stays;
        return !stays;
    });
}

/// Styles and moods stand beside each other, each once.
void dropRepeats(std::vector<Chip>& demands) {
    std::vector<Chip> kept;
    for (Chip& chip : demands) {
        const bool is_repeat = std::any_of(kept.begin(), kept.end(),
            [&](const Chip& other) { return other.name == chip.name && other.value == chip.value; });
        if (!is_repeat) kept.push_back(std::move(chip));
    }
    demands = std::move(kept);
}

void settleTempo(Reading& reading) {
    keepLast(reading, "tempo_bpm", "tempo_range");
    if (has(reading.demands, "tempo_bpm") || has(reading.demands, "tempo_range")) return;
    reading.demands.insert(reading.demands.end(), reading.tempo_words.begin(), reading.tempo_words.end());
    if (reading.tempo_words.empty())
        reading.demands.insert(
            reading.demands.end(), reading.moderate_tempos.begin(), reading.moderate_tempos.end());
    keepLast(reading, "tempo_range");
}

void settleKey(Reading& reading) {
    keepLast(reading, "key");
    keepLast(reading, "mode");
    const Chip* key = findChip(reading.demands, "key");
    const Chip* mode = findChip(reading.demands, "mode");
    if (!key || !mode) return;
    const auto& key_name = std::get<std::string>(key->value);
    if (!key_name.ends_with(std::get<std::string>(mode->value)))
        reading.notices.push_back(
            valueText(*mode) + " and " + valueText(*key) + " contradict each other; the key counts");
    std::erase_if(reading.demands, [](const Chip& chip) { return chip.name == "mode"; });
}

bool isSung(const std::string& name) {
    constexpr std::array<std::string_view, 6> kSung{
        "voice", "soprano", "alto", "tenor", "baritone", "bass voice"};
    return std::find(kSung.begin(), kSung.end(), name) != kSung.end();
}

/// General MIDI names: singers are voices, and what "bass" means follows from its company.
std::string asProgramName(const std::string& name, const Reading& reading) {
    if (isSung(name)) return "voice";
    if (name != "bass") return name;
    const bool is_in_choir = std::any_of(reading.instruments.begin(), reading.instruments.end(),
        [](const NamedInstrument& other) { return isSung(other.name) && other.name != "voice"; });
    if (is_in_choir) return "voice";
    const bool is_jazz = std::any_of(reading.demands.begin(), reading.demands.end(), [](const Chip& chip) {
        return chip.name == "style" && chip.value == ChipValue(std::string("jazz"));
    });
    return is_jazz ? "acoustic bass" : "electric bass";
}

/// The wanted names in order; a name comes again only where the prompt counts it or lists it twice at once.
std::vector<std::string> namesOf(const std::vector<NamedInstrument>& instruments, const Reading& reading) {
    std::vector<std::string> names;
    std::set<std::string> earlier_lists;
    std::set<std::string> this_list;
    int list = 0;
    for (const NamedInstrument& instrument : instruments) {
        if (instrument.list != list) {
            earlier_lists.merge(this_list);
            this_list.clear();
            list = instrument.list;
        }
        if (earlier_lists.contains(instrument.name)) continue;
        this_list.insert(instrument.name);
        names.insert(
            names.end(), static_cast<std::size_t>(instrument.count), asProgramName(instrument.name, reading));
    }
    return names;
}

Chip listChip(std::string name, std::vector<std::string> values, const std::vector<NamedInstrument>& from) {
    Chip chip{std::move(name), std::move(values), 1, ChipSource::kGrammar, 1, from.front().span};
    for (const NamedInstrument& instrument : from) {
        chip.evidence.first = std::min(chip.evidence.first, instrument.span.first);
        chip.evidence.past_last = std::max(chip.evidence.past_last, instrument.span.past_last);
        chip.confidence = std::min(chip.confidence, instrument.confidence);
    }
    return chip;
}

void settleInstruments(Reading& reading) {
    if (reading.instruments.empty()) reading.instruments = reading.asides;
    std::vector<std::string> unwanted;
    for (const NamedInstrument& instrument : reading.without) {
        const std::string name = asProgramName(instrument.name, reading);
        if (std::find(unwanted.begin(), unwanted.end(), name) == unwanted.end()) unwanted.push_back(name);
    }
    std::vector<std::string> wanted = namesOf(reading.instruments, reading);
    const Chip* voices = findChip(reading.demands, "voices");
    if (voices && wanted.size() == 1 && reading.instruments[0].name == "voice") // a choir in four parts
        wanted.resize(static_cast<std::size_t>(std::get<double>(voices->value)), wanted[0]);
    for (const std::string& name : unwanted)
        if (std::erase(wanted, name) > 0)
            reading.notices.push_back(
                "\u201c" + name + "\u201d is both wanted and not wanted; it is left out");
    if (wanted.size() > kMostInstruments) {
        reading.notices.push_back("a piece has at most 8 voices; the first 8 instruments count");
        wanted.resize(kMostInstruments);
    }
    if (!unwanted.empty())
        reading.demands.push_back(listChip("without", std::move(unwanted), reading.without));
    if (!wanted.empty())
        reading.demands.push_back(listChip("instruments", std::move(wanted), reading.instruments));
    else if (!reading.groups.empty() && !has(reading.demands, "voices")) {
        const NamedInstrument& group = reading.groups.back();
        reading.demand("voices", static_cast<double>(group.count), group.span, group.confidence);
    }
}

/// What a style or "short" usually means, where nothing is said about it.
void addImplied(Reading& reading) {
    std::vector<Chip> implied;
    for (const Chip& chip : reading.demands) {
        if (chip.name != "style") continue;
        const auto& style = std::get<std::string>(chip.value);
        const std::string_view metre = metreOfStyle(style);
        if (!metre.empty() && !has(reading.demands, "metre") && !has(implied, "metre"))
            implied.push_back(
                {"metre", std::string(metre), 1, ChipSource::kGrammar, kImplied, chip.evidence});
    }
    const bool has_length = has(reading.demands, "bars") || has(reading.demands, "seconds");
    if (!has_length && !reading.lengths.empty()) implied.push_back(reading.lengths.back());
    reading.demands.insert(reading.demands.end(), implied.begin(), implied.end());
}

} // namespace

std::vector<Chip> chipsOf(Reading& reading) {
    for (std::string_view name : {"metre", "bars", "seconds", "voices", "energy", "density", "octaves", "form"})
        keepLast(reading, name);
    settleTempo(reading);
    settleKey(reading);
    settleInstruments(reading);
    dropRepeats(reading.demands);
    addImplied(reading);
    std::stable_sort(reading.demands.begin(), reading.demands.end(),
        [](const Chip& a, const Chip& b) { return a.evidence.first < b.evidence.first; });
    return reading.demands;
}

} // namespace chainsong
