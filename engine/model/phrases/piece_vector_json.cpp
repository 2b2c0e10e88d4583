#include "engine/model/phrases/piece_vector.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace chainsong {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr int kMostBars = 512;

/// A finite number of an object between two bounds, or nothing.
std::optional<double> numberIn(const json& object, const char* name, double lowest, double highest) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number()) return std::nullopt;
    const double value = found->get<double>();
    return std::isfinite(value) && value >= lowest && value <= highest ? std::optional(value) : std::nullopt;
}

std::optional<VoiceNumbers> voiceFrom(const json& entry) {
    if (!entry.is_object()) return std::nullopt;
    const auto program = numberIn(entry, "program", 0, 127);
    const auto mean = numberIn(entry, "mean_key", 0, 127), spread = numberIn(entry, "key_spread", 0, 127);
    const auto notes = numberIn(entry, "notes_per_bar", 0, 10'000);
    const auto drums = entry.find("drums");
    if (!program || !mean || !spread || !notes || drums == entry.end() || !drums->is_boolean())
        return std::nullopt;
    return VoiceNumbers{static_cast<int>(*program), drums->get<bool>(), *mean, *spread, *notes};
}

Status readForm(const json& object, PieceVector& vector) {
    const auto key = object.find("key"), metre = object.find("metre");
    if (key == object.end() || !key->is_string() || metre == object.end() || !metre->is_string())
        return Error{"a piece's vector needs a key and a metre"};
    const auto read_key = parseKey(key->get<std::string>());
    if (!read_key) return read_key.error();
    const auto read_metre = parseMetre(metre->get<std::string>());
    if (!read_metre) return read_metre.error();
    const auto tempo = numberIn(object, "tempo_bpm", 4, 1000), bars = numberIn(object, "bars", 1, kMostBars);
    if (!tempo || !bars) return Error{"a piece's vector needs a tempo and 1 to 512 bars"};
    vector.key = *read_key;
    vector.metre = *read_metre;
    vector.tempo_bpm = *tempo;
    vector.num_bars = static_cast<int>(*bars);
    return Done{};
}

} // namespace

std::string pieceVectorJson(const PieceVector& vector) {
    ordered_json object{{"chainsong_vector", kVersion}, {"key", keyName(vector.key)},
        {"metre", metreName(vector.metre)}, {"tempo_bpm", vector.tempo_bpm}, {"bars", vector.num_bars}};
    for (const VoiceNumbers& voice : vector.voices)
        object["voices"].push_back(
            ordered_json{{"program", voice.program}, {"drums", voice.is_drums}, {"mean_key", voice.mean_key},
                {"key_spread", voice.key_spread}, {"notes_per_bar", voice.notes_per_bar}});
    object["pitch_class_entropy_bits"] = vector.pitch_class_entropy_bits;
    object["groove_consistency"] = vector.groove_consistency;
    object["melody"] = vector.melody;
    return object.dump(2) + "\n";
}

Result<PieceVector> pieceVectorFromJson(std::string_view text) {
    const json object = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object() || !numberIn(object, "chainsong_vector", kVersion, kVersion))
        return Error{"is no vector of a piece"};
    PieceVector vector;
    if (const Status form = readForm(object, vector); !form) return form.error();
    const auto voices = object.find("voices"), melody = object.find("melody");
    if (voices == object.end() || !voices->is_array() || voices->empty() || voices->size() > kMaxParts)
        return Error{"a piece's vector has 1 to 8 voices"};
    for (const json& entry : *voices) {
        const auto voice = voiceFrom(entry);
        if (!voice) return Error{"a voice of the piece's vector is damaged"};
        vector.voices.push_back(*voice);
    }
    const auto entropy = numberIn(object, "pitch_class_entropy_bits", 0, 4);
    const auto groove = numberIn(object, "groove_consistency", 0, 1);
    if (!entropy || !groove) return Error{"a piece's vector needs its entropy and its groove"};
    vector.pitch_class_entropy_bits = *entropy;
    vector.groove_consistency = *groove;
    if (melody == object.end() || !melody->is_array() || melody->size() != vector.melody.size())
        return Error{"a piece's vector has sixteen numbers for its melody"};
    for (std::size_t k = 0; k < vector.melody.size(); ++k) {
        if (!(*melody)[k].is_number() || !(std::abs((*melody)[k].get<double>()) < 1e6))
            return Error{"a number of the melody's vector is damaged"};
        vector.melody[k] = (*melody)[k].get<float>();
    }
    return vector;
}

} // namespace chainsong
