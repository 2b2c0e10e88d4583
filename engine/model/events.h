#pragma once

#include "engine/base/result.h"
#include "engine/model/prompt/chip.h"
#include "engine/music/score.h"

#include <array>
#include <string>
#include <vector>

namespace chainsong {

/// The heads that write one event, in their fixed order. A bar line is written by kBar alone.
enum class Head { kBar, kPosition, kPart, kPitch, kDuration, kVelocity };
constexpr int kNumHeads = 6;

constexpr int kMaxParts = 8;
constexpr int kMaxBarSteps = 192;  // 8 quarters
constexpr int kMaxDuration = 255;  // steps; longer notes are cut there
/// Pitched classes: key relative to the tonic, shifted so that none is negative; then 128 drum keys.
constexpr int kNumPitchedClasses = 140;
constexpr int kNumPitchClasses = kNumPitchedClasses + 128;
constexpr int kNumVelocityClasses = 8;

/// Classes of a head: 2, 192, 8, 268, 255, 8.
constexpr int numClasses(Head head)
{
    constexpr std::array<int, kNumHeads> kSizes { 2, kMaxBarSteps, kMaxParts, kNumPitchClasses, kMaxDuration, kNumVelocityClasses };
    return kSizes[static_cast<std::size_t>(head)];
}
constexpr int kBarHeadNote = 0;
constexpr int kBarHeadBarLine = 1;

/// One step of the decoder: a note, or the bar line that ends a bar. All fields are classes of the heads:
/// position in steps from the bar's start, duration class = steps - 1, velocity class = velocity_127 / 16.
struct Event {
    bool is_bar_line = false;
    int position = 0;
    int part = 0;
    int pitch = 0;
    int duration = 0;
    int velocity = 0;
    bool operator==(const Event&) const = default;
};
constexpr Event kBarLine { true, 0, 0, 0, 0, 0 };

/// A track as the model sees it.
struct Part {
    int program = 0;
    bool is_drums = false;
    bool operator==(const Part&) const = default;
};

/// What a bar takes up from an earlier one, as far as that is told beforehand.
struct BarForm {
    enum class Kind { kUnknown, kNew, kVaried, kSame };
    Kind kind = Kind::kUnknown;
    int lag_bars = 0;  // of kVaried and kSame: the bar that comes again stands so many bars before, 1..kMostFormLag
    bool operator==(const BarForm&) const = default;
};
constexpr int kMostFormLag = 32;

/// What is known of a bar before its notes are.
struct BarFrame {
    Metre metre;
    Key key;  // the local key: pitches are relative to its tonic
    BarForm form = {};
    bool operator==(const BarFrame&) const = default;
    constexpr int numSteps() const { return static_cast<int>(metre.barLength().value / kTicksPerStep); }
};

/// A few bars from elsewhere that a prior is reminded of. Positions count from each note's own bar line, pitches are
/// relative to the phrase's own tonic; `part` of a note names one of `parts`.
struct RememberedPhrase {
    std::vector<Part> parts;
    std::vector<Event> notes;
    std::string origin {};  // "The Kesh, bars 5-6 (folk-dance)"
};

/// The empty form that events fill in: everything about a piece but its notes.
struct PieceFrame {
    std::vector<BarFrame> bars;
    std::vector<Part> parts;  // 1..kMaxParts
    double tempo_bpm = 120;
    std::vector<Chip> chips;  // what the prompt asks for
    std::string prompt;  // its words, valid UTF-8
    std::vector<RememberedPhrase> remembered;  // to look at now and then, in no order
};

/// A piece as the model reads and writes it. `events` holds exactly one bar line for each bar of the frame.
struct EventPiece {
    PieceFrame frame;
    std::vector<Event> events;
};

/// The pitch class of `kPitch` for a MIDI key (0..127) under a local key, and back. Back may give a number outside
/// 0..127: such a class is impossible in that key.
int pitchClassOf(int midi_key, bool is_drums, const Key& key);
int midiKeyOf(int pitch_class, const Key& key);
constexpr bool isDrumClass(int pitch_class) { return pitch_class >= kNumPitchedClasses; }

/// Events in their one canonical order: by bar, position, part, pitch. Notes off the grid are rounded to it; two
/// notes of one part with the same start and key become one (the longer); notes are at most kMaxDuration steps.
/// Fails if the score has no bars, more than kMaxParts tracks with notes, or a bar that is longer than kMaxBarSteps or
/// no whole number of steps. Part i is track i if there are at most kMaxParts tracks, else the i-th that has notes. A
/// bar that a metre change cuts short gets a metre of just its length (4/4 cut after three beats: 3/4).
Result<EventPiece> toEvents(const Score& score);
/// The score that the events write, with the frame's metres, keys, tempo and parts (named after their instruments).
Score toScore(const PieceFrame& frame, const std::vector<Event>& events);
/// The frame of a score: its bars, keys (the estimated one where none is written), parts and tempo.
Result<PieceFrame> frameOf(const Score& score);
/// `program` of each part and its name as chips know it: "cello", or "drums".
std::string partName(const Part& part);

/// Where the next event stands, and what sounds there: what the decoder's features and the constraints' masks ask.
/// A plain value; a particle's copy is cheap.
class EventCursor {
public:
    explicit EventCursor(const PieceFrame& frame);

    int bar() const { return m_bar; }
    /// Position of the last note in this bar, 0 at its beginning.
    int position() const { return m_position; }
    /// True before the first note of a bar.
    bool isBarStart() const { return m_part < 0; }
    int lastPart() const { return m_part; }
    int lastPitch() const { return m_pitch; }
    /// MIDI key of the part's last note, -1 before its first.
    int lastKeyOf(int part) const { return m_last_key[static_cast<std::size_t>(part)]; }
    /// Steps from the piece's start to the bar's start.
    int barStartStep() const { return m_bar_start; }
    bool isAtEnd(const PieceFrame& frame) const { return m_bar >= static_cast<int>(frame.bars.size()); }

    /// May the next event have this position (part, pitch …)? The canonical order and the bar's length decide. A prior
    /// gives all else probability zero.
    bool allowsPosition(int position) const { return position >= firstPosition() && position < m_bar_steps; }
    /// False if only the bar line can follow: the highest note of the last part stands at the bar's last step.
    bool allowsNote() const { return firstPosition() < m_bar_steps; }
    bool allowsPart(int position, int part, const PieceFrame& frame) const;
    bool allowsPitch(int position, int part, int pitch, const PieceFrame& frame) const;

    struct Sounding {
        int part = 0;
        int key = 0;  // MIDI
        int end_step = 0;  // from the piece's start
    };
    /// Notes that have not ended at the last event's place, oldest first (at most 32 are kept).
    const std::vector<Sounding>& sounding() const { return m_sounding; }

    void advance(const Event& event, const PieceFrame& frame);

private:
    int firstPosition() const { return m_position + (m_is_position_full ? 1 : 0); }
    void enterBar(const PieceFrame& frame);

    int m_bar = 0;
    int m_bar_start = 0;
    int m_bar_steps = 0;
    int m_position = 0;
    int m_part = -1;
    int m_pitch = -1;
    bool m_is_position_full = false;  // nothing may follow at m_position
    std::array<int, kMaxParts> m_last_key {};
    std::vector<Sounding> m_sounding;
};

}  // namespace chainsong
