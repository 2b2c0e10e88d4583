#include "app/cli/originality.h"

#include "engine/base/numbers.h"
#include "engine/jobs/loader.h"

#include <nlohmann/json.hpp>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

Originality measured(const Score& piece, const Yardsticks& yardsticks) {
    return originalityOf(
        piece, yardsticks.training ? &*yardsticks.training : nullptr, yardsticks.library.get());
}

std::string nameOf(const Score& piece, int track) {
    const std::string& name = piece.tracks[static_cast<std::size_t>(track)].name;
    return name.empty() ? "track " + std::to_string(track + 1) : name;
}

ordered_json toJson(const SharedRuns& shared) {
    return {{"longest_run", shared.longest_run_notes}, {"reused", shared.reused_unit}};
}

ordered_json toJson(const HumanRuns& human) {
    return {{"part", human.part}, {"voices", human.num_voices},
        {"longest_run_median", human.longest_run_median}, {"longest_run_95", human.longest_run_95},
        {"reused", human.reused_unit}};
}

ordered_json toJson(const Score& piece, const Originality& originality) {
    ordered_json voices = ordered_json::array();
    for (const VoiceOriginality& voice : originality.voices) {
        const int notes = originality.has_training ? voice.training.num_notes : voice.library.num_notes;
        ordered_json entry{
            {"track", voice.track + 1}, {"name", nameOf(piece, voice.track)}, {"notes", notes}};
        if (originality.has_training) entry["training"] = toJson(voice.training);
        if (originality.has_library) entry["library"] = toJson(voice.library);
        if (voice.place)
            entry["library"]["from"] = {{"title", voice.place->source.title},
                {"path", voice.place->source.path}, {"track", voice.place->track + 1},
                {"licence", voice.place->source.licence}};
        voices.push_back(std::move(entry));
    }
    return voices;
}

ordered_json json(std::span<const Score> pieces, const Yardsticks& yardsticks) {
    ordered_json list = ordered_json::array(), human = ordered_json::array();
    for (const Score& piece : pieces)
        list.push_back({{"voices", toJson(piece, measured(piece, yardsticks))}});
    if (yardsticks.training)
        for (const HumanRuns& runs : yardsticks.training->human()) human.push_back(toJson(runs));
    return {{"run_notes_counted_as_reused", KnownRuns::kShortestRunNotes}, {"pieces", std::move(list)},
        {"human_held_out", std::move(human)}};
}

std::string inWords(const SharedRuns& shared) {
    const std::string run = shared.longest_run_notes < KnownRuns::kShortestRunNotes
        ? "no run of nine notes"
        : "longest run " + std::to_string(shared.longest_run_notes) + " notes";
    return run + ", " + formatFixed(100 * shared.reused_unit, 1) + " % of its nine-note stretches";
}

} // namespace

Result<Yardsticks> loadYardsticks(const std::string& library_path, Console& console) {
    Yardsticks yardsticks;
    const auto found = findKnownRuns();
    auto runs = found ? KnownRuns::load(*found) : Result<KnownRuns>(found.error());
    if (runs)
        yardsticks.training = *std::move(runs);
    else
        console.remark("The training corpus' runs are not known: " + sentence(runs.error()));
    if (library_path.empty()) return yardsticks;
    auto library = openLibrary(library_path);
    if (!library) return library.error();
    yardsticks.library = *std::move(library);
    return yardsticks;
}

std::string originalityJson(std::span<const Score> pieces, const Yardsticks& yardsticks) {
    return json(pieces, yardsticks).dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string withOriginality(
    const std::string& report, std::span<const Score> pieces, const Yardsticks& yardsticks) {
    ordered_json whole = ordered_json::parse(report, nullptr, /*allow_exceptions=*/false);
    if (!whole.is_object()) return report;
    whole["originality"] = json(pieces, yardsticks);
    return whole.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string originalityText(const Score& piece, const Yardsticks& yardsticks) {
    const Originality originality = measured(piece, yardsticks);
    std::string text;
    for (const VoiceOriginality& voice : originality.voices) {
        text += nameOf(piece, voice.track) + ":\n";
        if (originality.has_training) text += "  with the training corpus: " + inWords(voice.training) + "\n";
        if (originality.has_library) text += "  with the library: " + inWords(voice.library);
        if (voice.place) text += " (" + voice.place->source.title + ", " + voice.place->source.path + ")";
        if (originality.has_library) text += "\n";
    }
    for (const HumanRuns& human : originality.human)
        if (human.part == "all")
            text += "held-out music of people: longest run " + formatFixed(human.longest_run_median, 0)
                + " notes (median), " + formatFixed(human.longest_run_95, 0) + " (95 %), "
                + formatFixed(100 * human.reused_unit, 1) + " % of the stretches\n";
    return text.empty() ? "no melody\n" : text;
}

} // namespace chainsong
