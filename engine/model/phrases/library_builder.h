#pragma once

#include "engine/model/phrases/phrase_library.h"

#include <unordered_set>
#include <vector>

namespace chainsong {

/// Gathers the phrases of one piece after the other, and writes them as a library.
class PhraseLibraryBuilder {
public:
    explicit PhraseLibraryBuilder(const PhraseCut& cut = {});
    /// Goes on from a library that is there: its pieces stay, its tree is kept and grows.
    PhraseLibraryBuilder(const PhraseLibrary& library, const PhraseCut& cut);

    /// True if a piece of that path is in already.
    bool has(const std::string& path) const { return m_paths.contains(path); }
    /// The number of phrases found; 0 adds nothing (drums only, too short). Fails if the library would become
    /// too large.
    Result<int> add(const Score& score, const PhraseSource& source);

    std::size_t numPhrases() const { return m_phrases.size(); }
    std::size_t numSources() const { return m_sources.size(); }
    std::size_t numNotes() const { return m_notes.size(); }

    /// Writes the file completely or not at all.
    Status write(const std::string& path);

private:
    library_file::StringPlace keep(const std::string& text);
    void addVoice(const Voice& voice);
    void addPhrase(const PlacedPhrase& placed, std::uint32_t first_voice);
    void flush();

    PhraseCut m_cut;
    std::unordered_set<std::string> m_paths;
    std::vector<library_file::SourceRecord> m_sources;
    std::vector<char> m_strings;
    std::vector<library_file::VoiceRecord> m_voices;
    std::vector<library_file::NoteRecord> m_notes;
    std::vector<library_file::PhraseRecord> m_phrases;
    std::vector<float> m_melody_rows, m_text_rows; // not in the trees yet
    IndexTree m_by_melody{kMelodyDimensions};
    IndexTree m_by_text{kTextDimensions};
};

} // namespace chainsong
