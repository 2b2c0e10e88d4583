#include "engine/model/phrases/phrase_library.h"

#include "engine/base/text.h"
#include "engine/model/events.h"
#include "engine/model/phrases/mapped_file.h"

#include <algorithm>
#include <cstring>

namespace chainsong {
namespace library_file {

Result<std::array<std::span<const std::uint8_t>, kNumSections>> sectionsOf(
    std::span<const std::uint8_t> file) {
    LibraryHead head;
    if (file.size() < sizeof head) return Error{"the phrase library is cut short"};
    std::memcpy(&head, file.data(), sizeof head);
    if (head.tag != kTag) return Error{"is no phrase library"};
    if (head.version > kVersion)
        return Error{"the phrase library was written by a newer version of the program"};
    if (head.version != kVersion || head.num_sections != kNumSections)
        return Error{"the phrase library's head is damaged"};
    std::array<std::span<const std::uint8_t>, kNumSections> sections;
    std::size_t at = aligned(sizeof head);
    for (std::size_t s = 0; s < kNumSections; ++s) {
        if (at > file.size() || head.sizes[s] > file.size() - at)
            return Error{"the phrase library is cut short"};
        sections[s] = file.subspan(at, head.sizes[s]);
        at += aligned(head.sizes[s]);
    }
    if (at != file.size()) return Error{"the phrase library has another size than it says"};
    return sections;
}

} // namespace library_file

namespace {

using namespace library_file;
using Sections = std::array<std::span<const std::uint8_t>, kNumSections>;

template <class T> bool take(const Sections& sections, Section which, std::span<const T>& records) {
    const auto bytes = sections[static_cast<std::size_t>(which)];
    records = {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    return bytes.size() % sizeof(T) == 0 && records.size() <= UINT32_MAX;
}

bool isInside(std::uint64_t first, std::uint64_t count, std::size_t size) { return first + count <= size; }

} // namespace

Result<std::shared_ptr<const PhraseLibrary>> PhraseLibrary::open(const std::string& path) {
    const auto file = MappedFile::open(path);
    if (!file) return file.error();
    const auto sections = sectionsOf((*file)->bytes());
    if (!sections) return Error{sections.error().what, path};
    const Error damaged{"the phrase library is damaged", path};
    const auto library = std::shared_ptr<PhraseLibrary>(new PhraseLibrary);
    library->m_file = *file;
    if (!take(*sections, Section::kSources, library->m_sources)
        || !take(*sections, Section::kStrings, library->m_strings)
        || !take(*sections, Section::kVoices, library->m_voices)
        || !take(*sections, Section::kNotes, library->m_notes)
        || !take(*sections, Section::kPhrases, library->m_phrases))
        return damaged;
    auto melody = IndexTree::over((*sections)[static_cast<std::size_t>(Section::kMelodyTree)], *file);
    auto text = IndexTree::over((*sections)[static_cast<std::size_t>(Section::kTextTree)], *file);
    if (!melody || !text || melody->numDimensions() != kMelodyDimensions
        || text->numDimensions() != kTextDimensions || melody->size() != library->m_phrases.size()
        || text->size() != 2 * library->m_sources.size())
        return damaged;
    for (const SourceRecord& source : library->m_sources)
        if (!isInside(source.first_phrase, source.num_phrases, library->m_phrases.size())
            || !isInside(source.first_voice, source.num_voices, library->m_voices.size()))
            return damaged;
    library->m_by_melody = *std::move(melody);
    library->m_by_text = *std::move(text);
    return std::shared_ptr<const PhraseLibrary>(library);
}

bool PhraseLibrary::isOne(std::string_view first_bytes) {
    return first_bytes.starts_with(std::string_view(kTag.data(), kTag.size()));
}

std::string PhraseLibrary::text(const StringPlace& place) const {
    if (!isInside(place.offset, place.length, m_strings.size())) return {};
    return cleanLabel({m_strings.data() + place.offset, place.length}, 1000);
}

PhraseSource PhraseLibrary::source(std::uint32_t index) const {
    if (index >= m_sources.size()) return {};
    const SourceRecord& record = m_sources[index];
    return {
        text(record.path), text(record.part), text(record.title), text(record.words), text(record.licence)};
}

std::pair<std::uint32_t, std::uint32_t> PhraseLibrary::phrasesOfSource(std::uint32_t index) const {
    if (index >= m_sources.size()) return {0, 0};
    return {m_sources[index].first_phrase, m_sources[index].first_phrase + m_sources[index].num_phrases};
}

std::uint32_t PhraseLibrary::sourceOfVoice(std::uint32_t index) const {
    return index < m_voices.size() ? m_voices[index].source : 0;
}

std::uint32_t PhraseLibrary::sourceOf(std::uint32_t phrase_id) const {
    return phrase_id < m_phrases.size() ? sourceOfVoice(m_phrases[phrase_id].voice) : 0;
}

Voice PhraseLibrary::voice(std::uint32_t index) const {
    Voice voice;
    if (index >= m_voices.size()) return voice;
    const VoiceRecord& record = m_voices[index];
    if (!isInside(record.first_note, record.num_notes, m_notes.size())) return voice;
    voice.track = record.track;
    voice.program = record.program & 0x7F;
    std::int64_t step = 0;
    for (const NoteRecord& note : m_notes.subspan(record.first_note, record.num_notes)) {
        Note read;
        read.start = Tick{step * kTicksPerStep};
        read.length = Tick{note.duration_steps * kTicksPerStep};
        read.key = note.key & 0x7F;
        voice.notes.push_back(read);
        step += note.steps_to_next;
    }
    return voice;
}

Phrase PhraseLibrary::phrase(std::uint32_t id) const {
    Phrase phrase;
    if (id >= m_phrases.size()) return phrase;
    const PhraseRecord& record = m_phrases[id];
    if (record.voice >= m_voices.size()) return phrase;
    const VoiceRecord& voice = m_voices[record.voice];
    if (!isInside(voice.first_note, voice.num_notes, m_notes.size())
        || !isInside(record.first_note, record.num_notes, voice.num_notes))
        return phrase;
    phrase.track = voice.track;
    phrase.program = voice.program & 0x7F;
    phrase.first_bar = static_cast<int>(record.first_bar & 0x3FFF'FFFF);
    phrase.past_last_bar = phrase.first_bar + record.num_bars;
    phrase.length_steps = record.length_steps;
    phrase.key = Key{record.tonic % 12, static_cast<Mode>(record.mode % kNumModes)};
    int position = record.position;
    for (const NoteRecord& note : m_notes.subspan(voice.first_note + record.first_note, record.num_notes)) {
        phrase.notes.push_back(
            {position, note.duration_steps, pitchClassOf(note.key & 0x7F, false, phrase.key)});
        position += note.steps_to_next;
    }
    return phrase;
}

} // namespace chainsong
