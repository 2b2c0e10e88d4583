#pragma once

#include "engine/base/progress.h"
#include "engine/model/corpus.h"
#include "engine/model/phrases/hash_filter.h"
#include "engine/model/phrases/runs.h"

#include <stop_token>
#include <string>
#include <vector>

namespace chainsong {

/// How much of one voice stands elsewhere, in whatever key.
struct SharedRuns {
    int num_notes = 0;
    /// Notes of the longest run that stands there too; 0: no two notes.
    int longest_run_notes = 0;
    /// Share of the voice's stretches of nine notes that stand there; 0 if it has none.
    double reused_unit = 0;
    bool operator==(const SharedRuns&) const = default;
};

/// What held-out music of people shares with the same training corpus: the yardstick.
struct HumanRuns {
    std::string part; // of the corpus, or "all"
    int num_voices = 0;
    double longest_run_median = 0, longest_run_95 = 0; // notes
    double reused_unit = 0; // mean over voices
    bool operator==(const HumanRuns&) const = default;
};

/// The runs of nine notes of a training corpus as hashes: what was learnt from can be recognised, not
/// reconstructed.
class KnownRuns {
public:
    static Result<KnownRuns> load(const std::string& path);
    static Result<KnownRuns> from(std::span<const std::uint8_t> bytes);
    Status write(const std::string& path) const;
    /// True if a file that begins like this means to hold known runs.
    static bool isOne(std::string_view first_bytes);

    /// Overlapping known stretches count as one run, so a run may be told too long, never too short; below
    /// nine notes it is told as 8.
    SharedRuns compare(const Voice& voice) const;

    const std::vector<HumanRuns>& human() const { return m_human; }
    std::uint64_t numGrams() const { return m_filter.size(); }
    const std::vector<std::string>& parts() const { return m_parts; } // learnt from
    int numPieces() const { return m_num_pieces; }

    static constexpr int kShortestRunNotes = kGramSteps + 1;

private:
    friend class RunsLearner;
    HashFilter m_filter;
    std::vector<HumanRuns> m_human;
    std::vector<std::string> m_parts;
    int m_num_pieces = 0;
};

struct RunsOptions {
    std::string corpus_dir;
    std::vector<std::string> parts; // empty = all
    ReadScore read_score;
};
struct LearntRuns {
    KnownRuns runs;
    std::vector<std::string> skipped; // sentences: files that could not be read
};
/// Learns the runs of the corpus' train split, and measures what its valid split shares with them, part by
/// part.
Result<LearntRuns> learnRuns(
    const RunsOptions& options, const OnProgress& on_progress, const std::stop_token& stop);

} // namespace chainsong
