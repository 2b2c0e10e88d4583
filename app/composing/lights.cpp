#include "app/composing/lights.h"

#include "engine/inference/verdict.h"

namespace chainsong {

int lightOf(std::span<const SummaryRow> rows, int num_chains, int draws_per_chain) {
    switch (verdictOf(rows, num_chains, draws_per_chain).light) {
    case Light::kTooEarly: return 0;
    case Light::kGood: return 1;
    case Light::kKeepGoing: return 2;
    case Light::kNotYet: return 3;
    }
    return 0;
}

} // namespace chainsong
