// How fast Muse writes: notes a second of processor time, on one thread, drawn freely from the shipped
// weights.
#include "engine/base/random.h"
#include "engine/jobs/loader.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace chainsong;

namespace {

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// One class of a row by its log probabilities.
int drawn(std::span<const float> log_probs, Rng& rng) {
    double left = rng.uniform();
    int last = 0;
    for (std::size_t c = 0; c < log_probs.size(); ++c) {
        if (!std::isfinite(log_probs[c])) continue;
        last = static_cast<int>(c);
        left -= std::exp(static_cast<double>(log_probs[c]));
        if (left < 0) break;
    }
    return last;
}

PieceFrame waltz() {
    PieceFrame frame;
    frame.bars.assign(16, {{3, 4}, {2, Mode::kMinor}});
    frame.parts = {{0, false}, {42, false}};
    frame.tempo_bpm = 80;
    frame.prompt = "a slow waltz in D minor for piano and cello, 16 bars";
    return frame;
}

struct Count {
    long notes = 0;
    double seconds = 0;
};

Count write(const Prior& prior, int num_particles, std::uint64_t seed) {
    const PieceFrame frame = waltz();
    const double start = processorSeconds();
    const auto decoder = prior.begin({.frame = frame, .given = {}}, num_particles);
    Rng rng = rngFor(seed, 0, 0);
    Count count;
    std::vector<int> going(static_cast<std::size_t>(num_particles));
    for (int p = 0; p < num_particles; ++p) going[static_cast<std::size_t>(p)] = p;
    while (!going.empty()) {
        decoder->beginEvent(going);
        for (int h = 0; h < kNumHeads && !decoder->writing().empty(); ++h) {
            const auto head = static_cast<Head>(h);
            const auto rows = decoder->headLogProbs(head);
            const auto classes = static_cast<std::size_t>(numClasses(head));
            std::vector<int> chosen;
            for (std::size_t r = 0; r < decoder->writing().size(); ++r)
                chosen.push_back(drawn(rows.subspan(r * classes, classes), rng));
            decoder->choose(head, chosen);
        }
        count.notes += static_cast<long>(decoder->writing().size());
        decoder->endEvent();
        std::erase_if(going, [&](int p) { return decoder->cursor(p).isAtEnd(frame); });
    }
    count.seconds = processorSeconds() - start;
    return count;
}

} // namespace

int main() {
    const LoadedPrior loaded = loadPrior();
    std::printf("%s\n", loaded.prior->name().c_str());
    for (const int particles : {1, 8, 64}) {
        std::vector<double> rates;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const Count count = write(*loaded.prior, particles, seed);
            rates.push_back(static_cast<double>(count.notes) / count.seconds);
        }
        std::sort(rates.begin(), rates.end());
        std::printf("%3d particles: %7.0f notes a second (median of 5; %0.0f to %0.0f)\n", particles,
            rates[2], rates.front(), rates.back());
    }
    const auto before = std::chrono::steady_clock::now();
    (void)loadPrior();
    const std::chrono::duration<double, std::milli> load = std::chrono::steady_clock::now() - before;
    std::printf("loading the weights: %.0f ms\n", load.count());
}
