#include "app/cli/command.h"
#include "app/cli/originality.h"
#include "app/cli/pieces.h"
#include "engine/base/numbers.h"
#include "engine/io/midi_file.h"
#include "engine/io/project_file.h"
#include "engine/io/stan_csv.h"
#include "engine/model/muse/muse.h"
#include "engine/model/phrases/known_runs.h"
#include "engine/model/phrases/phrase_library.h"
#include "engine/music/instruments.h"
#include "engine/music/statistics.h"
#include "engine/music/tempo_map.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

namespace chainsong {
namespace {

using nlohmann::ordered_json;
using Facts = Result<ordered_json>;

ordered_json factsOf(const Track& track) {
    ordered_json facts{{"name", track.name},
        {"instrument", track.is_drums ? kDrumsName : instrumentName(track.program)},
        {"notes", track.notes.size()}};
    if (track.notes.empty() || track.is_drums) return facts;
    const auto [lowest, highest] = std::minmax_element(
        track.notes.begin(), track.notes.end(), [](const Note& a, const Note& b) { return a.key < b.key; });
    facts["range"] = noteName(lowest->key) + "-" + noteName(highest->key);
    return facts;
}

void addScore(ordered_json& facts, const Score& score) {
    if (!score.title.empty()) facts["title"] = score.title;
    facts["bars"] = numBars(score);
    facts["seconds"] = durationSeconds(score);
    for (const MetreChange& change : score.metres) facts["metres"].push_back(metreName(change.metre));
    for (const KeyChange& change : score.keys) facts["keys"].push_back(keyName(change.key));
    const KeyEstimate estimate = estimateKey(score);
    if (numNotes(score) > 0) facts["estimated_key"] = keyName(estimate.key);
    if (!score.tempos.empty()) facts["tempo_bpm"] = score.tempos.front().tempoBpm();
    facts["notes"] = numNotes(score);
    for (const Track& track : score.tracks) facts["tracks"].push_back(factsOf(track));
}

Facts inspectMidi(const std::string& path) {
    const auto reading = readMidiFile(path);
    if (!reading) return reading.error();
    ordered_json facts{{"kind", "MIDI"}};
    addScore(facts, reading->score);
    if (!reading->remarks.empty()) facts["remarks"] = reading->remarks;
    if (!reading->notices.empty()) facts["notices"] = reading->notices;
    return facts;
}

Facts inspectProject(const std::string& path) {
    const auto project = ProjectFile::open(path);
    if (!project) return project.error();
    const ProjectContent& content = project->content();
    ordered_json facts{
        {"kind", "project"}, {"prompt", content.prompt}, {"seed", content.seed}, {"model", content.model}};
    addScore(facts, content.score);
    if (!content.constraints.empty()) facts["constraints"] = content.constraints;
    for (const auto& variation : content.variations) facts["variations"].push_back(variation.name);
    const auto history = project->history();
    if (!history) return history.error();
    for (const HistoryStep& step : *history) facts["history"].push_back(step.name);
    if (!project->notices().empty()) facts["notices"] = project->notices();
    return facts;
}

Facts inspectWeights(const std::string& path) {
    const auto summary = summariseWeights(path);
    if (!summary) return summary.error();
    return ordered_json{{"kind", "weights"}, {"architecture", summary->architecture},
        {"parameters", summary->num_parameters},
        {"validation_nats_per_note", summary->validation_nats_per_note},
        {"training_data", summary->training_data}, {"licences", summary->licences},
        {"made_from", summary->made_from}};
}

Facts inspectLibrary(const std::string& path) {
    const auto library = PhraseLibrary::open(path);
    if (!library) return library.error();
    ordered_json facts{{"kind", "phrase library"}, {"phrases", (*library)->numPhrases()},
        {"pieces", (*library)->numSources()}, {"voices", (*library)->numVoices()},
        {"notes", (*library)->numNotes()}};
    std::map<std::string, int> parts, licences;
    for (std::uint32_t i = 0; i < (*library)->numSources(); ++i) {
        const PhraseSource source = (*library)->source(i);
        ++parts[source.part];
        ++licences[source.licence.empty() ? "not said" : source.licence];
    }
    const auto counted = [](const std::map<std::string, int>& names) {
        ordered_json list = ordered_json::array();
        for (const auto& [name, count] : names) list.push_back(name + " (" + std::to_string(count) + ")");
        return list;
    };
    facts["parts"] = counted(parts);
    facts["licences"] = counted(licences);
    return facts;
}

Facts inspectKnownRuns(const std::string& path) {
    const auto runs = KnownRuns::load(path);
    if (!runs) return runs.error();
    ordered_json facts{{"kind", "known runs"}, {"pieces", runs->numPieces()},
        {"runs_of_nine_notes", runs->numGrams()}, {"parts", runs->parts()}};
    for (const HumanRuns& human : runs->human())
        facts["human_held_out"].push_back(ordered_json{{"part", human.part}, {"voices", human.num_voices},
            {"longest_run_median", human.longest_run_median}, {"longest_run_95", human.longest_run_95},
            {"reused", human.reused_unit}});
    return facts;
}

Facts inspectDraws(const std::string& path) {
    const auto table = readStanCsvFile(path);
    const std::string why = !table ? table.error().what : table->numDraws() == 0 ? "no draws" : "";
    if (!why.empty())
        return Error{"is neither MIDI, a project, weights, a phrase library nor draws (" + why + ")", path};
    ordered_json facts{{"kind", "draws"}, {"draws", table->numDraws() - table->num_warm_up},
        {"warm_up", table->num_warm_up}, {"columns", table->names}};
    if (table->step_size > 0) facts["step_size"] = table->step_size;
    if (!table->notices.empty()) facts["notices"] = table->notices;
    return facts;
}

Facts inspectFile(const std::string& path) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return Error{"there is no such file", path};
    if (std::filesystem::is_directory(path, failed)) return Error{"is a folder", path};
    std::array<char, 32> bytes{};
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{"cannot be read", path};
    file.read(bytes.data(), bytes.size());
    const std::string_view head(bytes.data(), bytes.size());
    if (head.starts_with("MThd") || head.starts_with("RIFF")) return inspectMidi(path);
    if (head.starts_with("SQLite format 3")) return inspectProject(path);
    if (PhraseLibrary::isOne(head)) return inspectLibrary(path);
    if (KnownRuns::isOne(head)) return inspectKnownRuns(path);
    constexpr std::size_t kAfterHeaderLength = 8;
    if (head[kAfterHeaderLength] == '{') return inspectWeights(path);
    return inspectDraws(path);
}

std::string inWords(const ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_float()) return formatFixed(value.get<double>(), 2);
    if (!value.is_structured()) return value.dump();
    std::string words;
    for (const auto& entry : value) words += (words.empty() ? "" : ", ") + inWords(entry);
    return words;
}

