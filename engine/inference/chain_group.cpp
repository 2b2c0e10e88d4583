#include "engine/inference/chain_group.h"

#include <algorithm>
#include <chrono>

namespace chainsong {
namespace {

/// The points that chains are waiting at, one after another, as a BatchDensity wants them.
class SharedEvaluation {
public:
    SharedEvaluation(const Target& target, std::size_t num_chains)
        : m_target(target)
        , m_dimension(static_cast<std::size_t>(target.dimension))
        , m_points(num_chains * m_dimension)
        , m_grads(num_chains * m_dimension)
        , m_log_densities(num_chains) { }

    /// Hands every chain the density where it waits; keeps those that wait again, at the next point of the
    /// same draw or, if they may begin another, at its first.
    void serve(std::vector<Chain*>& waiting, bool may_begin) {
        const bool is_shared = waiting.size() > 1 && evaluate(waiting);
        std::size_t num_kept = 0;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            Chain& chain = *waiting[i];
            const double log_density = is_shared ? chain.admit(m_log_densities[i]) : chain.evaluateAlone();
            if (chain.takeDensity(log_density) || (may_begin && chain.beginDraw()))
                waiting[num_kept++] = &chain;
        }
        waiting.resize(num_kept);
    }

private:
    /// False: a stranger's code threw, and who of them is to blame shows when each is asked alone.
    bool evaluate(const std::vector<Chain*>& waiting) {
        const std::size_t count = waiting.size();
        for (std::size_t i = 0; i < count; ++i)
            std::copy_n(waiting[i]->wanted().q, m_dimension, m_points.data() + i * m_dimension);
        try {
            m_target.log_densities({m_points.data(), count * m_dimension}, {m_log_densities.data(), count},
                {m_grads.data(), count * m_dimension});
        } catch (...) { return false; }
        for (std::size_t i = 0; i < count; ++i)
            std::copy_n(m_grads.data() + i * m_dimension, m_dimension, waiting[i]->wanted().grad);
        return true;
    }

    const Target& m_target;
    std::size_t m_dimension;
    Vec m_points, m_grads, m_log_densities;
};

} // namespace

bool areBetterTogether(const Target& target, const RunOptions& options) {
    return target.log_densities && options.kernel == Kernel::kNuts && options.num_chains > 1;
}

void advanceTogether(
    std::span<Chain* const> chains, const Target& target, double slice_ms, const RunCallbacks& callbacks) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration<double, std::milli>(slice_ms);
    SharedEvaluation evaluation(target, chains.size());
    std::vector<Chain*> waiting;
    for (Chain* const chain : chains) {
        chain->beginSlice(static_cast<int>(chains.size()), callbacks);
        if (chain->beginDraw()) waiting.push_back(chain);
    }
    bool is_over = false;
    for (int round = 1; !waiting.empty(); ++round) {
        // The clock costs as much as a cheap density, so it is asked now and then only; of a dear one a few
        // rounds fill the slice.
        is_over = is_over || ((round <= 16 || round % 16 == 0) && Clock::now() >= end);
        evaluation.serve(waiting, !is_over);
    }
    for (Chain* const chain : chains) chain->endSlice(callbacks);
}

} // namespace chainsong
