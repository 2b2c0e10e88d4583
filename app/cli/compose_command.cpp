#include "app/cli/command.h"
#include "app/cli/outputs.h"
#include "app/cli/pieces.h"
#include "app/cli/wishes.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace chainsong {
namespace {

/// The prompt's own limits, see the parser.
constexpr int kMaxBars = 512;
constexpr double kMaxSeconds = 3600;
/// --draws asks for the chains: enough draws for R-hat to say something.
constexpr int kSweepsOfDraws = 50;

struct ComposeOptions {
    std::string prompt;
    std::string prime_path;
    std::optional<int> bars;
    std::optional<double> seconds;
    std::optional<std::string> key;
    std::optional<std::string> metre;
    std::optional<double> tempo_bpm;
    std::optional<std::string> instruments;
    std::vector<std::string> constraint_specs;
    double temperature = 1;
    int num_particles = 32;
    int num_pieces = 1;
    Outputs outputs;
};

void addOptions(CLI::App& command, ComposeOptions& options) {
    command.add_option("--prompt", options.prompt, "What you want, in words");
    command.add_option("--prime", options.prime_path, "A MIDI file whose notes stay and are continued");
    CLI::Option* const bars =
        command.add_option("--bars", options.bars, "Length")->check(numberFrom(1, kMaxBars));
    command.add_option("--seconds", options.seconds, "Length")
        ->check(numberFrom(1, kMaxSeconds))
        ->excludes(bars);
    command.add_option("--key", options.key, "Key")->check(aKey());
    command.add_option("--metre", options.metre, "Metre")->check(aMetre());
    command.add_option("--tempo", options.tempo_bpm, "Quarters a minute")->check(numberFrom(20, 400));
    command.add_option("--instruments", options.instruments, "One voice each")->check(instrumentNames());
    command.add_option("--constraint", options.constraint_specs, "A wish more; may be repeated")
        ->check(constraintSpecs())
        ->expected(1)
        ->take_all();
    command.add_option("--temperature", options.temperature, "Below 1 safer, above 1 wilder")
        ->check(numberFrom(0.05, 10))
        ->capture_default_str();
    command.add_option("--particles", options.num_particles, "Pieces that are written side by side")
        ->check(numberFrom(1, 4096))
        ->capture_default_str();
    command.add_option("--count", options.num_pieces, "Pieces to write: OUT-1.mid, OUT-2.mid …")
        ->check(numberFrom(1, 1000))
        ->capture_default_str();
    command.add_option("-o", options.outputs.midi_path, "The MIDI file to write")->required();
    command.add_option("--wav", options.outputs.wav_path, "Sound of the piece as well");
    command.add_option("--musicxml", options.outputs.musicxml_path, "Notation as well");
    command.add_option(
        "--picture", options.outputs.picture_path, "A picture of the piano roll as well (PNG)");
    command.add_option("--draws", options.outputs.draws_dir, "A folder for the chains' draws (Stan CSV)");
    command.add_option("--report", options.outputs.report_path, "What was asked and how it went, as JSON");
    command.add_option("--library", options.outputs.library_path,
        "A phrase library, as index writes it, or \"shipped\": to be reminded of, and for the report's "
        "originality");
}

/// What the options demand; each wins over the prompt's words.
std::vector<Chip> chipsOf(const ComposeOptions& options) {
    std::vector<Chip> chips;
    const auto add = [&chips](const char* name, ChipValue value) {
        Chip chip;
        chip.name = name;
        chip.value = std::move(value);
        chip.source = ChipSource::kUser;
        chips.push_back(std::move(chip));
    };
    if (options.bars) add("bars", static_cast<double>(*options.bars));
    if (options.seconds) add("seconds", *options.seconds);
    if (options.key) add("key", keyName(*parseKey(*options.key)));
    if (options.metre) add("metre", metreName(*parseMetre(*options.metre)));
    if (options.tempo_bpm) add("tempo_bpm", *options.tempo_bpm);
    if (options.instruments) add("instruments", *parseInstruments(*options.instruments));
    return chips;
}

Status composeFiles(const ComposeOptions& options, const CommonOptions& common, Console& console) {
    ComposeRequest request;
    request.prompt = options.prompt;
    request.edited_chips = chipsOf(options);
    request.temperature = options.temperature;
    request.num_particles = options.num_particles;
    request.num_pieces = options.num_pieces;
    request.num_sweeps = options.outputs.draws_dir.empty() ? 0 : kSweepsOfDraws;
    request.seed = common.seed;
    request.num_threads = common.num_threads;
    auto constraints = parseConstraints(options.constraint_specs);
    if (!constraints) return constraints.error();
    request.constraints = *std::move(constraints);
    if (!options.prime_path.empty()) {
        auto prime = readPiece(options.prime_path, console);
        if (!prime) return prime.error();
        request.prime = *std::move(prime);
    }
    auto remembered = rememberFrom(options.outputs.library_path, request.prompt, request.edited_chips,
        request.prime ? &*request.prime : nullptr);
    if (!remembered) return remembered.error();
    request.remembered = *std::move(remembered);
    if (auto writable = checkWritable(options.outputs, options.num_pieces); !writable) return writable;

    const PriorPtr prior = loadPriorOrSayWhy(console);
    const auto result = compose(*prior, request, {console.onProgress(), {}, {}}, console.stopToken());
    if (!result) return result.error();
    return writeOutputs(options.outputs, options.prompt, *result, *prior, console);
}

} // namespace

void addComposeCommand(Program& program) {
    const auto options = std::make_shared<ComposeOptions>();
    CLI::App* const command =
        addCommand(program, "compose", "Compose a piece from a prompt, from MIDI, or from nothing",
            [options](const CommonOptions& common, Console& console) {
                return composeFiles(*options, common, console);
            });
    addOptions(*command, *options);
}

} // namespace chainsong