/// "name: value" lines; a list of objects as one indented line each.
std::string factsText(const ordered_json& facts) {
    std::string text;
    for (const auto& [name, value] : facts.items()) {
        std::string label = name;
        std::replace(label.begin(), label.end(), '_', ' ');
        const bool is_list_of_objects = value.is_array() && !value.empty() && value.front().is_object();
        text += label + ":" + (is_list_of_objects ? "" : " " + inWords(value)) + "\n";
        if (!is_list_of_objects) continue;
        for (const auto& entry : value) text += "  " + inWords(entry) + "\n";
    }
    return text;
}

struct InspectOptions {
    std::string path;
    bool wants_originality = false;
    std::string library_path;
};

/// How close a MIDI file comes to music that exists, voice by voice.
Status inspectOriginality(const InspectOptions& options, Console& console) {
    const auto piece = readPiece(options.path, console);
    if (!piece) return piece.error();
    const auto yardsticks = loadYardsticks(options.library_path, console);
    if (!yardsticks) return yardsticks.error();
    console.result(console.wantsJson() ? originalityJson(std::span(&*piece, 1), *yardsticks)
                                       : originalityText(*piece, *yardsticks));
    return Done{};
}

} // namespace

void addInspectCommand(Program& program) {
    const auto options = std::make_shared<InspectOptions>();
    CLI::App* const command = addCommand(program, "inspect",
        "Say what is in a MIDI, project, weights, phrase library or draws file",
        [options](const CommonOptions&, Console& console) -> Status {
            if (options->wants_originality) return inspectOriginality(*options, console);
            const auto facts = inspectFile(options->path);
            if (!facts) return facts.error();
            console.result(console.wantsJson()
                    ? facts->dump(2, ' ', false, ordered_json::error_handler_t::replace)
                    : factsText(*facts));
            return Done{};
        });
    command->add_option("FILE", options->path, "The file")->required();
    command->add_flag("--originality", options->wants_originality,
        "How long the runs are that a MIDI file's voices share with the training corpus");
    command->add_option("--library", options->library_path, "A phrase library to compare with as well");
}

} // namespace chainsong
