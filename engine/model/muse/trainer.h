#pragma once

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/corpus.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace chainsong {

struct TrainOptions {
    std::string corpus_dir;  // folders with *.mid and, if there is one, metadata.csv
    ReadScore read_score;  // how a MIDI file becomes a score: engine/io's reader, handed in
    std::string weights_path;  // the best so far, written completely or not at all; beside it X.checkpoint and X.losses.svg
    std::vector<std::string> parts;  // folder names; empty = all
    bool resume = false;  // from the checkpoint beside the weights, or, if there is none, from the weights
    double learning_rate = 0;  // the highest; 0: 1.5e-3 from scratch, 6e-4 when resuming
    double minutes = 60;  // stops then, with the best weights on disk
    std::uint64_t seed = 1;
    int num_threads = 1;
};

/// One line of the training's log.
struct LossPoint {
    std::int64_t notes_seen = 0;
    double minutes = 0;
    double train_nats_per_note = 0;
    double valid_nats_per_note = 0;
};
struct TrainReport {
    std::vector<LossPoint> losses;
    std::vector<std::string> skipped_files;  // "name: why"
};
Result<TrainReport> trainMuse(const TrainOptions& options, const OnProgress& on_progress, std::stop_token stop);

/// A held-out piece: sums over it, nats, bar lines' counted in.
struct PieceEvaluation {
    std::int64_t num_notes = 0;
    std::int64_t num_cells = 0;  // sixteenths times voices, silent ones too: the unit of the chorales' literature
    double muse_nats = 0;
    double ngram_nats = 0;  // interpolated 5-gram over the same events
};
struct PartEvaluation {
    std::string part;
    std::vector<PieceEvaluation> pieces;
};
/// A ratio of sums over pieces, and the middle 95 % of what 2000 draws of as many pieces with replacement give.
struct PooledNats {
    double value = 0, low = 0, high = 0;
};
PooledNats museNatsPerNote(const PartEvaluation& part);
PooledNats museNatsPerCell(const PartEvaluation& part);
PooledNats ngramNatsPerNote(const PartEvaluation& part);
struct EvaluateOptions {
    std::string weights_path;
    std::string corpus_dir;
    ReadScore read_score;
    std::string split = "valid";  // or "test"
    std::vector<std::string> parts;  // empty = all
    int max_pieces_per_part = 0;  // 0 = all
    std::vector<std::string> left_out;  // pieces not to count: ends of their paths, "chorale/jsb-test-003.mid"
};
Result<std::vector<PartEvaluation>> evaluateMuse(const EvaluateOptions& options, const OnProgress& on_progress, std::stop_token stop);

}  // namespace chainsong
