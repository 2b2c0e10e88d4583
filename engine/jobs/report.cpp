#include "engine/jobs/report.h"

#include "engine/base/text.h"
#include "engine/music/tempo_map.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <utility>

namespace chainsong {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;

/// Never throws on what a prompt may hold: bytes that are no UTF-8 become U+FFFD.
std::string text(const ordered& value, int indent) {
    return value.dump(indent, ' ', /*ensure_ascii=*/false, ordered::error_handler_t::replace);
}

/// Whole numbers as whole numbers ("bars": 16, not 16.0). JSON has no infinity: null.
ordered number(double value) {
    constexpr double kExactlyWhole = 9e15;
    if (!std::isfinite(value)) return nullptr;
    if (value == std::floor(value) && std::abs(value) < kExactlyWhole)
        return static_cast<std::int64_t>(value);
    return value;
}

ordered toJson(const TextSpan& span) { return ordered::array({span.first, span.past_last}); }

ordered toJson(const std::vector<TextSpan>& spans) {
    ordered list = ordered::array();
    for (const TextSpan& span : spans) list.push_back(toJson(span));
    return list;
}

struct ValueWriter {
    ordered operator()(const std::string& word) const { return word; }
    ordered operator()(double value) const { return number(value); }
    ordered operator()(const std::pair<double, double>& range) const {
        return ordered::array({number(range.first), number(range.second)});
    }
    ordered operator()(const std::vector<std::string>& names) const { return names; }
};

ordered toJson(const std::vector<Chip>& chips) {
    ordered list = ordered::array();
    for (const Chip& chip : chips)
        list.push_back({{"name", chip.name}, {"value", std::visit(ValueWriter{}, chip.value)},
            {"weight", number(chip.weight)}, {"source", chipSourceName(chip.source)},
            {"confidence", number(chip.confidence)}, {"evidence", toJson(chip.evidence)}});
    return list;
}

Result<ChipValue> valueFrom(const json& value) {
    if (value.is_string()) return ChipValue(value.get<std::string>());
    if (value.is_number()) return ChipValue(value.get<double>());
    if (!value.is_array()) return Error{"a chip's value is neither a word, a number nor a list"};
    if (value.size() == 2 && value[0].is_number() && value[1].is_number())
        return ChipValue(std::pair(value[0].get<double>(), value[1].get<double>()));
    std::vector<std::string> names;
    for (const json& name : value) {
        if (!name.is_string()) return Error{"a chip's list holds something that is no name"};
        names.push_back(name.get<std::string>());
    }
    return ChipValue(std::move(names));
}

Result<ChipSource> sourceFrom(std::string_view name) {
    for (const ChipSource source : {ChipSource::kGrammar, ChipSource::kStyleHead, ChipSource::kUser})
        if (chipSourceName(source) == name) return source;
    return Error{"a chip's source is not known"};
}

bool isSpan(const json& value) {
    return value.is_array() && value.size() == 2 && value[0].is_number_integer()
        && value[1].is_number_integer();
}

double numberOr(const json& object, const char* name, double otherwise) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : otherwise;
}

Result<Chip> chipFrom(const json& object) {
    if (!object.is_object() || !object.contains("name") || !object["name"].is_string()
        || !object.contains("value"))
        return Error{"a chip needs a name and a value"};
    auto value = valueFrom(object["value"]);
    if (!value) return value.error();
    Chip chip;
    chip.name = object["name"].get<std::string>();
    chip.value = *std::move(value);
    chip.weight = numberOr(object, "weight", 1);
    chip.confidence = numberOr(object, "confidence", 1);
    if (object.contains("source") && object["source"].is_string()) {
        const auto source = sourceFrom(object["source"].get<std::string>());
        if (!source) return source.error();
        chip.source = *source;
    }
    if (object.contains("evidence") && isSpan(object["evidence"]))
        chip.evidence = {object["evidence"][0].get<int>(), object["evidence"][1].get<int>()};
    return chip;
}

ordered toJson(const std::vector<ConstraintReport>& constraints) {
    ordered list = ordered::array();
    for (const ConstraintReport& constraint : constraints) {
        ordered entry{
            {"name", constraint.name}, {"hard", constraint.is_hard}, {"satisfied", constraint.is_satisfied}};
        if (!constraint.detail.empty()) entry["detail"] = constraint.detail;
        list.push_back(std::move(entry));
    }
    return list;
}

ordered toJson(const std::vector<Draw>& draws) {
    ordered list = ordered::array();
    for (const Draw& draw : draws) {
        const PieceSummary summary = summarise(draw.score, draw.log_density);
        list.push_back({{"log_density", number(draw.log_density)}, {"notes", numNotes(draw.score)},
            {"changed_notes", draw.num_changed_notes}, {"mean_pitch", number(summary.mean_pitch)},
            {"notes_per_quarter", number(summary.notes_per_quarter)},
            {"pitch_class_entropy_bits", number(summary.pitch_class_entropy_bits)}});
    }
    return list;
}

