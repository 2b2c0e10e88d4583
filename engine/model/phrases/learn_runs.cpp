#include "engine/model/phrases/known_runs.h"

#include <algorithm>
#include <map>

namespace chainsong {
namespace {

constexpr int kFewestNotes = 2 * kGramSteps; // of a voice that says something about reuse

double percentile(std::vector<int> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

HumanRuns summary(const std::string& part, const std::vector<SharedRuns>& voices) {
    HumanRuns human{part, static_cast<int>(voices.size()), 0, 0, 0};
    std::vector<int> longest;
    for (const SharedRuns& voice : voices) {
        longest.push_back(voice.longest_run_notes);
        human.reused_unit += voice.reused_unit / static_cast<double>(voices.size());
    }
    human.longest_run_median = percentile(longest, 0.5);
    human.longest_run_95 = percentile(longest, 0.95);
    return human;
}

} // namespace

/// Reads the corpus twice: what was learnt from, then what was held out.
class RunsLearner {
public:
    RunsLearner(const RunsOptions& options, const OnProgress& on_progress, const std::stop_token& stop)
        : m_options(options)
        , m_on_progress(on_progress)
        , m_stop(stop) { }

    Result<LearntRuns> learnt() {
        const auto pieces = listCorpus(m_options.corpus_dir, m_options.parts);
        if (!pieces) return pieces.error();
        std::vector<std::uint64_t> grams;
        std::map<std::string, std::vector<SharedRuns>> held_out;
        std::map<std::string, int> parts;
        int num_pieces = 0;
        for (const std::string split_name : {"train", "valid"}) {
            for (std::size_t i = 0; i < pieces->size(); ++i) {
                const CorpusPiece& piece = (*pieces)[i];
                if (piece.split != split_name) continue;
                if (m_stop.stop_requested()) return Error{"stopped"};
                if (m_on_progress)
                    m_on_progress({"reading the " + split_name + " split",
                        static_cast<double>(i) / static_cast<double>(pieces->size())});
                const auto voices = voicesOfPiece(piece);
                if (split_name == "valid") {
                    for (const Voice& voice : voices)
                        if (static_cast<int>(voice.notes.size()) >= kFewestNotes)
                            held_out[piece.part].push_back(m_learnt.runs.compare(voice));
                    continue;
                }
                ++num_pieces;
                ++parts[piece.part];
                for (const Voice& voice : voices) {
                    const auto own = gramHashes(runStepsOf(voice), kGramSteps);
                    grams.insert(grams.end(), own.begin(), own.end());
                }
            }
            if (split_name == "train") m_learnt.runs.m_filter = HashFilter::of(std::move(grams));
        }
        if (m_learnt.runs.numGrams() == 0)
            return Error{"no melody of the corpus is nine notes long", m_options.corpus_dir};
        m_learnt.runs.m_num_pieces = num_pieces;
        for (const auto& [part, count] : parts) m_learnt.runs.m_parts.push_back(part);
        summarise(held_out);
        return std::move(m_learnt);
    }

private:
    std::vector<Voice> voicesOfPiece(const CorpusPiece& piece) {
        const auto score = m_options.read_score(piece.path);
        if (score) return voicesOf(*score);
        if (m_learnt.skipped.empty() || m_learnt.skipped.back() != sentence(score.error()))
            m_learnt.skipped.push_back(sentence(score.error()));
        return {};
    }

    void summarise(const std::map<std::string, std::vector<SharedRuns>>& held_out) {
        std::vector<SharedRuns> all;
        for (const auto& [part, voices] : held_out) all.insert(all.end(), voices.begin(), voices.end());
        if (!all.empty()) m_learnt.runs.m_human.push_back(summary("all", all));
        for (const auto& [part, voices] : held_out) m_learnt.runs.m_human.push_back(summary(part, voices));
    }

    const RunsOptions& m_options;
    const OnProgress& m_on_progress;
    const std::stop_token& m_stop;
    LearntRuns m_learnt;
};

Result<LearntRuns> learnRuns(
    const RunsOptions& options, const OnProgress& on_progress, const std::stop_token& stop) {
    return RunsLearner(options, on_progress, stop).learnt();
}

} // namespace chainsong
