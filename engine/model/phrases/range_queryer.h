#pragma once

#include "engine/model/phrases/phrase_library.h"

#include <memory>
#include <optional>
#include <vector>

namespace chainsong {

/// What phrases are wanted: near a melody, near words, or near both.
struct PhraseQuestion {
    std::optional<MelodyVector> melody;
    float melody_radius = 1; // about the same phrase with one or two notes varied; 2: a relative
    std::optional<TextVector> text;
    float text_radius = 1.15f; // about one word in common among few; 1.41: nothing
    std::size_t most = 64; // 0: all
};

/// A phrase that was found. A distance that was not asked for is 0.
struct FoundPhrase {
    std::uint32_t id = 0;
    float melody_distance = 0;
    float text_distance = 0;
    bool operator==(const FoundPhrase&) const = default;
};

/// The attention module's range queryer: asks the index trees of a library for all phrases within a radius,
/// by text, by melody, or by both. The answers are exact.
class RangeQueryer {
public:
    explicit RangeQueryer(std::shared_ptr<const PhraseLibrary> library);

    /// The nearest first. With words only, the sources by their distance, each in turn giving a phrase, so
    /// that no long piece drowns the others.
    std::vector<FoundPhrase> ask(const PhraseQuestion& question) const;
    const PhraseLibrary& library() const { return *m_library; }

private:
    struct NearSource {
        std::uint32_t source = 0;
        float distance = 0;
    };
    std::vector<NearSource> sourcesNear(const TextVector& text, float radius) const;
    std::vector<FoundPhrase> byTurns(const std::vector<NearSource>& sources, std::size_t most) const;

    std::shared_ptr<const PhraseLibrary> m_library;
};

} // namespace chainsong
