#include "engine/model/muse/trainer_module.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/model/form.h"
#include "engine/model/muse/captions.h"
#include "engine/model/muse/checkpoint.h"
#include "engine/model/muse/decoder.h"
#include "engine/model/muse/lessons.h"
#include "engine/model/muse/loss_curves.h"
#include "engine/model/muse/network.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <filesystem>
#include <future>
#include <numbers>
#include <set>

#include <malloc.h>

namespace chainsong {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWindowsPerStep = 8, kWindowsPerStepOnCard = 64;
constexpr int kStepsPerWindow = 224;
constexpr double kPeakLearningRate = 1.5e-3;
constexpr double kResumedLearningRate = 6e-4;  // weights that have learnt already must not be shaken up again
constexpr int kWarmUpSteps = 150;
constexpr int kValidateEvery = 400;
constexpr int kHeldOutWindowsPerPart = 12;

double minutesSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count() / 60; }

/// Linear warm-up, then a cosine down to a twentieth over the time that is given.
double learningRate(double peak, std::int64_t step, double share_of_time)
{
    const double warm = std::min(1.0, static_cast<double>(step + 1) / kWarmUpSteps);
    const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * std::clamp(share_of_time, 0.0, 1.0)));
    return peak * warm * (0.05 + 0.95 * cosine);
}

/// A part by its weight; parts without training pieces are never drawn.
const LessonPart& drawPart(const Lessons& lessons, Rng& rng)
{
    double total = 0;
    for (const LessonPart& part : lessons.parts) total += part.train.empty() ? 0 : part.weight;
    double left = rng.uniform() * total;
    const LessonPart* last = nullptr;
    for (const LessonPart& part : lessons.parts) {
        if (part.train.empty()) continue;
        last = &part;
        left -= part.weight;
        if (left < 0) break;
    }
    return *last;
}

/// The same held-out windows at every validation: spread over each part's held-out pieces.
std::vector<TrainingBatch> heldOutBatches(const Lessons& lessons)
{
    std::vector<TrainingBatch> batches;
    for (const LessonPart& part : lessons.parts) {
        std::vector<TrainingWindow> windows;
        const std::size_t step = std::max<std::size_t>(1, part.held_out.size() / kHeldOutWindowsPerPart);
        for (std::size_t i = 0; i < part.held_out.size() && windows.size() < kHeldOutWindowsPerPart; i += step)
            windows.push_back(heldOutWindows(part.held_out[i], kStepsPerWindow).front());
        if (!windows.empty()) batches.push_back(makeBatch(windows));
    }
    return batches;
}

/// Mean over parts of nats per note, so that no part's size decides.
double validate(TrainingNetwork& network, const std::vector<TrainingBatch>& batches)
{
    double sum = 0;
    for (const TrainingBatch& batch : batches) sum += network.evaluate(batch).perNote();
    return sum / static_cast<double>(std::max<std::size_t>(1, batches.size()));
}

/// Forms of training pieces, parts by their weights: enough to draw from, few enough to ship.
NamedArray formsOf(const Lessons& lessons, std::uint64_t seed)
{
    constexpr int kNumPlans = 1500, kLeastBars = 8;
    FormPlans plans;
    std::int64_t count = 0;
    Rng rng = rngFor(seed, 1, 0);
    for (int i = 0; i < kNumPlans; ++i) {
        const LessonPart& part = drawPart(lessons, rng);
        const Lesson& lesson = part.train[rng.below(part.train.size())];
        if (static_cast<int>(lesson.form.size()) < kLeastBars) continue;
        plans.add({ styleRows(styleChipsOf(lesson.piece)), lesson.form });
        ++count;
    }
    return { kFormsArray, { count, FormPlans::numColumns() }, plans.table() };
}

Status save(const TrainOptions& options, const TrainingNetwork& network, const Lessons& lessons, const LossPoint& point)
{
    Weights weights = network.averagedWeights();
    weights.arrays.push_back(formsOf(lessons, options.seed));
    std::sort(weights.arrays.begin(), weights.arrays.end(), [](const NamedArray& a, const NamedArray& b) { return a.name < b.name; });
    std::string parts, licences;
    std::set<std::string> seen;
    for (const LessonPart& part : lessons.parts) {
        parts += (parts.empty() ? "" : ", ") + part.name;
        for (const Lesson& lesson : part.train) {
            const std::string licence = split(lesson.piece.licence, ';').front();  // the rest speaks of the single piece
            if (!licence.empty() && seen.insert(licence).second) licences += (licences.empty() ? "" : "; ") + licence;
        }
    }
    weights.metadata = { { "architecture", "muse " + std::to_string(kWeightsVersion) }, { "training_data", parts }, { "licences", licences },
        { "made_from", "chainsong " CHAINSONG_VERSION },
        { "validation_nats_per_note", formatFixed(point.valid_nats_per_note, 4) }, { "notes_seen", std::to_string(point.notes_seen) },
        { "minutes", formatFixed(point.minutes, 1) }, { "parameters", std::to_string(network.numParameters()) } };
    return writeWeights(options.weights_path, weights, WeightsPrecision::kFloat16);
}

std::string progressText(const LossPoint& point, double minutes_left)
{
    return std::to_string(point.notes_seen) + " notes, " + formatFixed(point.train_nats_per_note, 3) + " nats per note in training, "
        + formatFixed(point.valid_nats_per_note, 3) + " held out, " + formatFixed(std::max(0.0, minutes_left), 1) + " minutes left";
}

