#include "app/cli/command.h"
#include "app/cli/pieces.h"
#include "app/cli/table.h"
#include "app/cli/wishes.h"
#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/io/midi_file.h"
#include "engine/model/corpus.h"
#include "engine/model/phrases/known_runs.h"
#include "engine/model/phrases/library_builder.h"
#include "engine/model/phrases/range_queryer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <optional>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

struct IndexOptions {
    std::string place; // a folder to index, or a library to ask
    std::string library_path;
    bool adds = false;
    bool learns_runs = false;
    PhraseCut cut;
    std::vector<std::string> parts;
    std::string like_path;
    std::string bars = "1-2";
    int track = 0; // from 1; 0: the first that has notes there
    std::string words;
    double radius = 1;
    int most = 20;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

PhraseSource sourceOf(const CorpusPiece& piece, const Score& score) {
    std::string title = cleanLabel(score.title);
    if (title.empty()) title = std::filesystem::path(piece.path).stem().string();
    std::vector<std::string> words = piece.tags;
    if (!piece.tempo_word.empty()) words.push_back(piece.tempo_word);
    return {piece.path, piece.part, title, joined(words), piece.licence};
}

/// Why a piece gave no phrase.
std::string whyNothing(const Score& score) {
    if (numNotes(score) == 0) return "holds no notes";
    return voicesOf(score).empty() ? "holds drums only" : "is too short for a phrase";
}

struct Indexing {
    PhraseLibraryBuilder builder;
    int num_known = 0; // already in the library
    std::vector<std::string> skipped; // sentences
};

Status addPieces(Indexing& indexing, const std::vector<CorpusPiece>& pieces, Console& console) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (console.stopToken().stop_requested()) return Error{"stopped"};
        console.progress({"reading pieces", static_cast<double>(i) / static_cast<double>(pieces.size())});
        const std::string& path = pieces[i].path;
        if (indexing.builder.has(path)) {
            ++indexing.num_known;
            continue;
        }
        const auto reading = readMidiFile(path);
        if (!reading) {
            indexing.skipped.push_back(sentence(reading.error()));
            continue;
        }
        const auto found = indexing.builder.add(reading->score, sourceOf(pieces[i], reading->score));
        if (!found) return found.error();
        if (*found == 0) indexing.skipped.push_back(path + ": " + whyNothing(reading->score));
    }
    return Done{};
}

