#include "engine/model/phrases/library_builder.h"

#include "engine/base/atomic_file.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

namespace chainsong {
namespace {

using namespace library_file;

template <class T> std::span<const char> asChars(const std::vector<T>& records) {
    return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T)};
}

/// Where sources without words lie: farther from any words than those that have nothing in common with them.
TextVector placeOf(const std::string& text) {
    TextVector vector = embedText(text);
    if (vector == TextVector{}) vector[0] = 4;
    return vector;
}

template <class T> void append(std::vector<T>& to, std::span<const T> from) {
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace

PhraseLibraryBuilder::PhraseLibraryBuilder(const PhraseCut& cut)
    : m_cut(cut) { }

PhraseLibraryBuilder::PhraseLibraryBuilder(const PhraseLibrary& library, const PhraseCut& cut)
    : m_cut(cut)
    , m_by_melody(library.m_by_melody)
    , m_by_text(library.m_by_text) {
    append(m_sources, library.m_sources);
    append(m_strings, library.m_strings);
    append(m_voices, library.m_voices);
    append(m_notes, library.m_notes);
    append(m_phrases, library.m_phrases);
    for (std::uint32_t i = 0; i < library.numSources(); ++i) m_paths.insert(library.source(i).path);
}

StringPlace PhraseLibraryBuilder::keep(const std::string& text) {
    const StringPlace place{
        static_cast<std::uint32_t>(m_strings.size()), static_cast<std::uint32_t>(text.size())};
    m_strings.insert(m_strings.end(), text.begin(), text.end());
    return place;
}

void PhraseLibraryBuilder::addVoice(const Voice& voice) {
    VoiceRecord record;
    record.source = static_cast<std::uint32_t>(m_sources.size());
    record.first_note = static_cast<std::uint32_t>(m_notes.size());
    record.num_notes = static_cast<std::uint32_t>(voice.notes.size());
    record.track = static_cast<std::uint16_t>(voice.track);
    record.program = static_cast<std::uint16_t>(voice.program);
    m_voices.push_back(record);
    for (std::size_t i = 0; i < voice.notes.size(); ++i) {
        const Note& note = voice.notes[i];
        const std::int64_t to_next =
            i + 1 < voice.notes.size() ? (voice.notes[i + 1].start - note.start).value / kTicksPerStep : 0;
        m_notes.push_back({note.key, static_cast<std::uint8_t>(note.length.value / kTicksPerStep),
            static_cast<std::uint16_t>(std::min<std::int64_t>(to_next, UINT16_MAX))});
    }
}

void PhraseLibraryBuilder::addPhrase(const PlacedPhrase& placed, std::uint32_t first_voice) {
    const Phrase& phrase = placed.phrase;
    PhraseRecord record;
    record.voice = first_voice + static_cast<std::uint32_t>(placed.voice);
    record.first_note = static_cast<std::uint32_t>(placed.first_note);
    record.first_bar = static_cast<std::uint32_t>(phrase.first_bar);
    record.position = static_cast<std::uint16_t>(phrase.notes.front().position);
    record.length_steps = static_cast<std::uint16_t>(phrase.length_steps);
    record.num_notes = static_cast<std::uint8_t>(phrase.notes.size());
    record.num_bars = static_cast<std::uint8_t>(phrase.past_last_bar - phrase.first_bar);
    record.tonic = static_cast<std::uint8_t>(phrase.key.tonic);
    record.mode = static_cast<std::uint8_t>(phrase.key.mode);
    m_phrases.push_back(record);
    const MelodyVector vector = embedMelody(phrase);
    m_melody_rows.insert(m_melody_rows.end(), vector.begin(), vector.end());
}

Result<int> PhraseLibraryBuilder::add(const Score& score, const PhraseSource& source) {
    const std::vector<Voice> voices = voicesOf(score);
    const std::vector<PlacedPhrase> phrases = phrasesOf(score, voices, m_cut);
    if (phrases.empty()) return 0;
    std::size_t notes = m_notes.size();
    for (const Voice& voice : voices) notes += voice.notes.size();
    constexpr std::size_t kMost = UINT32_MAX / 2;
    if (notes > kMost || m_strings.size() > kMost || m_phrases.size() + phrases.size() > kMost)
        return Error{"the phrase library would hold more than two thousand million notes", source.path};

    SourceRecord record;
    record.first_voice = static_cast<std::uint32_t>(m_voices.size());
    record.num_voices = static_cast<std::uint32_t>(voices.size());
    record.first_phrase = static_cast<std::uint32_t>(m_phrases.size());
    record.num_phrases = static_cast<std::uint32_t>(phrases.size());
    for (const Voice& voice : voices) addVoice(voice);
    for (const PlacedPhrase& placed : phrases) addPhrase(placed, record.first_voice);
    record.path = keep(source.path);
    record.part = keep(source.part);
    record.title = keep(source.title);
    record.words = keep(source.words);
    record.licence = keep(source.licence);
    m_sources.push_back(record);
    m_paths.insert(source.path);
    for (const TextVector& vector : {placeOf(source.words + " " + source.part), placeOf(source.title)})
        m_text_rows.insert(m_text_rows.end(), vector.begin(), vector.end());
    return static_cast<int>(phrases.size());
}

void PhraseLibraryBuilder::flush() {
    m_by_melody.add(m_melody_rows);
    m_by_text.add(m_text_rows);
    m_melody_rows.clear();
    m_text_rows.clear();
}

Status PhraseLibraryBuilder::write(const std::string& path) {
    flush();
    const auto melody_tree = m_by_melody.bytes(), text_tree = m_by_text.bytes();
    const std::array<std::span<const char>, kNumSections> sections{asChars(m_sources), asChars(m_strings),
        asChars(m_voices), asChars(m_notes), asChars(m_phrases), asChars(melody_tree), asChars(text_tree)};
    LibraryHead head;
    for (std::size_t s = 0; s < kNumSections; ++s) head.sizes[s] = sections[s].size();

    auto place = AtomicPath::begin(path);
    if (!place) return place.error();
    std::ofstream file(place->temporary(), std::ios::binary | std::ios::trunc);
    const auto put = [&file](std::span<const char> bytes) {
        constexpr std::array<char, kAlignment> kZeros{};
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.write(kZeros.data(), static_cast<std::streamsize>(aligned(bytes.size()) - bytes.size()));
    };
    put({reinterpret_cast<const char*>(&head), sizeof head});
    for (const auto& section : sections) put(section);
    file.close();
    if (!file) return writingError(path, errno);
    return place->commit();
}

} // namespace chainsong
