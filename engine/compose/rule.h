#pragma once

#include "engine/model/events.h"

#include <array>
#include <bitset>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// MIDI keys that a note may have.
using KeySet = std::bitset<128>;
KeySet keysBetween(int lowest, int highest); // both included; clamped to 0..127

/// Where a note of the frame stands, in steps from the frame's start.
struct PlacedNote {
    int start_step = 0;
    int end_step = 0;
    int key = 0; // MIDI
};

/// The notes that are known beforehand: they are written when their place comes, and never passed over.
struct GivenNotes {
    std::vector<std::vector<Event>> by_bar; // canonical order; one list for each bar of the frame
    std::array<std::vector<PlacedNote>, kMaxParts> of_part; // by start

    explicit GivenNotes(std::size_t num_bars = 0)
        : by_bar(num_bars) { }
    /// Given notes of a part that begin at or after a step.
    std::span<const PlacedNote> from(int part, int step) const;
};
GivenNotes givenNotes(const PieceFrame& frame, std::vector<std::vector<Event>> by_bar);

/// What a particle has written, as far as rules ask. A plain value that is copied with the particle.
struct Written {
    int notes_in_bar = 0;
    int next_given = 0; // index into by_bar of the current bar
    std::array<std::int16_t, kMaxParts> notes_of_part_in_bar{};
    std::array<std::int16_t, kMaxParts> lowest_key; // of the part's last onset; -1: none yet
    std::array<std::int16_t, kMaxParts> highest_key;
    std::array<std::int32_t, kMaxParts> onset_step; // of the part's last note
    std::array<bool, kMaxParts> was_given{}; // the part's last note was not the particle's own

    Written();
    void add(const Event& note, bool is_given, const EventCursor& before, const PieceFrame& frame);
    void startBar();
};

/// A particle's situation before its next event. Borrows everything.
struct Place {
    const PieceFrame& frame;
    const EventCursor& cursor;
    const Written& written;
    const GivenNotes& given;

    bool isLastBar() const { return cursor.bar() + 1 == static_cast<int>(frame.bars.size()); }
    const BarFrame& bar() const { return frame.bars[static_cast<std::size_t>(cursor.bar())]; }
};

/// One constraint, made ready for one frame. Every question has an answer that forbids nothing, so a rule
/// answers only what it is about. Rules bind the notes a particle chooses; given notes are the user's own.
class Rule {
public:
    Rule(std::string name, bool is_hard, double weight)
        : m_name(std::move(name))
        , m_is_hard(is_hard)
        , m_weight(weight) { }
    virtual ~Rule() = default;
    const std::string& name() const { return m_name; }
    bool isHard() const { return m_is_hard; }
    double weight() const { return m_weight; }

    /// Takes out the keys that no note of this part may have in this bar, whatever else is written.
    virtual void limitKeys(int /*bar*/, int /*part*/, KeySet& /*keys*/) const { }
    /// Takes out keys in view of what is written.
    virtual void limitKeysHere(const Place&, int /*position*/, int /*part*/, KeySet& /*keys*/) const { }
    virtual bool admitsNote(const Place&, int /*position*/, int /*part*/) const { return true; }
    virtual int longestSteps(const Place&, int /*position*/, int /*part*/, int /*key*/) const {
        return kMaxDuration;
    }
    virtual bool admitsMoreNotes(const Place&) const { return true; }
    virtual bool admitsBarLine(const Place&) const { return true; }
    /// May a given note follow what the particle has written?
    virtual bool admitsGiven(const Place&, const Event&, int /*key*/) const { return true; }
    /// Soft rules that look at whole bars: log φ of the bar that ends here.
    virtual double logFactorOfBar(const Place&) const { return 0; }
    /// Makes likely what helps to keep the rule later; only the proposal changes, never the target. False: no
    /// wish.
    virtual bool guide(const Place&, int /*position*/, int /*part*/, std::span<double> /*by_key*/) const {
        return false;
    }

private:
    std::string m_name;
    bool m_is_hard;
    double m_weight;
};
using RulePtr = std::unique_ptr<const Rule>;

/// The part that carries the melody (highest register; the first of equals) and the one that carries the bass
/// (lowest; the last of equals). -1 if all parts are drums.
int melodyPart(const PieceFrame& frame);
int bassPart(const PieceFrame& frame);

} // namespace chainsong
