#include "engine/inference/tempered_smc.h"

#include "engine/inference/contained.h"

#include "engine/inference/ladder.h"
#include "engine/inference/population.h"
#include "engine/inference/smc.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>
#include <utility>

namespace chainsong {
namespace {

constexpr double kMaxNumbers = 5e8; // of all particles: some 4 GB
constexpr int kNumbersAParticle = 3; // for each dimension
constexpr std::size_t kPiece = 32; // particles that are moved together
constexpr double kMaxStep = 1.5; // in sds; a leapfrog step of 2 is unstable
constexpr double kMaxLeapfrogs = 100;
constexpr double kUsefulAccept = 0.5; // below it a stage begins again with half the step
constexpr int kMaxHalvings = 30;

std::optional<Error> check(const Target& target, const TemperedOptions& options) {
    const auto fail = [&](std::string what) { return Error{std::move(what), target.name}; };
    if (target.dimension < 1) return fail("the target has no parameters");
    if (!target.parts) return fail("the prior is not known apart from the likelihood, which tempering needs");
    if (options.num_steps < 2 || options.num_steps > 100'000)
        return fail("a survivor must become 2 to 100000 particles");
    if (options.num_particles < options.num_steps || options.num_particles % options.num_steps != 0)
        return fail("the number of particles must be a multiple of " + std::to_string(options.num_steps));
    if (options.num_prior_draws < 1 || options.num_prior_draws > 1000)
        return fail("there must be 1 to 1000 draws from the prior for each particle");
    if (double{kNumbersAParticle} * options.num_particles * (options.num_prior_draws + 1) * target.dimension
        > kMaxNumbers)
        return fail("the particles would not fit into memory: fewer particles");
    if (!(options.ess_share > 0 && options.ess_share < 1))
        return fail("the share of effective particles must lie between 0 and 1");
    if (options.max_stages < 1) return fail("there must be at least one stage");
    if (!(options.trajectory_length > 0)) return fail("the trajectory length must be positive");
    if (!(options.target_accept > 0 && options.target_accept < 1))
        return fail("the target acceptance must lie between 0 and 1");
    if (const auto ladder = checkLadder(options.ladder, static_cast<std::size_t>(target.dimension)); !ladder)
        return fail(ladder.error().what);
    return std::nullopt;
}

/// All particles of one run, stage by stage. The work is cut into pieces whose random streams are their own,
/// so that any number of threads does the same.
class Climb {
public:
    Climb(const Target& target, const TemperedOptions& options, std::stop_token stop)
        : m_target(target)
        , m_options(options)
        , m_dimension(static_cast<std::size_t>(target.dimension))
        , m_size(static_cast<std::size_t>(options.num_particles))
        , m_num_starts(m_size / static_cast<std::size_t>(options.num_steps))
        , m_particles(m_size * static_cast<std::size_t>(options.num_prior_draws), m_dimension)
        , m_next(m_size, m_dimension)
        , m_step_size(std::min(1.0, 1.3 / std::pow(target.dimension, 0.25)))
        , m_stop(std::move(stop)) {
        const std::size_t num_pieces = (m_particles.count() + kPiece - 1) / kPiece;
        m_parts = std::vector(num_pieces, GuardedParts(*target.parts, m_dimension, m_stop));
        m_work.assign((m_num_starts + kPiece - 1) / kPiece, MoveWork(kPiece, m_dimension));
    }

    bool isDone() const { return m_temperature == 1; }

    void drawPriors() {
        m_families.resize(m_particles.count());
        for (std::size_t i = 0; i < m_families.size(); ++i)
            m_families[i] = static_cast<int>(i * TemperedRun::kFamilies / m_families.size());
        forEachPiece(m_particles.count(), [&](std::size_t piece, std::size_t first, std::size_t count) {
            Rng rng = streamFor(piece, -1, 0);
            for (std::size_t i = first; i < first + count; ++i)
                m_target.parts->draw_prior(rng, {m_particles.q.data() + i * m_dimension, m_dimension});
            evaluate(
                m_particles, piece, first, count, /*with_gradient=*/false); // survivors alone need slopes
        });
    }

    /// One rung up: temperature, evidence, whitening, survivors, moves.
    Result<TemperedStage> climb(int number) {
        const bool is_given = !m_options.ladder.empty();
        TemperedStage stage;
        if (is_given) {
            stage = m_options.ladder[static_cast<std::size_t>(number)];
        } else {
            const auto next = nextTemperature(m_temperature, m_options.ess_share, m_particles.log_likelihood);
            if (!next) return next.error();
            stage.temperature = *next;
        }
        const Vec log_weights =
            updatedLogWeights(stage.temperature - m_temperature, m_particles.log_likelihood);
        stage.ess = effectiveSampleSize(log_weights);
        if (!(stage.ess > 0)) return Error{"no particle has a likelihood above zero", {}};
        m_temperature = stage.temperature;
        m_log_evidence += logSumExp(log_weights) - std::log(static_cast<double>(log_weights.size()));
        if (!is_given) fitWhitening(m_particles, log_weights, stage);
        if (isDone()) noteFamilies(log_weights);
        chooseSurvivors(number, log_weights);
        if (!is_given) findStepSize(number, stage);
        stage.accept_prob = 0;
        for (int step = 1; step < m_options.num_steps; ++step)
            stage.accept_prob +=
                moved(number, step, static_cast<std::size_t>(step), stage) / (m_options.num_steps - 1);
        std::swap(m_particles, m_next);
        if (number == 0) m_next = Particles(m_size, m_dimension);
        // Lost acceptance grows with the square of the step.
        const double lost = std::max(1 - stage.accept_prob, 0.02);
        const double factor = std::sqrt((1 - m_options.target_accept) / lost);
        m_step_size = std::min(kMaxStep, stage.step_size * std::clamp(factor, 0.5, 1.6));
        return stage;
    }

    void report(TemperedRun& run) {
        for (const GuardedParts& parts : m_parts) {
            run.num_evaluations += parts.num_evaluations;
            run.num_refused += parts.num_refused;
            if (run.first_refusal.empty()) run.first_refusal = parts.first_refusal;
        }
        run.was_stopped = m_stop.stop_requested();
        if (run.was_stopped || !isDone()) return;
        run.log_evidence = m_log_evidence;
        double sum = 0;
        for (const double share : m_family_shares) sum += std::pow(share - 1.0 / TemperedRun::kFamilies, 2);
        run.log_evidence_se = std::sqrt(sum * TemperedRun::kFamilies / (TemperedRun::kFamilies - 1));
        run.columns.resize(m_target.parameter_names.size());
        Vec values(run.columns.size());
        for (std::size_t start = 0; start < m_num_starts; ++start)
            for (std::size_t i = start; i < m_size; i += m_num_starts) { // the survivor and what it became
                const std::span<const double> q(m_particles.q.data() + i * m_dimension, m_dimension);
                if (const std::string words = writeParameters(m_target, q, values); !words.empty())
                    if (run.num_refused++ == 0) run.first_refusal = words;
                for (std::size_t c = 0; c < values.size(); ++c) run.columns[c].push_back(values[c]);
                run.log_densities.push_back(m_particles.log_prior[i] + m_particles.log_likelihood[i]);
                run.families.push_back(m_families[start]);
            }
    }

private:
    template <class F> void forEachPiece(std::size_t total, const F& work) {
        const std::size_t num_pieces = (total + kPiece - 1) / kPiece;
        std::atomic<std::size_t> next{0};
        const auto worker = [&] {
            for (std::size_t piece = next++; piece < num_pieces; piece = next++)
                work(piece, piece * kPiece, std::min(kPiece, total - piece * kPiece));
        };
        std::vector<std::jthread> helpers;
        for (int i = 1; i < m_options.num_threads && static_cast<std::size_t>(i) < num_pieces; ++i)
            helpers.emplace_back(worker);
        worker();
    }

    /// Number -1: the draws from the prior.
    Rng streamFor(std::size_t piece, int number, int step) const {
        constexpr std::uint64_t kStreamsAStage = std::uint64_t{1} << 20;
        return rngFor(m_options.seed, piece,
            static_cast<std::uint64_t>(number + 1) * kStreamsAStage + static_cast<std::uint64_t>(step));
    }

    void evaluate(
        Particles& particles, std::size_t piece, std::size_t first, std::size_t count, bool with_gradient) {
        const auto rows = [&](Vec& values) {
            return std::span<double>(values.data() + first * m_dimension, count * m_dimension);
        };
        const std::span<double> none;
        m_parts[piece].logPrior(rows(particles.q), {particles.log_prior.data() + first, count},
            with_gradient ? rows(particles.prior_grad) : none);
        m_parts[piece].logLikelihood(rows(particles.q), {particles.log_likelihood.data() + first, count},
            with_gradient ? rows(particles.likelihood_grad) : none);
    }

    /// The families' shares of the evidence; before the last resampling, which would only add noise.
    void noteFamilies(std::span<const double> log_weights) {
        const double total = logSumExp(log_weights);
        m_family_shares.assign(TemperedRun::kFamilies, 0);
        for (std::size_t i = 0; i < log_weights.size(); ++i)
            m_family_shares[static_cast<std::size_t>(familyOf(i))] += std::exp(log_weights[i] - total);
    }

    /// After the first stage the particles are the survivors, then their second selves, and so on.
    int familyOf(std::size_t particle) const { return m_families[particle % m_families.size()]; }

    void chooseSurvivors(int number, std::span<const double> log_weights) {
        // Relatives stand side by side when the choice is made, which spreads it evenly over the families.
        Vec ordered;
        const std::size_t num_lines = m_families.size(), num_each = log_weights.size() / num_lines;
        for (std::size_t line = 0; line < num_lines; ++line)
            for (std::size_t step = 0; step < num_each; ++step)
                ordered.push_back(log_weights[line + step * num_lines]);
        Rng rng = streamFor(0, number, 0);
        const auto survivors = systematicChoice(ordered, m_num_starts, rng);
        std::vector<int> families;
        for (std::size_t i = 0; i < m_num_starts; ++i) {
            const std::size_t line = survivors[i] / num_each, step = survivors[i] % num_each;
            m_next.copy(i, m_particles, line + step * num_lines);
            families.push_back(m_families[line]);
        }
        m_families = std::move(families);
        if (number == 0)
            forEachPiece(m_num_starts, [&](std::size_t piece, std::size_t first, std::size_t count) {
                evaluate(m_next, piece, first, count, /*with_gradient=*/true);
            });
    }

    /// Makes the particles' selves number `step` from those before; the mean acceptance probability.
    double moved(int number, int stream, std::size_t step, const TemperedStage& stage) {
        Vec sum_accept(m_work.size());
        forEachPiece(m_num_starts, [&](std::size_t piece, std::size_t first, std::size_t count) {
            sum_accept[piece] = movedTogether(streamFor(piece, number, stream), m_next,
                (step - 1) * m_num_starts + first, count, m_num_starts, stage, m_parts[piece], m_work[piece]);
        });
        double sum = 0;
        for (const double accept : sum_accept) sum += accept;
        return sum / static_cast<double>(m_num_starts);
    }

    /// The first move is tried until it is accepted often enough; what was tried is overwritten.
    void findStepSize(int number, TemperedStage& stage) {
        constexpr int kFirstTrial = 1 << 19;
        stage.step_size = 2 * m_step_size;
        for (int trial = 0; trial < kMaxHalvings && !m_stop.stop_requested(); ++trial) {
            stage.step_size /= 2;
            const double num_leapfrogs = std::round(m_options.trajectory_length / stage.step_size);
            stage.num_leapfrogs = static_cast<int>(std::clamp(num_leapfrogs, 1.0, kMaxLeapfrogs));
            if (moved(number, kFirstTrial + trial, 1, stage) > kUsefulAccept) return;
        }
    }

    const Target& m_target;
    const TemperedOptions& m_options;
    std::size_t m_dimension, m_size, m_num_starts;
    Particles m_particles, m_next;
    std::vector<int> m_families; // of the survivors; at first of all draws from the prior
    Vec m_family_shares;
    std::vector<GuardedParts> m_parts; // one a piece of the work, like what follows
    std::vector<MoveWork> m_work;
    double m_log_evidence = 0;
    double m_temperature = 0;
    double m_step_size;
    std::stop_token m_stop;
};

} // namespace

Estimate expectation(const TemperedRun& run, std::size_t column, const std::function<double(double)>& f) {
    const Vec& values = run.columns[column];
    Estimate estimate;
    Vec sums(TemperedRun::kFamilies), counts(TemperedRun::kFamilies);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = f ? f(values[i]) : values[i];
        const auto family = static_cast<std::size_t>(run.families[i]);
        sums[family] += value;
        ++counts[family];
        estimate.mean += value;
    }
    const double count = static_cast<double>(values.size());
    estimate.mean /= count;
    double sum = 0;
    for (std::size_t k = 0; k < sums.size(); ++k)
        sum += std::pow((sums[k] - counts[k] * estimate.mean) / count, 2);
    estimate.se = std::sqrt(sum * TemperedRun::kFamilies / (TemperedRun::kFamilies - 1));
    return estimate;
}

Result<TemperedRun> runTempered(
    const Target& target, const TemperedOptions& options, const OnStage& on_stage, std::stop_token stop) {
    if (auto error = check(target, options)) return *std::move(error);
    TemperedRun run;
    run.target = target.name;
    run.parameter_names = target.parameter_names;
    run.options = options;
    Climb climb(target, options, stop);
    climb.drawPriors();
    const auto failure = [&](const std::string& what) {
        climb.report(run);
        return Error{run.first_refusal.empty() ? what : what + " (" + run.first_refusal + ")", target.name};
    };
    for (int number = 0; !climb.isDone() && !stop.stop_requested(); ++number) {
        if (number == options.max_stages)
            return failure("the posterior was not reached in " + std::to_string(number) + " stages");
        auto stage = climb.climb(number);
        if (stop.stop_requested()) break;
        if (!stage) return failure(stage.error().what);
        run.stages.push_back(*std::move(stage));
        if (on_stage) on_stage(run.stages.back());
    }
    climb.report(run);
    return run;
}

} // namespace chainsong
