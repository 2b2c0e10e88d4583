#pragma once

#include "engine/model/phrases/embedding.h"
#include "engine/model/phrases/index_tree.h"
#include "engine/model/phrases/library_file.h"
#include "engine/model/phrases/phrase.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace chainsong {

/// Where phrases come from: a piece, and what is known of it.
struct PhraseSource {
    std::string path;
    std::string part; // of a corpus: "folk-dance"; or the folder's name
    std::string title;
    std::string words; // that a user could say of it: "waltz, irish"
    std::string licence; // of the data; empty if not known
    bool operator==(const PhraseSource&) const = default;
};

/// Phrases of many pieces with their provenance, in a mapped file: opening costs no reading. Immutable; many
/// threads may ask.
class PhraseLibrary {
public:
    static Result<std::shared_ptr<const PhraseLibrary>> open(const std::string& path);
    /// True if a file that begins like this means to be a phrase library.
    static bool isOne(std::string_view first_bytes);

    std::size_t numPhrases() const { return m_phrases.size(); }
    std::size_t numSources() const { return m_sources.size(); }
    std::size_t numVoices() const { return m_voices.size(); }
    std::size_t numNotes() const { return m_notes.size(); }

    /// A phrase with its notes (embedMelody() gives its vector). Without notes only if the file is damaged
    /// there.
    Phrase phrase(std::uint32_t id) const;
    std::uint32_t sourceOf(std::uint32_t phrase_id) const;
    PhraseSource source(std::uint32_t index) const;
    /// The phrases of a source: its first, and one past its last.
    std::pair<std::uint32_t, std::uint32_t> phrasesOfSource(std::uint32_t index) const;
    /// A whole voice of a piece, as index() read it; `track` is that of its piece.
    Voice voice(std::uint32_t index) const;
    std::uint32_t sourceOfVoice(std::uint32_t index) const;

    /// Phrases by melody: ids are phrases.
    const IndexTree& byMelody() const { return m_by_melody; }
    /// Sources by text, two rows each: 2 i by the words of source i, 2 i + 1 by its title.
    const IndexTree& byText() const { return m_by_text; }

private:
    friend class PhraseLibraryBuilder;
    PhraseLibrary() = default;
    std::string text(const library_file::StringPlace& place) const;

    std::shared_ptr<const void> m_file;
    std::span<const library_file::SourceRecord> m_sources;
    std::span<const char> m_strings;
    std::span<const library_file::VoiceRecord> m_voices;
    std::span<const library_file::NoteRecord> m_notes;
    std::span<const library_file::PhraseRecord> m_phrases;
    IndexTree m_by_melody{kMelodyDimensions};
    IndexTree m_by_text{kTextDimensions};
};

} // namespace chainsong
