// encode, decode and path: a piece as a vector, pieces at a vector, pieces on the way from one to another.
#include "app/cli/command.h"
#include "app/cli/outputs.h"
#include "app/cli/pieces.h"
#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/io/midi_file.h"
#include "engine/model/phrases/piece_vector.h"

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

Chip userChip(std::string name, ChipValue value) {
    Chip chip;
    chip.name = std::move(name);
    chip.value = std::move(value);
    chip.source = ChipSource::kUser;
    return chip;
}

Constraint softly(const char* name, std::string value, int track) {
    constexpr double kWeight = 0.5;
    Constraint constraint;
    constraint.name = name;
    constraint.value = std::move(value);
    constraint.scope.tracks = {track};
    constraint.is_hard = false;
    constraint.weight = kWeight;
    return constraint;
}

/// The form as chips; register and density of each voice as soft constraints.
ComposeRequest requestAt(
    const PieceVector& vector, const LatentOptions& options, const CommonOptions& common) {
    ComposeRequest request;
    std::vector<std::string> instruments;
    for (std::size_t v = 0; v < vector.voices.size(); ++v) {
        const VoiceNumbers& voice = vector.voices[v];
        const int track = static_cast<int>(v);
        instruments.push_back(partName({voice.program, voice.is_drums}));
        const double notes = voice.notes_per_bar;
        request.constraints.push_back(softly("density",
            std::to_string(std::lround(std::floor(notes * 0.75))) + "-"
                + std::to_string(std::lround(std::ceil(notes * 1.25))),
            track));
        if (voice.is_drums) continue;
        const double reach = std::max(3.0, 1.6 * voice.key_spread); // nine notes of ten, were they normal
        const auto note = [](double key) {
            return noteName(std::clamp(static_cast<int>(std::lround(key)), 0, 127));
        };
        request.constraints.push_back(
            softly("range", note(voice.mean_key - reach) + "-" + note(voice.mean_key + reach), track));
    }
    request.edited_chips = {userChip("key", keyName(vector.key)), userChip("metre", metreName(vector.metre)),
        userChip("tempo_bpm", std::round(vector.tempo_bpm)),
        userChip("bars", static_cast<double>(vector.num_bars)),
        userChip("instruments", std::move(instruments)),
        userChip("voices", static_cast<double>(vector.voices.size()))};
    request.num_pieces = options.num_tries;
    request.num_particles = options.num_particles;
    request.temperature = options.temperature;
    request.seed = common.seed;
    request.num_threads = common.num_threads;
    return request;
}

struct Composed {
    Score score;
    double distance = 0; // from the vector that was asked for
    double mean_distance = 0; // of all tries
};

/// Several pieces at the vector; the one that lies nearest to it.
Result<Composed> composedAt(const Prior& prior, const PieceVector& vector, const LatentOptions& options,
    const CommonOptions& common, Console& console) {
    const auto result = compose(
        prior, requestAt(vector, options, common), {console.onProgress(), {}, {}}, console.stopToken());
    if (!result) return result.error();
    Composed best;
    best.distance = INFINITY;
    for (const Draw& draw : result->draws) {
        const auto own = encodePiece(draw.score);
        const double distance = own ? distanceOf(*own, vector) : INFINITY;
        best.mean_distance += distance / static_cast<double>(result->draws.size());
        if (distance < best.distance || best.score.tracks.empty()) {
            best.score = draw.score;
            best.distance = distance;
        }
    }
    return best;
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
Status composeAll(const std::vector<PieceVector>& vectors, const LatentOptions& options,
    const CommonOptions& common, Console& console) {
    const int count = static_cast<int>(vectors.size());
    if (const auto place = AtomicPath::begin(numberedPath(options.out_path, 0, count)); !place)
        return place.error();
    const PriorPtr prior = loadPriorOrSayWhy(console);
    ordered_json list = ordered_json::array();
    for (int i = 0; i < count; ++i) {
        const auto composed =
            composedAt(*prior, vectors[static_cast<std::size_t>(i)], options, common, console);
        if (!composed) return composed.error();
        const std::string path = numberedPath(options.out_path, i, count);
        if (auto written = writeMidiFile(composed->score, path); !written) return written;
        list.push_back(
            {{"path", path}, {"distance", composed->distance}, {"mean_distance", composed->mean_distance}});
        if (!console.wantsJson())
            console.result(path + ": " + formatFixed(composed->distance, 2) + " from its vector (all "
                + std::to_string(options.num_tries) + " tries: " + formatFixed(composed->mean_distance, 2)
                + ")");
    }
    if (console.wantsJson()) console.result(list.dump(2));
    return Done{};
}

Status decodeFile(const LatentOptions& options, const CommonOptions& common, Console& console) {
    const auto vector = vectorFrom(options.from_path, console);
    if (!vector) return vector.error();
    return composeAll({*vector}, options, common, console);
}

Status composePath(const LatentOptions& options, const CommonOptions& common, Console& console) {
    const auto first = vectorFrom(options.from_path, console);
    if (!first) return first.error();
    const auto second = vectorFrom(options.to_path, console);
    if (!second) return second.error();
    std::vector<PieceVector> vectors;
    for (int i = 0; i < options.num_steps; ++i)
        vectors.push_back(between(*first, *second, static_cast<double>(i) / (options.num_steps - 1)));
    return composeAll(vectors, options, common, console);
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
        [walking](const CommonOptions& common, Console& console) {
            return composePath(*walking, common, console);
        });
    path->add_option("FROM", walking->from_path, "A MIDI file or a vector (.json)")->required();
    path->add_option("TO", walking->to_path, "A MIDI file or a vector (.json)")->required();
    path->add_option("--steps", walking->num_steps, "Pieces, both ends included: OUT-1.mid, OUT-2.mid …")
        ->check(numberFrom(2, kMostSteps))
        ->capture_default_str();
    addSamplingOptions(*path, *walking);
}

} // namespace chainsong
