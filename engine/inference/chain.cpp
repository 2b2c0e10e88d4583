#include "engine/inference/chain.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace chainsong {
namespace {

// Streams of a chain beside those of its draws (which are numbered from 0).
constexpr std::uint64_t kStartStream = std::uint64_t{1} << 62;
constexpr std::uint64_t kStepSizeStream = std::uint64_t{1} << 61;
constexpr std::uint64_t kWarmUpStream = std::uint64_t{1} << 60;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Chain::Chain(const Target& target, const RunOptions& options, int number, std::stop_token stop)
    : m_target(target)
    , m_options(options)
    , m_number(number)
    , m_density(target, std::move(stop), m_run)
    , m_gradient_warm_up(options.mass_rule, options.num_warm_up, static_cast<std::size_t>(target.dimension),
          options.target_accept)
    , m_walk_warm_up(options.num_warm_up, static_cast<std::size_t>(target.dimension))
    , m_hmc_work(static_cast<std::size_t>(target.dimension))
    , m_nuts_work(static_cast<std::size_t>(target.dimension), options.max_tree_depth)
    , m_walnuts_work(static_cast<std::size_t>(target.dimension))
    , m_walk_work(static_cast<std::size_t>(target.dimension))
    , m_parameters(target.parameter_names.size()) {
    const int num_kept = options.num_draws + (options.keeps_warm_up ? options.num_warm_up : 0);
    m_run.columns.resize(target.parameter_names.size());
    for (Vec& column : m_run.columns) column.reserve(static_cast<std::size_t>(num_kept));
    m_run.stats.reserve(static_cast<std::size_t>(num_kept));
}

/// Gradients of 1e100, as a poor start may have, tell nothing of the scales where the chain is going to live,
/// and would mislead the adaptation for its whole length. So the chain first falls along its gradient for as
/// long as that promises a hundred million nats and more; from most starts it does not.
void Chain::descend() {
    constexpr int kMaxTries = 2000;
    constexpr double kFallNats = 1e8;
    const auto largestSlope = [this] {
        double largest = 0;
        for (const double g : m_state.grad) largest = std::max(largest, std::abs(g));
        return largest;
    };
    double distance = 1; // of the next try, in the steepest coordinate
    State tried = m_state;
    for (int i = 0; i < kMaxTries && distance * largestSlope() > kFallNats && !m_density.isStopped(); ++i) {
        const double slope = largestSlope();
        for (std::size_t k = 0; k < tried.q.size(); ++k)
            tried.q[k] = m_state.q[k] + distance * (m_state.grad[k] / slope);
        tried.log_density = m_density(tried.q, tried.grad);
        const bool is_better = tried.log_density > m_state.log_density
            && std::all_of(tried.grad.begin(), tried.grad.end(), [](double g) { return std::isfinite(g); });
        distance *= is_better ? 2 : 0.5;
        if (is_better) std::swap(m_state, tried);
    }
}

/// The likeliest of some points drawn uniformly: a single one may lie at the foot of a mode that holds
/// nothing, and no warm-up leads out of it again.
Vec Chain::drawStart(Rng& rng) const {
    constexpr int kNumCandidates = 30;
    Vec best(static_cast<std::size_t>(m_target.dimension)), candidate(best.size());
    double best_log_density = -std::numeric_limits<double>::infinity();
    for (int i = 0; i < kNumCandidates; ++i) {
        for (double& q : candidate) q = m_options.start_radius * (2 * rng.uniform() - 1);
        const double log_density = m_density(candidate, {});
        if (i > 0 && !(log_density > best_log_density)) continue;
        best_log_density = log_density;
        std::swap(best, candidate);
    }
    return best;
}

bool Chain::findStart() {
    constexpr int kMaxTries = 100;
    const bool with_gradient = m_options.kernel != Kernel::kRandomWalk;
    const auto chain = static_cast<std::uint64_t>(m_number);
    Rng rng = rngFor(m_options.seed, chain, kStartStream);
    const bool is_given = !m_options.starts.empty();
    for (int attempt = 0; attempt < (is_given ? 1 : kMaxTries) && !m_density.isStopped(); ++attempt) {
        Vec q = is_given ? m_options.starts[static_cast<std::size_t>(m_number)] : drawStart(rng);
        m_state = stateAt(m_density, std::move(q), with_gradient);
        const bool is_finite = std::isfinite(m_state.log_density)
            && std::all_of(
                m_state.grad.begin(), m_state.grad.end(), [](double g) { return std::isfinite(g); });
        if (!is_finite) continue;
        if (with_gradient) descend();
        if (with_gradient)
            m_gradient_warm_up.begin(
                rngFor(m_options.seed, chain, kStepSizeStream), m_state, m_density, m_hmc_work);
        return true;
    }
    if (!m_density.isStopped()) {
        std::string what = is_given
            ? "the given start point has density zero or no gradient"
            : "no start point with a finite density and gradient was found in 100 tries";
        if (!m_run.first_refusal.empty()) what += " (" + m_run.first_refusal + ")";
        m_run.failure = Error{what, "chain " + std::to_string(m_number + 1)};
    }
    return false;
}

StepInfo Chain::step(int draw) {
    const auto chain = static_cast<std::uint64_t>(m_number);
    const auto number = static_cast<std::uint64_t>(draw);
    const Rng rng = rngFor(m_options.seed, chain, number);
    StepInfo info;
    switch (m_options.kernel) {
    case Kernel::kRandomWalk:
        info = randomWalkStep(
            rng, m_state, m_density, {m_walk_warm_up.scale(), m_walk_warm_up.sd()}, m_walk_work);
        m_walk_warm_up.learn(draw, m_state, info);
        return info;
    case Kernel::kHmc: {
        // The length varies by a fifth either way, so that no trajectory keeps hitting the same place on its
        // orbit.
        Rng length_rng = rngFor(m_options.seed, chain, kStepSizeStream + 1 + number);
        const double length = m_options.trajectory_length * (0.8 + 0.4 * length_rng.uniform());
        const double num_steps = std::clamp(std::round(length / currentStepSize()), 1.0, 1000.0);
        const HmcParams params{currentStepSize(), static_cast<int>(num_steps)};
        info = hmcStep(rng, m_state, m_density, params, m_gradient_warm_up.mass(), m_hmc_work);
        break;
    }
    case Kernel::kNuts:
        info = nutsStep(rng, m_state, m_density, {currentStepSize(), m_options.max_tree_depth},
            m_gradient_warm_up.mass(), m_nuts_work);
        break;
    case Kernel::kWalnuts: {
        WalnutsParams params;
        params.step_size = currentStepSize();
        params.max_depth = m_options.max_tree_depth;
        info = walnutsStep(
            rng, m_state, m_density, params, m_gradient_warm_up.mass(), m_nuts_work, m_walnuts_work);
        break;
    }
    }
    learn(draw, info);
    return info;
}

void Chain::learn(int draw, const StepInfo& info) {
    if (draw >= m_options.num_warm_up || m_density.isStopped()) return;
    const Rng rng = rngFor(m_options.seed, static_cast<std::uint64_t>(m_number),
        kWarmUpStream + static_cast<std::uint64_t>(draw));
    m_gradient_warm_up.learn(rng, draw, m_state, info, m_density, m_hmc_work);
}

double Chain::currentStepSize() const {
    return m_options.kernel == Kernel::kRandomWalk ? m_walk_warm_up.scale() : m_gradient_warm_up.stepSize();
}

double Chain::secondsOfSlice() const { return secondsSince(m_part_start) / m_num_sharing; }

void Chain::record(const StepInfo& info) {
    if (m_density.isStopped()) {
        m_is_finished = true;
        return;
    }
    const bool is_warm_up = m_draws_done < m_options.num_warm_up;
    if (m_target.constrain) m_density.writeParameters(m_state.q, m_parameters);
    const Vec& parameters = m_target.constrain ? m_parameters : m_state.q;
    const DrawStats stats{m_state.log_density, info.accept_prob, currentStepSize(), info.energy,
        info.tree_depth, info.num_leapfrogs, info.diverged};
    if (!is_warm_up || m_options.keeps_warm_up) {
        for (std::size_t i = 0; i < parameters.size(); ++i) m_run.columns[i].push_back(parameters[i]);
        m_run.stats.push_back(stats);
        if (is_warm_up) ++m_run.num_warm_up_kept;
    }
    if (!is_warm_up && info.diverged) ++m_num_divergences;
    if (++m_draws_done == m_options.num_warm_up) {
        m_run.warm_up_s += secondsOfSlice();
        m_part_start = std::chrono::steady_clock::now();
    }
    if (!m_has_listener) return;
    m_batch_stats.push_back(stats);
    m_batch_values.insert(m_batch_values.end(), parameters.begin(), parameters.end());
}

void Chain::report(int first_draw, const RunCallbacks& callbacks) {
    if (callbacks.on_draws && !m_batch_stats.empty()) {
        const int num_warm_up =
            std::clamp(m_options.num_warm_up - first_draw, 0, static_cast<int>(m_batch_stats.size()));
        callbacks.on_draws({m_number, first_draw, num_warm_up, m_batch_stats, m_batch_values});
    }
    if (callbacks.on_progress)
        callbacks.on_progress({m_number, m_draws_done, m_options.num_warm_up + m_options.num_draws,
            m_draws_done < m_options.num_warm_up, m_num_divergences, currentStepSize(),
            m_run.num_evaluations});
    m_batch_stats.clear();
    m_batch_values.clear();
}

void Chain::beginSlice(int num_sharing, const RunCallbacks& callbacks) {
    m_has_listener = static_cast<bool>(callbacks.on_draws);
    m_num_sharing = num_sharing;
    m_slice_start = m_part_start = std::chrono::steady_clock::now();
    m_first_of_slice = m_draws_done;
    if (m_has_start) return;
    m_has_start = findStart();
    m_is_finished = !m_has_start;
}

void Chain::endSlice(const RunCallbacks& callbacks) {
    (m_draws_done < m_options.num_warm_up ? m_run.warm_up_s : m_run.sampling_s) += secondsOfSlice();
    report(m_first_of_slice, callbacks);
}

bool Chain::hasDrawToMake() {
    if (m_draws_done == m_options.num_warm_up + m_options.num_draws) m_is_finished = true;
    return !m_is_finished;
}

void Chain::advance(double slice_ms, const RunCallbacks& callbacks) {
    beginSlice(1, callbacks);
    while (hasDrawToMake()) {
        const StepInfo info = step(m_draws_done);
        record(info);
        // The clock costs as much as a cheap density, so it is asked now and then only.
        const bool asks_clock = m_draws_done % 16 == 0 || info.num_leapfrogs > 16;
        if (asks_clock && secondsSince(m_slice_start) * 1000 > slice_ms) break;
    }
    endSlice(callbacks);
}

bool Chain::beginDraw() {
    if (!hasDrawToMake()) return false;
    m_num_leapfrogs = 0;
    m_transition.emplace(rngFor(m_options.seed, static_cast<std::uint64_t>(m_number),
                             static_cast<std::uint64_t>(m_draws_done)),
        m_state, m_gradient_warm_up.mass(), m_options.max_tree_depth, m_nuts_work);
    leapToNext();
    return true;
}

void Chain::leapToNext() {
    ++m_num_leapfrogs;
    leap(m_gradient_warm_up.mass(), m_transition->direction() * currentStepSize(), m_transition->from(),
        m_transition->to());
}

double Chain::evaluateAlone() {
    const PhasePoint& point = m_transition->to();
    const auto n = static_cast<std::size_t>(m_target.dimension);
    return m_density({point.q, n}, {point.grad, n});
}

bool Chain::takeDensity(double log_density) {
    PhasePoint& point = m_transition->to();
    point.log_density = log_density;
    land(m_gradient_warm_up.mass(), m_transition->direction() * currentStepSize(), point);
    m_transition->add();
    if (m_transition->isGrowing()) {
        leapToNext();
        return true;
    }
    const StepInfo info = m_transition->finish(m_state, m_num_leapfrogs);
    learn(m_draws_done, info);
    record(info);
    return false;
}

ChainRun Chain::takeRun() {
    m_run.step_size = currentStepSize();
    if (m_options.kernel == Kernel::kRandomWalk) {
        for (const double sd : m_walk_warm_up.sd()) m_run.inverse_mass.push_back(sd * sd);
    } else {
        m_run.inverse_mass = m_gradient_warm_up.mass().inverse;
    }
    return std::move(m_run);
}

} // namespace chainsong
