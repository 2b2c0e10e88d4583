#include "tests/compose/exact_toy.h"

#include <cstdio>

using namespace chainsong::toy;

/// Prints the table of docs/steering.md: how near the sampler comes to a known answer.
int main() {
    constexpr int kRuns = 200;
    const Problem problem = makeProblem();
    std::printf("log Z = %.3f, %d runs each: pooled TV / sd log Z^ / E[Z^]/Z +- standard error\n\n",
        solve(problem).log_evidence, kRuns);
    std::printf("| method | N = 16 | N = 64 | N = 256 |\n|---|---|---|---|\n");
    const auto row = [&](const char* name, int look_ahead, Fault fault) {
        std::printf("| %s |", name);
        for (const int num_particles : {16, 64, 256}) {
            const Verdict v = judge(problem, num_particles, look_ahead, kRuns, fault);
            if (fault == Fault::kDropsMass)
                std::printf(" %.3f |", v.pooled_tv);
            else
                std::printf(" %.3f / %.2f / %.2f +- %.2f |", v.pooled_tv, v.sd_log_evidence, v.evidence_ratio,
                    v.evidence_ratio_error);
        }
        std::printf("\n");
    };
    row("masking without weights", 0, Fault::kDropsMass);
    row("masked proposal, weights kept", 0, Fault::kNone);
    row("+ look-ahead 1", 1, Fault::kNone);
    row("+ look-ahead 2", 2, Fault::kNone);
    row("+ look-ahead 4", 4, Fault::kNone);
    row("+ look-ahead 8", 8, Fault::kNone);
}