/// One run of the trainer: from where the weights or the checkpoint stand, until the time is over.
class Training {
public:
    Training(const TrainOptions& options, Lessons lessons)
        : m_options(options)
        , m_lessons(std::move(lessons))
        , m_batches(heldOutBatches(m_lessons))
        , m_network(options.seed)
    {
    }

    Status takeUp()
    {
        m_peak = m_options.learning_rate > 0 ? m_options.learning_rate : m_options.resume ? kResumedLearningRate : kPeakLearningRate;
        if (!m_options.resume) return Done {};
        std::error_code ignored;
        const std::string folder = checkpointFolder(m_options.weights_path);
        if (std::filesystem::exists(folder, ignored)) {
            auto checkpoint = readCheckpoint(folder);
            if (!checkpoint) return checkpoint.error();
            m_losses = std::move(checkpoint->losses);
            m_best = checkpoint->best_valid_nats_per_note;
            return m_network.takeState(checkpoint->state);
        }
        const auto weights = readWeights(m_options.weights_path);
        if (!weights) return weights.error();
        if (const auto taken = m_network.takeWeights(*weights); !taken) return taken.error();
        m_best = validate(m_network, m_batches);
        m_first_stream = std::uint64_t(1) << 32;  // other windows than those that these weights have begun with
        return Done {};
    }

    Status run(const OnProgress& on_progress, const std::stop_token& stop)
    {
        const LossPoint before = m_losses.empty() ? LossPoint { 0, 0, 0, m_best } : m_losses.back();
        LossPoint point = before;
        const auto start = Clock::now();
        const auto tell = [&] {
            const double done = point.minutes - before.minutes;
            if (on_progress) on_progress({ progressText(point, m_options.minutes - done), std::min(1.0, done / m_options.minutes) });
        };
        for (std::int64_t step = 0;; ++step) {
            point.minutes = before.minutes + minutesSince(start);
            const double share = (point.minutes - before.minutes) / m_options.minutes;
            const bool is_over = share >= 1 || stop.stop_requested();
            if ((step > 0 && step % kValidateEvery == 0) || is_over) {
                if (const Status looked = look(point); !looked) return looked;
                tell();
            }
            if (is_over) return Done {};
            const HeadLosses losses = m_network.learn(nextBatch(), learningRate(m_peak, step, share));
            point.notes_seen += losses.num_notes;
            const bool is_first = step == 0 && m_losses.empty();
            point.train_nats_per_note += (losses.perNote() - point.train_nats_per_note) * (is_first ? 1.0 : 0.01);
            if (step % 50 == 0) tell();
        }
    }

    TrainReport report() &&
    {
        return { std::move(m_losses), std::move(m_lessons.skipped) };
    }

private:
    /// The step's windows, drawn ahead by threads where a card waits for them; the same on any number of threads.
    TrainingBatch nextBatch()
    {
        const auto draw = [this](std::uint64_t number) {
            Rng rng = rngFor(m_options.seed, 0, number);
            std::vector<TrainingWindow> windows;
            for (int i = 0; i < (m_network.isOnCard() ? kWindowsPerStepOnCard : kWindowsPerStep); ++i)
                windows.push_back(drawWindow(drawPart(m_lessons, rng), kStepsPerWindow, rng));
            return makeBatch(windows);
        };
        const std::uint64_t number = m_first_stream + static_cast<std::uint64_t>(m_network.numSteps());
        const int num_ahead = m_network.isOnCard() ? std::max(1, m_options.num_threads) : 0;
        if (num_ahead == 0) return draw(number);
        while (static_cast<int>(m_ahead.size()) < num_ahead)
            m_ahead.push_back(std::async(std::launch::async, draw, number + m_ahead.size()));
        TrainingBatch batch = m_ahead.front().get();
        m_ahead.pop_front();
        return batch;
    }

    /// Measures, keeps the best weights, and where the training stands.
    Status look(LossPoint& point)
    {
        point.valid_nats_per_note = validate(m_network, m_batches);
        m_losses.push_back(point);
        if (point.valid_nats_per_note < m_best) {
            m_best = point.valid_nats_per_note;
            if (const auto saved = save(m_options, m_network, m_lessons, point); !saved) return saved;
        }
        if (const auto drawn = writeFileAtomically(m_options.weights_path + ".losses.svg", lossPicture(m_losses)); !drawn) return drawn;
        return writeCheckpoint(checkpointFolder(m_options.weights_path), { m_network.state(), m_losses, m_best });
    }

    const TrainOptions& m_options;
    Lessons m_lessons;
    std::vector<TrainingBatch> m_batches;
    TrainingNetwork m_network;
    std::vector<LossPoint> m_losses;
    double m_best = 1e30, m_peak = kPeakLearningRate;
    std::uint64_t m_first_stream = 0;
    std::deque<std::future<TrainingBatch>> m_ahead;  // last: its threads end first
};

}  // namespace

Result<TrainReport> trainHere(const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop)
{
    if (on_progress) on_progress({ "reading the corpus", -1 });
    auto lessons = readLessons(options.corpus_dir, options.parts, "valid", true, options.read_score);
    if (!lessons) return lessons.error();
    if (std::none_of(lessons->parts.begin(), lessons->parts.end(), [](const LessonPart& part) { return !part.train.empty(); }))
        return Error { "the corpus has no pieces to train on", options.corpus_dir };

    // Each step frees and asks again for the same large arrays: keep them instead of giving them back to the system
    // (measured: a fifth of the training's time).
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    Training training(options, std::move(*lessons));
    if (const Status taken = training.takeUp(); !taken) return taken.error();
    if (const Status ran = training.run(on_progress, stop); !ran) return ran.error();
    return std::move(training).report();
}

}  // namespace chainsong