/// Four decimals are as much as a probability of one note means.
ordered share(double value) { return number(std::round(value * 1e4) / 1e4); }

ordered toJson(const NoteExplanation::Influence& influence, const std::u32string& prompt) {
    using Kind = NoteExplanation::Influence::Kind;
    ordered entry;
    switch (influence.kind) {
    case Kind::kWord:
        entry["word"] = encodeUtf8(prompt.substr(static_cast<std::size_t>(influence.word.first),
            static_cast<std::size_t>(influence.word.past_last - influence.word.first)));
        break;
    case Kind::kChip: entry["chip"] = influence.chip; break;
    case Kind::kEarlierBar: entry["earlier_bar"] = influence.index + 1; break;
    case Kind::kGivenBar: entry["given_bar"] = influence.index + 1; break;
    case Kind::kPhrase: entry["phrase"] = influence.phrase; break;
    }
    entry["share"] = share(influence.share_unit);
    return entry;
}

/// One entry a note of the first piece: where it stands, how likely it was, what else could have stood there,
/// and what the model looked at.
ordered toJson(const ScoreExplanation& why, const Score& score, std::string_view prompt) {
    const std::u32string words = decodeUtf8(prompt);
    const MetreMap metres(score.metres);
    ordered list = ordered::array();
    for (std::size_t t = 0; t < why.size(); ++t) {
        for (std::size_t n = 0; n < why[t].size(); ++n) {
            const Note& note = score.tracks[t].notes[n];
            const NoteExplanation& reason = why[t][n];
            const Key key = keyAt(score, note.start);
            const int bar = metres.barAt(note.start);
            ordered alternatives = ordered::array(), attention = ordered::array();
            for (const auto& choice : reason.choices)
                if (choice.key != note.key)
                    alternatives.push_back(
                        {{"note", noteName(choice.key, key)}, {"probability", share(choice.probability)}});
            for (const auto& influence : reason.influences) attention.push_back(toJson(influence, words));
            list.push_back({{"track", t + 1}, {"bar", bar + 1},
                {"quarters_into_bar",
                    share(static_cast<double>((note.start - metres.barStart(bar)).value) / kTicksPerQuarter)},
                {"note", noteName(note.key, key)}, {"probability", reason.probability},
                {"pitch_probability", share(reason.pitch_probability)},
                {"alternatives", std::move(alternatives)}, {"attention", std::move(attention)}});
        }
    }
    return list;
}

} // namespace

std::string parsedPromptJson(const ParsedPrompt& parsed) {
    ordered line{{"prompt", parsed.prompt}, {"chips", toJson(parsed.chips)},
        {"not_understood", toJson(parsed.not_understood)}};
    if (!parsed.notices.empty()) line["notices"] = parsed.notices;
    return text(line, -1);
}

std::string chipsJson(const std::vector<Chip>& chips) { return text(toJson(chips), -1); }

Result<std::vector<Chip>> chipsFromJson(std::string_view bytes) {
    const json list = json::parse(bytes, nullptr, /*allow_exceptions=*/false);
    if (!list.is_array()) return Error{"the chips are no JSON list"};
    std::vector<Chip> chips;
    for (const json& entry : list) {
        auto chip = chipFrom(entry);
        if (!chip) return chip.error();
        chips.push_back(*std::move(chip));
    }
    return chips;
}

std::string reportJson(std::string_view prompt, const ComposeResult& result, const ScoreExplanation* why) {
    ordered ess = ordered::array();
    for (const double value : result.ess_per_bar_line) ess.push_back(number(value));
    ordered report{
        {"request",
            {{"prompt", prompt}, {"chips", toJson(result.request_chips)},
                {"not_understood", toJson(result.not_understood)}}},
        {"log_evidence", number(result.log_evidence)},
        {"ess", std::move(ess)},
        {"constraints", toJson(result.constraints)},
        {"seconds", number(result.seconds)},
        {"seed", result.seed},
        {"model", result.model},
        {"notices", result.notices},
        {"pieces", toJson(result.draws)},
    };
    if (!result.remembered.empty()) {
        report["remembered_phrases"] = ordered::array();
        for (const RememberedPhrase& phrase : result.remembered)
            report["remembered_phrases"].push_back(ordered(phrase.origin));
    }
    if (why && !result.draws.empty()) report["notes"] = toJson(*why, result.draws.front().score, prompt);
    return text(report, 2) + "\n";
}

} // namespace chainsong
