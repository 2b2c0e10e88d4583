#pragma once

#include "engine/base/random.h"
#include "engine/model/corpus.h"
#include "engine/model/muse/batch.h"

#include <string>
#include <vector>

namespace chainsong {

/// A piece of the corpus, ready to be learnt from.
struct Lesson {
    CorpusPiece piece;
    EventPiece events;
    std::vector<BarForm> form;  // of its bars
};

/// The pieces of one part and how often a window is taken from it.
struct LessonPart {
    std::string name;
    double weight = 0;
    std::vector<Lesson> train;
    std::vector<Lesson> held_out;
};

struct Lessons {
    std::vector<LessonPart> parts;
    std::vector<std::string> skipped;  // "name: why"
};

/// Reads the pieces of a corpus that can be written as events; counts and names the others. `split` is what is held
/// out ("valid" or "test"); other held-out pieces are not read at all.
Result<Lessons> readLessons(const std::string& corpus_dir, const std::vector<std::string>& parts, const std::string& split, bool with_training,
    const ReadScore& read_score);

/// How often a part of our own corpus is visited, so that classical music does not drown the rest; 1 for others.
double visitingWeight(const std::string& part, std::size_t num_pieces);

/// A window to learn from: a random place of a random piece, now and then with fewer parts, other instruments, and
/// with notes shown beforehand (the masking curriculum: right side, other parts, pins).
TrainingWindow drawWindow(const LessonPart& part, int max_steps, Rng& rng);

/// All windows of a held-out piece, one after the other, nothing shown beforehand but its style.
std::vector<TrainingWindow> heldOutWindows(const Lesson& lesson, int max_steps);

}  // namespace chainsong
