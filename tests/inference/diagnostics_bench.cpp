// Processor time of a run's diagnostics, at its end and while it grows.
//   diagnostics_bench [DRAWS A CHAIN] [PARAMETERS]
#include "engine/base/random.h"
#include "engine/inference/diagnostics.h"
#include "engine/inference/running_diagnostics.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace chainsong;

namespace {

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Four chains of an autoregression.
std::vector<ChainColumns> drawsOf(int num_draws, int num_parameters, double correlation) {
    Rng rng(1);
    std::vector<ChainColumns> chains(4, ChainColumns(static_cast<std::size_t>(num_parameters)));
    for (auto& chain : chains)
        for (auto& column : chain) {
            double x = rng.normal();
            for (int i = 0; i < num_draws; ++i) {
                x = correlation * x + std::sqrt(1 - correlation * correlation) * rng.normal();
                column.push_back(x);
            }
        }
    return chains;
}

/// The run as if it grew by so many draws a chain between two looks.
void growLive(const std::vector<std::string>& names, const std::vector<ChainColumns>& chains, int batch,
    RunningPace pace) {
    const std::size_t num_draws = chains[0][0].size();
    std::size_t length = 0;
    RunningDiagnostics running(
        names, chains.size(),
        [&](std::size_t quantity, std::size_t chain) {
            return std::span(chains[chain][quantity]).first(length);
        },
        pace);
    double judging = 0, longest = 0, moments = 0;
    int num_judged = 0, num_looks = 0;
    while (length < num_draws) {
        length = std::min(num_draws, length + static_cast<std::size_t>(batch));
        const double from = cpuSeconds();
        for (std::size_t i = 0; i < names.size(); ++i) running.nowOf(i);
        double last = cpuSeconds();
        moments += last - from;
        ++num_looks;
        while (running.judgeNext()) {
            const double now = cpuSeconds();
            judging += now - last;
            longest = std::max(longest, now - last);
            last = now;
            ++num_judged;
        }
    }
    std::printf("grown by %d, pace %.2f (worst four %.2f): %.2f s for %d rows, the longest %.0f ms; "
                "moments %.2f ms a look at all\n",
        batch, pace.growth, pace.growth_of_worst, judging, num_judged, 1000 * longest,
        1000 * moments / num_looks);
}

} // namespace

int main(int argc, char** argv) {
    const int num_draws = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const int num_parameters = argc > 2 ? std::atoi(argv[2]) : 4;
    std::vector<std::string> names;
    for (int i = 0; i < num_parameters; ++i) names.push_back("x." + std::to_string(i + 1));
    for (const double correlation : {0.0, 0.9, 0.999}) {
        const auto chains = drawsOf(num_draws, num_parameters, correlation);
        const double from = cpuSeconds();
        const auto rows = diagnose(names, chains);
        std::printf("4 x %d draws, correlation %.3f: %.2f ms of processor time a parameter (ESS %.0f)\n",
            num_draws, correlation, 1000 * (cpuSeconds() - from) / num_parameters, rows[0].ess_bulk);
        if (correlation != 0.9) continue;
        for (const auto& [growth, growth_of_worst] :
            {std::pair(1.1, 1.1), {1.25, 1.1}, {1.5, 1.2}, {2.0, 1.5}})
            growLive(names, chains, std::max(1, num_draws / 200),
                {.growth = growth, .growth_of_worst = growth_of_worst});
    }
    return 0;
}
