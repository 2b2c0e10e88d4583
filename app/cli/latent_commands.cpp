// encode, decode and path: a piece as a vector, pieces at a vector, pieces on the way from one to another.
#include "app/cli/command.h"
#include "app/cli/outputs.h"
#include "app/cli/pieces.h"
#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/compose/path.h"
#include "engine/io/midi_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

constexpr int kMostSteps = 100;

struct LatentOptions {
    std::string from_path, to_path; // a MIDI file, or a vector (.json)
    std::string out_path;
    int num_steps = 5;
    int num_tries = 4;
    int num_particles = 32;
    double temperature = 1;
};

Result<PieceVector> vectorFrom(const std::string& path, Console& console) {
    if (!path.ends_with(".json")) {
        const auto score = readPiece(path, console);
        if (!score) return score.error();
        auto vector = encodePiece(*score);
        if (!vector) return Error{vector.error().what, path};
        return vector;
    }
    constexpr std::uint64_t kMaxBytes = 1 << 20;
    const auto bytes = readWholeFile(path, kMaxBytes);
    if (!bytes) return bytes.error();
    auto vector = pieceVectorFromJson({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (!vector) return Error{vector.error().what, path};
    return vector;
}

Status encodeFile(const LatentOptions& options, Console& console) {
    const auto vector = vectorFrom(options.from_path, console);
    if (!vector) return vector.error();
    const std::string text = pieceVectorJson(*vector);
    if (!options.out_path.empty())
        if (auto written = writeFileAtomically(options.out_path, text); !written) return written;
    if (options.out_path.empty() || console.wantsJson())
        console.result(text);
    else
        console.result(options.out_path);
    return Done{};
}

/// Pieces at each of the vectors, OUT.mid or OUT-1.mid …
Status composeAll(std::vector<PieceVector> vectors, const LatentOptions& options, const CommonOptions& common,
    Console& console) {
    const int count = static_cast<int>(vectors.size());
    if (const auto place = AtomicPath::begin(numberedPath(options.out_path, 0, count)); !place)
        return place.error();
    const PriorPtr prior = loadPriorOrSayWhy(console);
    const PathRequest request{std::move(vectors), options.num_tries, options.num_particles,
        options.temperature, common.seed, common.num_threads};
    const auto composed = composePath(*prior, request, {console.onProgress(), {}, {}}, console.stopToken());
    if (!composed) return composed.error();
    ordered_json list = ordered_json::array();
    for (int i = 0; i < count; ++i) {
        const auto& [distance, mean_distance] = composed->steps[static_cast<std::size_t>(i)];
        const std::string path = numberedPath(options.out_path, i, count);
        const Score& score = composed->result.draws[static_cast<std::size_t>(i)].score;
        if (auto written = writeMidiFile(score, path); !written) return written;
        list.push_back({{"path", path}, {"distance", distance}, {"mean_distance", mean_distance}});
        if (!console.wantsJson())
            console.result(path + ": " + formatFixed(distance, 2) + " from its vector (all "
                + std::to_string(options.num_tries) + " tries: " + formatFixed(mean_distance, 2) + ")");
    }
    if (console.wantsJson()) console.result(list.dump(2));
    return Done{};
}

Status decodeFile(const LatentOptions& options, const CommonOptions& common, Console& console) {
    const auto vector = vectorFrom(options.from_path, console);
    if (!vector) return vector.error();
    return composeAll({*vector}, options, common, console);
}

Status walkFile(const LatentOptions& options, const CommonOptions& common, Console& console) {
    const auto first = vectorFrom(options.from_path, console);
    if (!first) return first.error();
    const auto second = vectorFrom(options.to_path, console);
    if (!second) return second.error();
    return composeAll(pointsBetween(*first, *second, options.num_steps, true), options, common, console);
}

void addSamplingOptions(CLI::App& command, LatentOptions& options) {
    command.add_option("-o", options.out_path, "The MIDI file to write")->required();
    command
        .add_option("--tries", options.num_tries, "Pieces to draw, of which the nearest to the vector stays")
        ->check(numberFrom(1, 100))
        ->capture_default_str();
    command.add_option("--particles", options.num_particles, "Pieces that are written side by side")
        ->check(numberFrom(1, 4096))
        ->capture_default_str();
    command.add_option("--temperature", options.temperature, "Below 1 safer, above 1 wilder")
        ->check(numberFrom(0.05, 10))
        ->capture_default_str();
}

} // namespace

void addLatentCommands(Program& program) {
    const auto encoding = std::make_shared<LatentOptions>();
    CLI::App* const encode =
        addCommand(program, "encode", "A piece as a vector: its form, voices and melody in numbers",
            [encoding](const CommonOptions&, Console& console) { return encodeFile(*encoding, console); });
    encode->add_option("FILE", encoding->from_path, "A MIDI file")->required();
    encode->add_option("-o", encoding->out_path, "The vector to write (.json); standard output if not said");

    const auto decoding = std::make_shared<LatentOptions>();
    CLI::App* const decode = addCommand(program, "decode", "Compose a piece at a vector",
        [decoding](const CommonOptions& common, Console& console) {
            return decodeFile(*decoding, common, console);
        });
    decode->add_option("VECTOR", decoding->from_path, "What encode wrote (.json), or a MIDI file")
        ->required();
    addSamplingOptions(*decode, *decoding);

    const auto walking = std::make_shared<LatentOptions>();
    CLI::App* const path = addCommand(program, "path", "Compose pieces on the way from one to another",
        [walking](
            const CommonOptions& common, Console& console) { return walkFile(*walking, common, console); });
    path->add_option("FROM", walking->from_path, "A MIDI file or a vector (.json)")->required();
    path->add_option("TO", walking->to_path, "A MIDI file or a vector (.json)")->required();
    path->add_option("--steps", walking->num_steps, "Pieces, both ends included: OUT-1.mid, OUT-2.mid …")
        ->check(numberFrom(2, kMostSteps))
        ->capture_default_str();
    addSamplingOptions(*path, *walking);
}

} // namespace chainsong
