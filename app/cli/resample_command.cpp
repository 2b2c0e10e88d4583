#include "app/cli/command.h"
#include "app/cli/outputs.h"
#include "app/cli/pieces.h"
#include "app/cli/wishes.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

namespace chainsong {
namespace {

struct ResampleOptions {
    std::string midi_path;
    std::string bars;
    std::optional<std::string> tracks;
    std::optional<std::string> pitches;
    std::vector<std::string> constraint_specs;
    int num_sweeps = ResampleRequest{}.num_sweeps;
    int num_pieces = 1;
    Outputs outputs;
};

void addOptions(CLI::App& command, ResampleOptions& options) {
    command.add_option("IN.mid", options.midi_path, "The piece")->required();
    command.add_option("--bars", options.bars, "Bars that get other notes")->check(barRanges())->required();
    command.add_option("--tracks", options.tracks, "Only these voices")->check(trackNumbers());
    command.add_option("--pitches", options.pitches, "Only notes in this range")->check(pitchRanges());
    command.add_option("--constraint", options.constraint_specs, "A wish; may be repeated")
        ->check(constraintSpecs())
        ->expected(1)
        ->take_all();
    command.add_option(
        "--library", options.outputs.library_path, "Phrases to be reminded of, as index writes them, or \"shipped\"");
    command.add_option("--sweeps", options.num_sweeps, "Sweeps of particle Gibbs")
        ->check(numberFrom(1, 100'000))
        ->capture_default_str();
    command.add_option("--count", options.num_pieces, "Pieces to write: OUT-1.mid, OUT-2.mid …")
        ->check(numberFrom(1, 1000))
        ->capture_default_str();
    command.add_option("-o", options.outputs.midi_path, "The MIDI file to write")->required();
}

Result<ResampleRequest> requestOf(
    const ResampleOptions& options, const CommonOptions& common, Console& console) {
    auto score = readPiece(options.midi_path, console);
    if (!score) return score.error();
    ResampleRequest request;
    request.score = *std::move(score);
    const auto bars = parseBarRange(options.bars);
    if (!bars) return bars.error();
    std::tie(request.first_bar, request.past_last_bar) = *bars;
    if (options.tracks) {
        auto tracks = parseTrackNumbers(*options.tracks);
        if (!tracks) return tracks.error();
        request.tracks = *std::move(tracks);
    }
    if (options.pitches) {
        const auto pitches = parsePitchRange(*options.pitches);
        if (!pitches) return pitches.error();
        request.keys = *pitches;
    }
    auto constraints = parseConstraints(options.constraint_specs);
    if (!constraints) return constraints.error();
    request.constraints = *std::move(constraints);
    auto remembered = rememberFrom(options.outputs.library_path, {}, {}, &request.score);
    if (!remembered) return remembered.error();
    request.remembered = *std::move(remembered);
    request.num_sweeps = options.num_sweeps;
    request.num_pieces = options.num_pieces;
    request.seed = common.seed;
    request.num_threads = common.num_threads;
    return request;
}

Status resampleFiles(const ResampleOptions& options, const CommonOptions& common, Console& console) {
    const auto request = requestOf(options, common, console);
    if (!request) return request.error();
    if (auto writable = checkWritable(options.outputs, options.num_pieces); !writable) return writable;
    const PriorPtr prior = loadPriorOrSayWhy(console);
    const auto result = resample(*prior, *request, {console.onProgress(), {}, {}}, console.stopToken());
    if (!result) return result.error();
    return writeOutputs(options.outputs, {}, *result, *prior, console);
}

} // namespace

void addResampleCommand(Program& program) {
    const auto options = std::make_shared<ResampleOptions>();
    CLI::App* const command =
        addCommand(program, "resample", "Draw other notes for some bars of a piece; all else stays",
            [options](const CommonOptions& common, Console& console) {
                return resampleFiles(*options, common, console);
            });
    addOptions(*command, *options);
}

} // namespace chainsong
