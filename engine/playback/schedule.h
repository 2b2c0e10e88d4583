#pragma once

#include "engine/music/score.h"
#include "engine/music/tempo_map.h"
#include "engine/playback/channels.h"
#include "engine/playback/message.h"
#include "engine/playback/mix.h"

#include <bitset>
#include <optional>
#include <vector>

namespace chainsong {

/// A stretch of the score that repeats.
struct LoopRange {
    Tick from;
    Tick to;
    bool operator==(const LoopRange&) const = default;
};

/// One bit a channel and key.
using ChannelKeys = std::bitset<kNumChannels * kNumKeys>;
constexpr std::size_t keyIndex(int channel, int key) {
    return static_cast<std::size_t>(channel) * kNumKeys + static_cast<std::size_t>(key);
}

/// A score and a mix as messages in order of time. Pure and immutable: no clock, no device; it is asked for
/// windows. A key never sounds twice on one channel: a note that begins while the same key sounds ends the
/// earlier note, and notes that begin together on one key become one.
class Schedule {
public:
    Schedule(const Score& score, const Mix& mix, bool with_metronome = false);

    /// What instruments must know before the first note: bank, program, volume and pan of every channel in
    /// use.
    const std::vector<MidiMessage>& setup() const { return m_setup; }
    /// Appends the messages of [from, to) with `at_s` along the score. A note of length n at tick t is on at
    /// t and off at t + n, each in the window it falls in; windows that tile time give every message once.
    void appendWindow(Tick from, Tick to, std::vector<MidiMessage>& out) const;
    /// The keys that sound at a tick for someone who listened from the start (a note's end is no longer part
    /// of it).
    ChannelKeys soundingAt(Tick at) const;
    /// A channel that no track of the score uses, if there is one; never the drums'.
    std::optional<int> freeChannel() const;
    /// The setup messages of one channel.
    std::vector<MidiMessage> setupOf(int channel) const;

    const TempoMap& tempos() const { return m_tempos; }
    const MetreMap& metres() const { return m_metres; }
    /// Where the piece ends: its last bar line, never before the last note's end.
    Tick end() const { return m_end; }

private:
    void appendClicks(Tick from, Tick to, std::vector<MidiMessage>& out) const;

    TempoMap m_tempos;
    MetreMap m_metres;
    Tick m_end;
    bool m_has_metronome;
    std::vector<MidiMessage> m_setup;
    std::vector<MidiMessage> m_messages; // sorted by tick; at_s not yet known
};

/// So many bars of metronome in the metre and tempo in force at `from`, as a piece of its own that begins at
/// tick 0.
Schedule countIn(const Score& score, Tick from, int num_bars);

} // namespace chainsong
