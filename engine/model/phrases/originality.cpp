#include "engine/model/phrases/originality.h"

#include <algorithm>
#include <unordered_map>

namespace chainsong {
namespace {

/// The voice's stretches of some length, and which of them stand in a library: the library streams past a
/// small table.
class Stretches {
public:
    Stretches(std::span<const RunStep> steps, int length)
        : m_length(length) {
        for (const std::uint64_t hash : gramHashes(steps, length)) {
            ++m_count;
            m_uses[hash].times += 1;
        }
    }

    /// The first voice of the library that holds one of them; looks for all of them if asked to.
    std::optional<std::uint32_t> lookIn(const std::vector<std::vector<RunStep>>& library, bool for_all) {
        std::optional<std::uint32_t> first;
        if (m_uses.empty()) return first;
        for (std::uint32_t v = 0; v < library.size(); ++v)
            for (const std::uint64_t hash : gramHashes(library[v], m_length)) {
                const auto use = m_uses.find(hash);
                if (use == m_uses.end()) continue;
                use->second.is_found = true;
                if (!first) first = v;
                if (!for_all) return first;
            }
        return first;
    }

    double foundUnit() const {
        int found = 0;
        for (const auto& [hash, use] : m_uses) found += use.is_found ? use.times : 0;
        return m_count > 0 ? static_cast<double>(found) / m_count : 0;
    }

private:
    struct Use {
        int times = 0;
        bool is_found = false;
    };
    int m_length;
    int m_count = 0;
    std::unordered_map<std::uint64_t, Use> m_uses;
};

std::vector<std::vector<RunStep>> stepsOf(const PhraseLibrary& library) {
    std::vector<std::vector<RunStep>> steps;
    for (std::uint32_t v = 0; v < library.numVoices(); ++v) steps.push_back(runStepsOf(library.voice(v)));
    return steps;
}

SharedRuns sharedRuns(const Voice& voice, const PhraseLibrary& library,
    const std::vector<std::vector<RunStep>>& library_steps, std::optional<RunPlace>* place) {
    SharedRuns shared;
    const std::vector<RunStep> steps = runStepsOf(voice);
    shared.num_notes = static_cast<int>(voice.notes.size());
    // A run of n is also one of n - 1, so the longest is found by halving.
    int known = 0, unknown = static_cast<int>(steps.size()) + 1;
    std::optional<std::uint32_t> where;
    while (unknown - known > 1) {
        const int length = known + (unknown - known) / 2;
        if (const auto found = Stretches(steps, length).lookIn(library_steps, false)) {
            known = length;
            where = found;
        } else {
            unknown = length;
        }
    }
    shared.longest_run_notes = known > 0 ? known + 1 : 0;
    Stretches grams(steps, kGramSteps);
    grams.lookIn(library_steps, true);
    shared.reused_unit = grams.foundUnit();
    if (place && where)
        *place = RunPlace{library.source(library.sourceOfVoice(*where)), library.voice(*where).track};
    return shared;
}

} // namespace

SharedRuns sharedRuns(const Voice& voice, const PhraseLibrary& library, std::optional<RunPlace>* place) {
    return sharedRuns(voice, library, stepsOf(library), place);
}

Originality originalityOf(const Score& score, const KnownRuns* training, const PhraseLibrary* library) {
    Originality originality;
    originality.has_training = training != nullptr;
    originality.has_library = library != nullptr;
    if (training) originality.human = training->human();
    const auto library_steps = library ? stepsOf(*library) : std::vector<std::vector<RunStep>>();
    for (const Voice& voice : voicesOf(score)) {
        VoiceOriginality one;
        one.track = voice.track;
        if (training) one.training = training->compare(voice);
        if (library) one.library = sharedRuns(voice, *library, library_steps, &one.place);
        originality.voices.push_back(std::move(one));
    }
    return originality;
}

} // namespace chainsong
