#include "app/cli/command.h"
#include "app/cli/table.h"
#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/io/midi_file.h"
#include "engine/model/muse/trainer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

Result<Score> readCorpusScore(const std::string& path) {
    auto reading = readMidiFile(path);
    if (!reading) return reading.error();
    return std::move(reading->score);
}

void tell(const TrainReport& report, Console& console) {
    if (console.wantsJson()) {
        ordered_json losses = ordered_json::array();
        for (const LossPoint& point : report.losses)
            losses.push_back({{"notes_seen", point.notes_seen}, {"minutes", point.minutes},
                {"train_nats_per_note", point.train_nats_per_note},
                {"valid_nats_per_note", point.valid_nats_per_note}});
        const ordered_json json{{"losses", losses}, {"skipped_files", report.skipped_files}};
        return console.result(json.dump(2, ' ', false, ordered_json::error_handler_t::replace));
    }
    for (const std::string& skipped : report.skipped_files) console.remark("skipped " + skipped);
    Table table{{"notes seen", "minutes", "train nats/note", "valid nats/note"}};
    for (const LossPoint& point : report.losses)
        table.add({std::to_string(point.notes_seen), formatFixed(point.minutes, 1),
            formatFixed(point.train_nats_per_note, 4), formatFixed(point.valid_nats_per_note, 4)});
    console.result(table.text());
}

std::int64_t numNotes(const PartEvaluation& part) {
    std::int64_t sum = 0;
    for (const PieceEvaluation& piece : part.pieces) sum += piece.num_notes;
    return sum;
}

void tell(const std::vector<PartEvaluation>& parts, Console& console) {
    if (console.wantsJson()) {
        ordered_json list = ordered_json::array();
        for (const PartEvaluation& part : parts)
            list.push_back({{"part", part.part}, {"pieces", part.pieces.size()}, {"notes", numNotes(part)},
                {"muse_nats_per_note", museNatsPerNote(part).value},
                {"ngram_nats_per_note", ngramNatsPerNote(part).value},
                {"muse_nats_per_sixteenth_and_voice", museNatsPerCell(part).value},
                {"interval_95", {museNatsPerCell(part).low, museNatsPerCell(part).high}}});
        return console.result(list.dump(2, ' ', false, ordered_json::error_handler_t::replace));
    }
    Table table{{"part", "pieces", "notes", "muse nats/note", "5-gram nats/note", "muse nats/16th/voice",
        "95 % of draws of pieces"}};
    for (const PartEvaluation& part : parts) {
        const PooledNats cell = museNatsPerCell(part);
        table.add({part.part, std::to_string(part.pieces.size()), std::to_string(numNotes(part)),
            formatFixed(museNatsPerNote(part).value, 4), formatFixed(ngramNatsPerNote(part).value, 4),
            formatFixed(cell.value, 4), formatFixed(cell.low, 4) + "-" + formatFixed(cell.high, 4)});
    }
    console.result(table.text());
}

void addTrainCommand(Program& program) {
    const auto options = std::make_shared<TrainOptions>();
    CLI::App* const command =
        addCommand(program, "train", "Train the attention model on a folder of MIDI files",
            [options](const CommonOptions& common, Console& console) -> Status {
                options->read_score = readCorpusScore;
                options->seed = common.seed;
                options->num_threads = common.num_threads;
                const auto report = trainMuse(*options, console.onProgress(), console.stopToken());
                if (!report) return report.error();
                tell(*report, console);
                return Done{};
            });
    constexpr double kMostMinutes = 60 * 24 * 30;
    command
        ->add_option(
            "--corpus", options->corpus_dir, "Folders with MIDI files, and metadata.csv if there is one")
        ->required();
    command->add_option("-o", options->weights_path, "The weights file to write (.safetensors)")->required();
    command->add_flag("--resume", options->resume, "Go on from the checkpoint beside the weights file");
    command->add_option("--minutes", options->minutes, "Stop after so long, with the best weights on disk")
        ->check(numberFrom(0.01, kMostMinutes))
        ->capture_default_str();
    command
        ->add_option("--learning-rate", options->learning_rate,
            "The highest learning rate; 0: 0.0015, or 0.0006 with --resume")
        ->check(numberFrom(0, 1));
    command->add_option("--parts", options->parts, "Only these folders of the corpus")->delimiter(',');
}

void addEvaluateCommand(Program& program) {
    constexpr std::uint64_t kMostListBytes = 1 << 24;
    const auto options = std::make_shared<EvaluateOptions>();
    const auto leaks_path = std::make_shared<std::string>();
    CLI::App* const command =
        addCommand(program, "evaluate", "Held-out nats per note of the model and of an interpolated 5-gram",
            [options, leaks_path](const CommonOptions&, Console& console) -> Status {
                options->read_score = readCorpusScore;
                if (!leaks_path->empty()) {
                    const auto bytes = readWholeFile(*leaks_path, kMostListBytes);
                    if (!bytes) return bytes.error();
                    for (const std::string& line : split(std::string(bytes->begin(), bytes->end()), '\n'))
                        if (const std::string name = split(line, ',').front(); name.ends_with(".mid"))
                            options->left_out.push_back(name);
                }
                const auto parts = evaluateMuse(*options, console.onProgress(), console.stopToken());
                if (!parts) return parts.error();
                tell(*parts, console);
                return Done{};
            });
    command->add_option("--weights", options->weights_path, "The model")->required();
    command->add_option("--corpus", options->corpus_dir, "Folders with MIDI files")->required();
    command->add_option("--split", options->split, "valid or test")
        ->check(CLI::IsMember({"valid", "test"}))
        ->capture_default_str();
    command->add_option("--parts", options->parts, "Only these folders of the corpus")->delimiter(',');
    command->add_option("--without", *leaks_path, "A list of pieces not to count: a path first in each line");
    command->add_option("--pieces", options->max_pieces_per_part, "At most so many pieces a part; 0 = all")
        ->check(numberFrom(0, 1e6))
        ->capture_default_str();
}

} // namespace

void addModelCommands(Program& program) {
    addTrainCommand(program);
    addEvaluateCommand(program);
}

} // namespace chainsong
