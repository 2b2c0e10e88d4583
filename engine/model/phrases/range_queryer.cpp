#include "engine/model/phrases/range_queryer.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace chainsong {

RangeQueryer::RangeQueryer(std::shared_ptr<const PhraseLibrary> library)
    : m_library(std::move(library)) { }

std::vector<RangeQueryer::NearSource> RangeQueryer::sourcesNear(const TextVector& text, float radius) const {
    std::vector<NearSource> near;
    std::vector<bool> is_taken(m_library->numSources());
    for (const Neighbour& row :
        m_library->byText().within(text, radius)) { // words and title: the nearer one counts
        const std::uint32_t source = row.id / 2;
        if (!is_taken[source]) near.push_back({source, row.distance});
        is_taken[source] = true;
    }
    return near;
}

std::vector<FoundPhrase> RangeQueryer::byTurns(
    const std::vector<NearSource>& sources, std::size_t most) const {
    std::vector<FoundPhrase> found;
    for (std::uint32_t turn = 0; found.size() < most; ++turn) {
        const std::size_t before = found.size();
        for (const NearSource& near : sources) {
            const auto [first, past_last] = m_library->phrasesOfSource(near.source);
            if (turn < past_last - first && found.size() < most)
                found.push_back({first + turn, 0, near.distance});
        }
        if (found.size() == before) break;
    }
    return found;
}

std::vector<FoundPhrase> RangeQueryer::ask(const PhraseQuestion& question) const {
    const std::size_t most = question.most > 0 ? question.most : std::numeric_limits<std::size_t>::max();
    std::vector<NearSource> sources;
    if (question.text) sources = sourcesNear(*question.text, question.text_radius);
    if (!question.melody) return byTurns(sources, most);

    std::unordered_map<std::uint32_t, float> text_distance;
    for (const NearSource& near : sources) text_distance.emplace(near.source, near.distance);
    std::vector<FoundPhrase> found;
    for (const Neighbour& near : m_library->byMelody().within(*question.melody, question.melody_radius)) {
        if (found.size() >= most) break;
        FoundPhrase phrase{near.id, near.distance, 0};
        if (question.text) {
            const auto known = text_distance.find(m_library->sourceOf(near.id));
            if (known == text_distance.end()) continue;
            phrase.text_distance = known->second;
        }
        found.push_back(phrase);
    }
    return found;
}

} // namespace chainsong
