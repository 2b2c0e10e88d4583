#pragma once

#include "engine/base/result.h"

#include <array>
#include <cstdint>
#include <span>

// The phrase library's file: a head, then its sections one after the other, each at a multiple of 64 bytes.
// Little endian.
namespace chainsong::library_file {

constexpr std::array<char, 8> kTag{'c', 's', 'p', 'h', 'r', 'a', 's', 'e'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kAlignment = 64;

enum class Section { kSources, kStrings, kVoices, kNotes, kPhrases, kMelodyTree, kTextTree };
constexpr std::size_t kNumSections = 7;

struct LibraryHead {
    std::array<char, 8> tag = kTag;
    std::uint32_t version = kVersion;
    std::uint32_t num_sections = kNumSections;
    std::array<std::uint64_t, kNumSections> sizes{}; // in bytes
};

struct StringPlace {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};
struct SourceRecord {
    StringPlace path, part, title, words, licence;
    std::uint32_t first_voice = 0, num_voices = 0;
    std::uint32_t first_phrase = 0, num_phrases = 0;
};
struct NoteRecord {
    std::uint8_t key = 0;
    std::uint8_t duration_steps = 1;
    std::uint16_t steps_to_next = 0;
};
struct VoiceRecord {
    std::uint32_t source = 0;
    std::uint32_t first_note = 0;
    std::uint32_t num_notes = 0;
    std::uint16_t track = 0;
    std::uint16_t program = 0;
};
struct PhraseRecord {
    std::uint32_t voice = 0;
    std::uint32_t first_note = 0; // of the voice
    std::uint32_t first_bar = 0;
    std::uint16_t position = 0; // of the first note
    std::uint16_t length_steps = 0;
    std::uint8_t num_notes = 0;
    std::uint8_t num_bars = 0;
    std::uint8_t tonic = 0;
    std::uint8_t mode = 0;
};
static_assert(sizeof(SourceRecord) == 56 && sizeof(NoteRecord) == 4 && sizeof(VoiceRecord) == 16
    && sizeof(PhraseRecord) == 20);

constexpr std::size_t aligned(std::size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

/// The sections' bytes; fails with a sentence (without the place) if they do not tile the file.
Result<std::array<std::span<const std::uint8_t>, kNumSections>> sectionsOf(
    std::span<const std::uint8_t> file);

} // namespace chainsong::library_file
