#include "engine/model/muse/lessons.h"
#include "engine/model/muse/network.h"
#include "engine/model/muse/trainer_module.h"
#include "engine/model/ngram.h"

#include <algorithm>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kEvaluationSteps = 1024;

double sumOf(const std::array<double, kNumHeads>& nats) { return std::accumulate(nats.begin(), nats.end(), 0.0); }

}  // namespace

Result<std::vector<PartEvaluation>> evaluateHere(const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop)
{
    const auto weights = readWeights(options.weights_path);
    if (!weights) return weights.error();
    TrainingNetwork network(0);
    if (const auto taken = network.takeWeights(*weights); !taken) return taken.error();
    if (on_progress) on_progress({ "reading the corpus", -1 });
    const auto lessons = readLessons(options.corpus_dir, options.parts, options.split, true, options.read_score);
    if (!lessons) return lessons.error();
    if (on_progress) on_progress({ "counting the 5-gram", -1 });
    NgramModel ngram;
    for (const LessonPart& part : lessons->parts)
        for (const Lesson& lesson : part.train) ngram.learn(lesson.events);

    std::vector<PartEvaluation> table;
    for (const LessonPart& part : lessons->parts) {
        PartEvaluation row { part.name, {} };
        const std::size_t limit = options.max_pieces_per_part > 0 ? static_cast<std::size_t>(options.max_pieces_per_part) : part.held_out.size();
        for (std::size_t i = 0; i < std::min(limit, part.held_out.size()); ++i) {
            if (stop.stop_requested()) return Error { "stopped" };
            const Lesson& lesson = part.held_out[i];
            const auto isLeftOut = [&](const std::string& end) { return lesson.piece.path.ends_with(end); };
            if (std::any_of(options.left_out.begin(), options.left_out.end(), isLeftOut)) continue;
            PieceEvaluation piece;
            for (const TrainingWindow& window : heldOutWindows(lesson, kEvaluationSteps)) piece.muse_nats += sumOf(network.evaluate(makeBatch({ window })).nats);
            piece.ngram_nats = sumOf(ngram.nats(lesson.events));
            piece.num_notes = static_cast<std::int64_t>(lesson.events.events.size() - lesson.events.frame.bars.size());
            for (const BarFrame& bar : lesson.events.frame.bars) piece.num_cells += bar.numSteps() * 4 / kStepsPerQuarter;
            piece.num_cells *= static_cast<std::int64_t>(lesson.events.frame.parts.size());
            row.pieces.push_back(piece);
            if (on_progress) on_progress({ part.name, static_cast<double>(i + 1) / static_cast<double>(std::min(limit, part.held_out.size())) });
        }
        if (!row.pieces.empty()) table.push_back(std::move(row));
    }
    return table;
}

}  // namespace chainsong
