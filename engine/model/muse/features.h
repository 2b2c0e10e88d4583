#pragma once

#include "engine/model/events.h"
#include "engine/model/muse/echo.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace chainsong {

/// What the network is told at each point of an event, as ids into embedding tables: id 0 means "nothing here", and
/// the table's rows of all ids of a group are summed. Training and composing both ask this file, so they agree.
enum class FeatureGroup { kInput, kPlace, kPart, kPitch, kDuration, kVelocity, kNote, kWord, kChip };
constexpr int kNumFeatureGroups = 9;
/// Room for the ids of any group.
constexpr int kMostIds = 32;

/// Ids a group gives at once, and rows of its table (id 0 included).
int numIds(FeatureGroup group);
int numRows(FeatureGroup group);
const char* featureGroupName(FeatureGroup group);

/// Classes that a head may choose from here: lowest..highest, both included. Empty if lowest > highest.
struct ClassInterval {
    int lowest = 0;
    int highest = 0;
};

/// One half-written piece as the network's features see it. A plain value; a particle's copy is cheap.
class FeatureState {
public:
    explicit FeatureState(const PieceFrame& frame);

    const EventCursor& cursor() const { return m_cursor; }

    /// Before the event: the input of the recurrence, and what the bar and position heads know.
    void inputIds(const PieceFrame& frame, std::span<std::int32_t> ids) const;
    void placeIds(const PieceFrame& frame, std::span<std::int32_t> ids) const;
    /// The event's earlier heads are filled in already.
    void partIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const;
    void pitchIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const;
    void durationIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const;
    void velocityIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const;

    /// What the canonical order and MIDI leave to kBar, kPosition, kPart and kPitch.
    ClassInterval barHeadClasses() const;
    ClassInterval positions() const;
    ClassInterval partsAt(const PieceFrame& frame, int position) const;
    ClassInterval pitchesOf(const PieceFrame& frame, int position, int part) const;

    void advance(const Event& event, const PieceFrame& frame);

private:
    struct PartMemory {
        int last_key = -1;  // MIDI
        int previous_key = -1;
        int last_onset_step = -1;  // from the piece's start
        int end_step = 0;
        int last_duration = -1;
        int last_velocity = -1;
    };

    EventCursor m_cursor;
    Event m_previous;
    bool m_has_previous = false;
    int m_bar_steps = 0;
    std::array<PartMemory, kMaxParts> m_parts;
    EchoMemory m_echo;
};

/// A note as the bar encoder reads it.
void noteIds(const Part& part, const Event& note, std::span<std::int32_t> ids);

/// The prompt's words as the text encoder reads them: letters of any script in runs, Chinese in pairs of characters;
/// lower case; at most kMaxWords. first and past_last are places in the prompt.
struct PromptWord {
    std::u32string text;
    TextSpan span;
};
constexpr int kMaxWords = 24;
std::vector<PromptWord> wordsOf(const std::string& prompt);
/// Hashed character n-grams (n = 1..4) of one word.
void wordIds(const PromptWord& word, std::span<std::int32_t> ids);

/// The chips that the network has learnt to read (style, density); others steer by constraints and by the frame.
std::vector<Chip> learntChips(const std::vector<Chip>& chips);
constexpr int kMaxLearntChips = 8;
void chipIds(const Chip& chip, std::span<std::int32_t> ids);
/// The rows of the chip table that stand for the styles among these chips.
std::vector<int> styleRows(const std::vector<Chip>& chips);

}  // namespace chainsong
