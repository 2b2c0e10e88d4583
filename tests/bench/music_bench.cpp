// How close drawn pieces come to music that exists: statistics, copied runs, and whether a style that was
// asked for is found again by a classifier that has only seen pieces by people.
//
//   music_bench statistics CORPUS [options]     one request a held-out piece: its form, instruments and first
//   tag, at most 16 bars music_bench style CORPUS [options]          "a reel, 16 bars" …, 20 pieces a style
//
// Options: --pieces N (500; a style: 20)  --particles N (32)  --temperature T (1)  --seed N (1)  --split
// valid|test  --free-key  --soft-key NATS
#include "engine/base/random.h"
#include "engine/base/text.h"
#include "engine/compose/request.h"
#include "engine/io/midi_file.h"
#include "engine/jobs/loader.h"
#include "engine/model/corpus.h"
#include "engine/model/phrases/known_runs.h"
#include "engine/music/instruments.h"
#include "engine/music/self_similarity.h"
#include "engine/music/statistics.h"
#include "engine/music/tempo_map.h"
#include "tests/bench/likeness.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

using namespace chainsong;

namespace {

constexpr int kBars = 16;

struct Options {
    std::string mode, corpus, split = "valid", out_dir;
    int num_pieces = 0, num_particles = 32;
    double temperature = 1;
    std::uint64_t seed = 1;
    bool is_key_free = false;
    double soft_key = 0; // nats a note outside the key
};

Options readOptions(int argc, char** argv) {
    Options options;
    if (argc > 2) options.mode = argv[1], options.corpus = argv[2];
    for (int i = 3; i < argc; ++i) {
        const std::string name = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        if (name == "--free-key") options.is_key_free = true;
        if (name == "--pieces") options.num_pieces = std::atoi(value);
        if (name == "--particles") options.num_particles = std::atoi(value);
        if (name == "--temperature") options.temperature = std::atof(value);
        if (name == "--soft-key") options.soft_key = std::atof(value);
        if (name == "--seed") options.seed = static_cast<std::uint64_t>(std::atoll(value));
        if (name == "--split") options.split = value;
        if (name == "--out") options.out_dir = value;
    }
    return options;
}

/// Equal parts dances, choirs, keyboard and chamber music, songs; drums, band and orchestra by a little.
double shareOf(const std::string& part) {
    static const std::map<std::string, double> kShares{{"folk-dance", 0.25}, {"nottingham", 0.08},
        {"chorale", 0.12}, {"hymn", 0.08}, {"keyboard-and-chamber", 0.15}, {"romantic-piano", 0.09},
        {"art-song", 0.12}, {"string-quartet", 0.08}, {"early-jazz", 0.03}};
    const auto found = kShares.find(part);
    return found == kShares.end() ? 0 : found->second;
}

struct HumanPiece {
    CorpusPiece piece;
    Score opening; // at most kBars
};

bool hasOneMetre(const Score& score) {
    return std::all_of(score.metres.begin(), score.metres.end(),
        [&](const MetreChange& change) { return change.metre == score.metres.front().metre; });
}

std::vector<HumanPiece> readHeldOut(const Options& options) {
    std::vector<HumanPiece> held_out;
    const auto pieces = listCorpus(options.corpus, {});
    if (!pieces) return held_out;
    for (const CorpusPiece& piece : *pieces) {
        if (piece.split != options.split) continue;
        const auto reading = readMidiFile(piece.path);
        if (!reading) continue;
        const MetreMap metres(reading->score.metres);
        Score opening = slice(reading->score, Tick{}, std::min(reading->score.end, metres.barStart(kBars)));
        std::erase_if(opening.tracks, [](const Track& track) { return track.notes.empty(); });
        if (numBars(opening) < 4 || numNotes(opening) < 16 || !hasOneMetre(opening)
            || opening.tracks.size() > 8)
            continue;
        held_out.push_back({piece, std::move(opening)});
    }
    return held_out;
}

Chip chip(std::string name, ChipValue value) {
    Chip made;
    made.name = std::move(name);
    made.value = std::move(value);
    made.source = ChipSource::kUser;
    return made;
}

Result<Score> draw(const Prior& prior, const Options& options, ComposeRequest request, std::uint64_t seed) {
    request.num_particles = options.num_particles;
    request.temperature = options.temperature;
    request.seed = seed;
    if (options.is_key_free) {
        Constraint off{"key", "", {}, true, 1, false};
        request.constraints.push_back(off);
    }
    if (options.soft_key > 0) request.constraints.push_back({"key", "", {}, false, options.soft_key, true});
    auto result = compose(prior, request, {}, {});
    if (!result) return result.error();
    return std::move(result->draws.front().score);
}

/// What was known of a human piece before its notes were.
ComposeRequest requestLike(const HumanPiece& human) {
    ComposeRequest request;
    const Score& score = human.opening;
    auto& chips = request.edited_chips;
    chips.push_back(chip("key", keyName(keyAt(score, Tick{}))));
    chips.push_back(chip("metre", metreName(score.metres.empty() ? Metre{} : score.metres.front().metre)));
    if (!score.tempos.empty()) chips.push_back(chip("tempo_bpm", score.tempos.front().tempoBpm()));
    chips.push_back(chip("bars", static_cast<double>(numBars(score))));
    std::vector<std::string> names;
    for (const Track& track : score.tracks)
        names.emplace_back(track.is_drums ? kDrumsName : instrumentName(track.program));
    chips.push_back(chip("instruments", names));
    chips.push_back(chip("voices", static_cast<double>(names.size())));
    if (!human.piece.tags.empty()) chips.push_back(chip("style", human.piece.tags.front()));
    return request;
}

const std::vector<std::pair<std::string, double (*)(const Score&)>> kStatistics{
    {"pitch-class entropy, bits", pitchClassEntropyBits},
    {"groove consistency", grooveConsistency},
    {"scale consistency", scaleConsistency},
    {"notes a quarter", notesPerQuarter},
    {"range, semitones",
        [](const Score& score) {
            return static_cast<double>(pitchExtent(score).highest - pitchExtent(score).lowest);
        }},
    {"bars like 1 before", [](const Score& score) { return barSimilarity(score, 1); }},
    {"bars like 2 before", [](const Score& score) { return barSimilarity(score, 2); }},
    {"bars like 4 before", [](const Score& score) { return barSimilarity(score, 4); }},
    {"bars like 8 before", [](const Score& score) { return barSimilarity(score, 8); }},
    {"compression ratio", compressionRatio},
};

/// Longest runs and reuse of all voices with at least nine notes.
struct Copying {
    std::vector<double> longest, reused;
    void add(const Score& score, const KnownRuns& runs) {
        for (const Voice& voice : voicesOf(score)) {
            const SharedRuns shared = runs.compare(voice);
            if (shared.num_notes < KnownRuns::kShortestRunNotes) continue;
            longest.push_back(shared.longest_run_notes);
            reused.push_back(shared.reused_unit);
        }
    }
    void print(const char* who) {
        if (longest.empty()) return;
        std::sort(longest.begin(), longest.end());
        double sum = 0;
        for (const double unit : reused) sum += unit;
        const auto at = [&](double share) {
            return longest[static_cast<std::size_t>(share * static_cast<double>(longest.size() - 1))];
        };
        std::printf("%-8s %5zu voices; longest run: median %.0f, 95 %% %.0f notes; stretches of nine notes "
                    "reused %.1f %%\n",
            who, longest.size(), at(0.5), at(0.95), 100 * sum / static_cast<double>(reused.size()));
    }
};

int compareStatistics(const Options& options, const Prior& prior) {
    std::map<std::string, std::vector<HumanPiece>> parts;
    for (HumanPiece& human : readHeldOut(options)) parts[human.piece.part].push_back(std::move(human));
    const auto runs_path = findKnownRuns();
    const auto runs = runs_path ? KnownRuns::load(*runs_path) : Result<KnownRuns>(runs_path.error());
    const int wanted = options.num_pieces > 0 ? options.num_pieces : 500;
    std::vector<std::vector<double>> of_people(kStatistics.size()), of_others(kStatistics.size()),
        of_drawn(kStatistics.size());
    Copying people, drawn;
    int num_drawn = 0, num_failed = 0;
    for (auto& [part, humans] : parts) {
        const int count = static_cast<int>(std::lround(wanted * shareOf(part)));
        Rng rng = rngFor(options.seed, 1, static_cast<std::uint64_t>(part.front()));
        for (int i = 0; i < count; ++i) {
            const HumanPiece& human = humans[rng.below(humans.size())];
            const HumanPiece& other = humans[rng.below(humans.size())];
            const auto score = draw(prior, options, requestLike(human),
                options.seed * 100000 + static_cast<std::uint64_t>(num_drawn++));
            if (!score || numNotes(*score) < 4) {
                ++num_failed;
                continue;
            }
            if (!options.out_dir.empty()) {
                std::filesystem::create_directories(options.out_dir + "/" + part);
                (void)writeMidiFile(
                    *score, options.out_dir + "/" + part + "/" + std::to_string(num_drawn) + ".mid");
            }
            for (std::size_t s = 0; s < kStatistics.size(); ++s) {
                of_people[s].push_back(kStatistics[s].second(human.opening));
                of_others[s].push_back(kStatistics[s].second(other.opening));
                of_drawn[s].push_back(kStatistics[s].second(*score));
            }
            if (runs) people.add(human.opening, *runs), drawn.add(*score, *runs);
        }
    }
    std::printf("%zu pieces drawn, %d failed, %s\n\n", of_drawn[0].size(), num_failed, prior.name().c_str());
    std::printf(
        "%-28s %9s %9s %9s %9s   %s\n", "", "people", "", "drawn", "", "overlap (two draws of people)");
    for (std::size_t s = 0; s < kStatistics.size(); ++s) {
        const auto moments = [](const std::vector<double>& x) {
            double sum = 0, squares = 0;
            for (const double value : x) sum += value, squares += value * value;
            const double mean = sum / static_cast<double>(x.size());
            return std::pair(
                mean, std::sqrt(std::max(0.0, squares / static_cast<double>(x.size()) - mean * mean)));
        };
        const auto [mean, sd] = moments(of_people[s]);
        const auto [drawn_mean, drawn_sd] = moments(of_drawn[s]);
        std::printf("%-28s %9.3f %9.3f %9.3f %9.3f   %.3f (%.3f)\n", kStatistics[s].first.c_str(), mean, sd,
            drawn_mean, drawn_sd, overlappingArea(of_people[s], of_drawn[s]),
            overlappingArea(of_people[s], of_others[s]));
    }
    std::printf("\n");
    people.print("people");
    drawn.print("drawn");
    return 0;
}

/// What a listener may go by: form, instruments, and what the notes do.
std::vector<double> featuresOf(const Score& score) {
    std::vector<double> features;
    for (const auto& [name, statistic] : kStatistics) features.push_back(statistic(score));
    const Metre metre = score.metres.empty() ? Metre{} : score.metres.front().metre;
    const double bar = static_cast<double>(metre.barLength().value);
    features.push_back(bar / kTicksPerQuarter);
    features.push_back(metre.beats % 3 == 0 ? 1 : 0);
    features.push_back(metre.unit == 8 ? 1 : 0);
    features.push_back(static_cast<double>(score.tracks.size()));
    std::array<double, 6> lengths{};
    std::array<double, 12> places{};
    std::array<double, 6> leaps{};
    std::array<double, 5> families{}; // keyboard, bowed, voice, wind, drums
    double notes = 0, moves = 0, chords = 0;
    for (const Track& track : score.tracks) {
        const int p = track.program;
        families[track.is_drums ? 4 : p < 24 ? 0 : p >= 40 && p < 52 ? 1 : p >= 52 && p < 56 ? 2 : 3] += 1;
        const Note* last = nullptr;
        for (const Note& note : track.notes) {
            ++notes;
            const double quarters = static_cast<double>(note.length.value) / kTicksPerQuarter;
            lengths[quarters < 0.3   ? 0
                    : quarters < 0.6 ? 1
                    : quarters < 0.9 ? 2
                    : quarters < 1.3 ? 3
                    : quarters < 2.5 ? 4
                                     : 5] += 1;
            const double place = std::fmod(static_cast<double>(note.start.value), bar) / bar;
            places[std::min<std::size_t>(11, static_cast<std::size_t>(place * 12))] += 1;
            if (last && last->start == note.start) ++chords;
            if (last && last->start != note.start) {
                ++moves;
                const int leap = std::abs(note.key - last->key);
                leaps[leap == 0      ? 0
                        : leap <= 2  ? 1
                        : leap <= 4  ? 2
                        : leap <= 7  ? 3
                        : leap <= 12 ? 4
                                     : 5] += 1;
            }
            last = &note;
        }
    }
    for (const double x : lengths) features.push_back(x / notes);
    for (const double x : places) features.push_back(x / notes);
    for (const double x : leaps) features.push_back(x / std::max(1.0, moves));
    for (const double x : families) features.push_back(x > 0 ? 1 : 0);
    features.push_back(chords / notes);
    features.push_back(meanPitch(score));
    features.push_back(score.keys.empty() ? 0 : score.keys.front().key.mode == Mode::kMinor ? 1 : 0);
    return features;
}

int findStylesAgain(const Options& options, const Prior& prior) {
    // (tag, what is asked for)
    const std::vector<std::pair<std::string, std::string>> styles{{"reel", "a reel"}, {"jig", "a jig"},
        {"hornpipe", "a hornpipe"}, {"air", "an air"}, {"chorale", "a chorale"}, {"hymn", "a hymn"},
        {"string quartet", "a string quartet"}, {"art song", "an art song"},
        {"piano solo", "a mazurka|a polonaise|a nocturne|an etude for piano"}};
    std::vector<std::vector<double>> features;
    std::vector<int> labels;
    for (const HumanPiece& human : readHeldOut(options))
        for (std::size_t s = 0; s < styles.size(); ++s) {
            const auto& tags = human.piece.tags;
            const auto has = [&](const std::string& tag) {
                return std::find(tags.begin(), tags.end(), tag) != tags.end();
            };
            if (!has(styles[s].first) || human.piece.part == "chorale-synthetic") continue;
            features.push_back(featuresOf(human.opening));
            labels.push_back(static_cast<int>(s));
            break;
        }
    // People's rate: five folds, each piece classified by the other four.
    constexpr int kFolds = 5;
    std::vector<double> right(styles.size(), 0.0), total(styles.size(), 0.0);
    for (int fold = 0; fold < kFolds; ++fold) {
        std::vector<std::vector<double>> known;
        std::vector<int> known_labels;
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (static_cast<int>(i) % kFolds != fold)
                known.push_back(features[i]), known_labels.push_back(labels[i]);
        const StyleClassifier classifier(known, known_labels, static_cast<int>(styles.size()));
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (static_cast<int>(i) % kFolds != fold) continue;
            const auto s = static_cast<std::size_t>(labels[i]);
            ++total[s];
            right[s] += classifier.classify(features[i]) == labels[i];
        }
    }
    const StyleClassifier classifier(features, labels, static_cast<int>(styles.size()));
    const int count = options.num_pieces > 0 ? options.num_pieces : 20;
    double human_sum = 0, drawn_sum = 0;
    std::printf("%-16s %8s %10s %10s   taken for\n", "style", "pieces", "people", "drawn");
    for (std::size_t s = 0; s < styles.size(); ++s) {
        std::map<std::string, int> taken;
        double found = 0, drawn = 0;
        for (int i = 0; i < count; ++i) {
            ComposeRequest request;
            const auto wordings = split(styles[s].second, '|');
            request.prompt = wordings[static_cast<std::size_t>(i) % wordings.size()] + ", 16 bars";
            const auto score =
                draw(prior, options, request, options.seed * 1000 + static_cast<std::uint64_t>(i));
            if (!score) continue;
            ++drawn;
            if (!options.out_dir.empty()) {
                std::filesystem::create_directories(options.out_dir);
                (void)writeMidiFile(
                    *score, options.out_dir + "/" + styles[s].first + "-" + std::to_string(i) + ".mid");
            }
            const int heard = classifier.classify(featuresOf(*score));
            found += heard == static_cast<int>(s);
            if (heard != static_cast<int>(s)) ++taken[styles[static_cast<std::size_t>(heard)].first];
        }
        std::printf("%-16s %8.0f %9.0f%% %9.0f%%  ", styles[s].first.c_str(), total[s],
            100 * right[s] / total[s], 100 * found / drawn);
        for (const auto& [style, times] : taken) std::printf(" %s %d", style.c_str(), times);
        std::printf("\n");
        human_sum += right[s] / total[s];
        drawn_sum += found / drawn;
    }
    std::printf("mean over styles: people %.1f %%, drawn %.1f %%, ratio %.3f\n",
        100 * human_sum / static_cast<double>(styles.size()),
        100 * drawn_sum / static_cast<double>(styles.size()), drawn_sum / human_sum);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    const Options options = readOptions(argc, argv);
    const LoadedPrior loaded = loadPrior();
    if (options.mode == "statistics") return compareStatistics(options, *loaded.prior);
    if (options.mode == "style") return findStylesAgain(options, *loaded.prior);
    std::fprintf(stderr,
        "music_bench statistics|style CORPUS [--pieces N] [--particles N] [--temperature T] [--seed N] "
        "[--free-key] [--out DIR]\n");
    return 2;
}
