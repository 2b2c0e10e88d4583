// render_bench [FILE.mid]: the time that rendering to WAV takes, as a ratio to FluidSynth's own program on
// the same file, taken in turns. Without a file it renders a piece of three minutes and eight voices.
#include "engine/base/random.h"
#include "engine/io/midi_file.h"
#include "engine/playback/render.h"
#include "engine/playback/soundfont.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace {

using namespace chainsong;

constexpr int kNumRounds = 7;

/// Strings, winds, piano and drums: 90 bars at 120 BPM, about 5000 notes.
Score threeMinutes() {
    Rng rng(20);
    Score score;
    constexpr int kNumBars = 90;
    const int programs[] = {0, 40, 41, 42, 73, 71, 60, 0};
    for (int t = 0; t < 8; ++t) {
        Track track;
        track.program = programs[t];
        track.is_drums = t == 7;
        track.name = "voice " + std::to_string(t + 1);
        const std::int64_t step = t % 2 == 0 ? kTicksPerQuarter / 2 : kTicksPerQuarter;
        for (Tick at; at < Tick{kNumBars * 4 * kTicksPerQuarter}; at = at + Tick{step}) {
            const auto key = static_cast<std::uint8_t>((track.is_drums ? 36 : 43 + 4 * t) + rng.below(12));
            track.notes.push_back({at, {step}, key, static_cast<std::uint8_t>(60 + rng.below(50))});
        }
        score.tracks.push_back(track);
    }
    score.end = {kNumBars * 4 * kTicksPerQuarter};
    return normalised(score);
}

struct Cost {
    double wall_s = 0;
    double processor_s = 0;
};

double processorSeconds(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class Work> Cost costOf(int who, Work work) {
    const double processor_before = processorSeconds(who);
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    return {passed.count(), processorSeconds(who) - processor_before};
}

double median(std::vector<Cost> costs, double Cost::*which) {
    std::sort(
        costs.begin(), costs.end(), [which](const Cost& a, const Cost& b) { return a.*which < b.*which; });
    return costs[costs.size() / 2].*which;
}

int fail(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    const auto soundfont = findSoundfont();
    if (!soundfont) return fail(sentence(soundfont.error()));
    const std::filesystem::path folder = std::filesystem::temp_directory_path();
    std::string midi = (folder / "render_bench.mid").string();
    const std::string ours = (folder / "render_bench_ours.wav").string();
    const std::string theirs = (folder / "render_bench_fluidsynth.wav").string();
    Score score = threeMinutes();
    if (argc > 1) {
        midi = argv[1];
        auto reading = readMidiFile(midi);
        if (!reading) return fail(sentence(reading.error()));
        score = reading->score;
    } else if (const Status written = writeMidiFile(score, midi); !written) {
        return fail(sentence(written.error()));
    }
    const std::string fluidsynth = "fluidsynth -ni -F " + theirs + " -r 44100 ";
    const std::string rest = soundfont->path + " '" + midi + "' >/dev/null 2>&1";
    const auto run = [](const std::string& command) {
        if (std::system(command.c_str()) != 0) std::exit(fail("this did not work: " + command));
    };

    double duration_s = 0;
    std::vector<Cost> our_costs;
    std::vector<Cost> usual_costs;
    std::vector<Cost> no_chorus_costs;
    for (int round = 0; round < kNumRounds; ++round) {
        our_costs.push_back(costOf(RUSAGE_SELF, [&] {
            const auto report = renderToFile(score, ours);
            if (!report) std::exit(fail(sentence(report.error())));
            duration_s = report->duration_s;
        }));
        usual_costs.push_back(costOf(RUSAGE_CHILDREN, [&] { run(fluidsynth + rest); }));
        no_chorus_costs.push_back(costOf(RUSAGE_CHILDREN, [&] { run(fluidsynth + "-C0 " + rest); }));
    }

    const auto print = [&](const char* name, const std::vector<Cost>& costs) {
        const double wall_s = median(costs, &Cost::wall_s);
        const double processor_s = median(costs, &Cost::processor_s);
        std::printf("%-28s %7.3f s wall  %7.3f s processor  %6.0f times real time   our speed / its speed: "
                    "%.2f wall, %.2f processor\n",
            name, wall_s, processor_s, duration_s / wall_s, wall_s / median(our_costs, &Cost::wall_s),
            processor_s / median(our_costs, &Cost::processor_s));
    };
    std::printf("%zu notes, %.1f s of sound, %s; medians of %d rounds\n", numNotes(score), duration_s,
        soundfont->path.c_str(), kNumRounds);
    print("Chainsong", our_costs);
    print("fluidsynth -F", usual_costs);
    print("fluidsynth -F, no chorus", no_chorus_costs);
    std::error_code ignored;
    for (const std::string& file : {ours, theirs}) std::filesystem::remove(file, ignored);
    return 0;
}
