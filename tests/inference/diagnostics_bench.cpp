// Processor time of a run's diagnostics.
//   diagnostics_bench [DRAWS A CHAIN] [PARAMETERS]
#include "engine/base/random.h"
#include "engine/inference/diagnostics.h"

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
    }
    return 0;
}