void tell(const IndexOptions& options, const Indexing& indexing, Console& console) {
    const auto& builder = indexing.builder;
    if (console.wantsJson()) {
        const ordered_json json{{"library", options.library_path}, {"phrases", builder.numPhrases()},
            {"pieces", builder.numSources()}, {"notes", builder.numNotes()},
            {"already_there", indexing.num_known}, {"skipped", indexing.skipped}};
        return console.result(json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
    }
    constexpr std::size_t kMostNamed = 20;
    for (std::size_t i = 0; i < std::min(kMostNamed, indexing.skipped.size()); ++i)
        console.remark("skipped " + indexing.skipped[i]);
    if (indexing.skipped.size() > kMostNamed)
        console.remark(
            "skipped " + std::to_string(indexing.skipped.size() - kMostNamed) + " more (--json names all)");
    console.result(options.library_path + ": " + std::to_string(builder.numPhrases()) + " phrases of "
        + std::to_string(builder.numSources()) + " pieces, " + std::to_string(indexing.skipped.size())
        + " skipped");
}

Status indexFolder(const IndexOptions& options, Console& console) {
    if (options.library_path.empty())
        return Error{"say with -o where the library is to be written", options.place};
    if (const auto place = AtomicPath::begin(options.library_path); !place) return place.error();
    const auto pieces = listCorpus(options.place, options.parts);
    if (!pieces) return Error{pieces.error().what, options.place};
    Indexing indexing{PhraseLibraryBuilder(options.cut), 0, {}};
    std::error_code absent;
    if (options.adds && std::filesystem::exists(options.library_path, absent)) {
        const auto library = PhraseLibrary::open(options.library_path);
        if (!library) return library.error();
        indexing.builder = PhraseLibraryBuilder(**library, options.cut);
    }
    if (auto added = addPieces(indexing, *pieces, console); !added) return added;
    if (indexing.builder.numPhrases() == 0) return Error{"none of its files holds a phrase", options.place};
    console.progress({"writing the library", -1});
    if (auto written = indexing.builder.write(options.library_path); !written) return written;
    tell(options, indexing, console);
    return Done{};
}

/// The phrase that the user points at.
Result<Phrase> phraseOf(const IndexOptions& options, Console& console) {
    const auto score = readPiece(options.like_path, console);
    if (!score) return score.error();
    const auto bars = parseBarRange(options.bars);
    if (!bars) return bars.error();
    for (const Voice& voice : voicesOf(*score)) {
        if (options.track > 0 && voice.track != options.track - 1) continue;
        if (auto phrase = phraseAt(*score, voice, bars->first, bars->second - bars->first))
            return *std::move(phrase);
    }
    return Error{"no note begins in bars " + options.bars, options.like_path};
}

void tell(const std::vector<FoundPhrase>& found, const PhraseLibrary& library, Console& console) {
    ordered_json list = ordered_json::array();
    Table table{{"piece", "bars", "track", "melody", "words", "licence"}};
    for (const FoundPhrase& one : found) {
        const Phrase phrase = library.phrase(one.id);
        const PhraseSource source = library.source(library.sourceOf(one.id));
        const std::string bars =
            std::to_string(phrase.first_bar + 1) + "-" + std::to_string(phrase.past_last_bar);
        list.push_back({{"path", source.path}, {"title", source.title}, {"part", source.part},
            {"words", source.words}, {"licence", source.licence}, {"bars", bars}, {"track", phrase.track + 1},
            {"melody_distance", one.melody_distance}, {"text_distance", one.text_distance}});
        table.add({source.title + " (" + source.path + ")", bars, std::to_string(phrase.track + 1),
            formatFixed(static_cast<double>(one.melody_distance), 2),
            formatFixed(static_cast<double>(one.text_distance), 2), source.licence});
    }
    if (console.wantsJson())
        console.result(list.dump(2, ' ', false, ordered_json::error_handler_t::replace));
    else
        console.result(found.empty() ? "no phrase within this distance" : table.text());
}

Status askLibrary(const IndexOptions& options, Console& console) {
    auto library = PhraseLibrary::open(options.place);
    if (!library) return library.error();
    PhraseQuestion question;
    question.most = static_cast<std::size_t>(options.most);
    question.melody_radius = static_cast<float>(options.radius);
    if (!options.like_path.empty()) {
        const auto phrase = phraseOf(options, console);
        if (!phrase) return phrase.error();
        question.melody = embedMelody(*phrase);
    }
    if (!options.words.empty()) question.text = embedText(options.words);
    tell(RangeQueryer(*library).ask(question), **library, console);
    return Done{};
}

/// Instead of phrases the runs of a training corpus, which originality is measured by.
Status indexRuns(const IndexOptions& options, Console& console) {
    if (options.library_path.empty())
        return Error{"say with -o where the runs are to be written", options.place};
    if (const auto place = AtomicPath::begin(options.library_path); !place) return place.error();
    const auto read_score = [](const std::string& path) -> Result<Score> {
        auto reading = readMidiFile(path);
        if (!reading) return reading.error();
        return std::move(reading->score);
    };
    const auto learnt =
        learnRuns({options.place, options.parts, read_score}, console.onProgress(), console.stopToken());
    if (!learnt) return learnt.error();
    if (auto written = learnt->runs.write(options.library_path); !written) return written;
    for (const std::string& skipped : learnt->skipped) console.remark("skipped " + skipped);
    Table table{{"held-out music", "voices", "longest run: median", "95 %", "reused"}};
    for (const HumanRuns& human : learnt->runs.human())
        table.add({human.part, std::to_string(human.num_voices), formatFixed(human.longest_run_median, 0),
            formatFixed(human.longest_run_95, 0), formatFixed(human.reused_unit, 3)});
    const ordered_json json{{"runs", options.library_path}, {"pieces", learnt->runs.numPieces()},
        {"runs_of_nine_notes", learnt->runs.numGrams()}, {"skipped", learnt->skipped}};
    console.result(console.wantsJson() ? json.dump(2, ' ', false, ordered_json::error_handler_t::replace)
                                       : table.text());
    return Done{};
}

void addOptions(CLI::App& command, IndexOptions& options) {
    command.add_option("PLACE", options.place, "A folder of MIDI files to index, or a library to ask")
        ->required();
    command.add_option("-o", options.library_path, "The library to write");
    command.add_flag("--add", options.adds, "Keep what the library holds, and add pieces that are new");
    command.add_flag("--runs", options.learns_runs,
        "Instead of phrases, write hashes of the runs of its training split, for originality");
    command.add_option("--parts", options.parts, "Only these folders")->delimiter(',');
    command.add_option("--phrase-bars", options.cut.bars, "Bars of a phrase")
        ->check(numberFrom(1, 16))
        ->capture_default_str();
    command.add_option("--like", options.like_path, "Ask for phrases like some bars of this MIDI file");
    command.add_option("--bars", options.bars, "Which bars")->check(barRanges())->capture_default_str();
    command.add_option("--track", options.track, "Which track; the first that has notes there if not said")
        ->check(numberFrom(1, 1024));
    command.add_option("--words", options.words, "Ask for phrases of pieces that these words tell of");
    command.add_option("--radius", options.radius, "How far melodies may lie; 1 is one or two notes varied")
        ->check(numberFrom(0, 100))
        ->capture_default_str();
    command.add_option("--most", options.most, "At most so many")
        ->check(numberFrom(1, 100'000))
        ->capture_default_str();
}

} // namespace

void addIndexCommand(Program& program) {
    const auto options = std::make_shared<IndexOptions>();
    CLI::App* const command = addCommand(program, "index",
        "Build a library of phrases from a folder of MIDI files, or ask one: --like FILE.mid, --words TEXT",
        [options](const CommonOptions&, Console& console) -> Status {
            const bool asks = !options->like_path.empty() || !options->words.empty();
            if (asks && !options->library_path.empty())
                return Error{"either write a library (-o) or ask one"};
            if (options->learns_runs) return indexRuns(*options, console);
            return asks ? askLibrary(*options, console) : indexFolder(*options, console);
        });
    addOptions(*command, *options);
}

} // namespace chainsong
