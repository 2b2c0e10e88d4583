#pragma once

#include "engine/model/events.h"

#include <array>
#include <cstdint>
#include <vector>

namespace chainsong {

/// What the piece itself did before at places like this one. Music repeats by whole bars: for each part, and
/// for the rhythm of all parts together, this follows the longest repetition under way (the match model of
/// lossless compressors, with lags of 1..kMostEchoLag bars) and says what would come next if it went on. A
/// plain value.
class EchoMemory {
public:
    static constexpr int kMostEchoLag = 32; // bars
    static constexpr int kNumStrengths = 4; // no repetition; 1..2, 3..7, 8 notes or more alike

    /// A repetition under way.
    struct Echo {
        int strength = 0; // 0..kNumStrengths - 1
        int lag = 0; // bars; 0: none
    };

    void advance(const Event& event);

    Echo rhythm() const { return m_rhythm_echo; }
    Echo melody(int part) const { return m_melody_echo[static_cast<std::size_t>(part)]; }

    /// What stood `lag` bars ago. Classes of the heads; kNoEcho where the piece was silent or had not begun,
    /// or the lag is 0.
    static constexpr int kNoEcho = -1;
    static constexpr int kEchoBarLine = kMaxBarSteps;
    struct Place {
        int position = kNoEcho; // or kEchoBarLine: nothing more came in that bar
        int part = kNoEcho;
    };
    Place nextPlace(int lag) const;
    int pitchAt(int lag, int part, int position) const;
    int durationAt(int lag, int part, int position, int pitch) const;
    int velocityAt(int lag, int part, int position, int pitch) const;

private:
    struct Note {
        std::int32_t bar;
        std::int16_t position, part, pitch, duration, velocity;
        std::int16_t rank; // in its chord
    };
    const Note* noteAt(int lag, int part, int position, int lowest_pitch) const;
    void forgetOldBars();

    int m_bar = 0;
    int m_position = -1, m_part = -1, m_pitch = -1, m_rank = 0; // of the last note in this bar
    std::array<std::vector<Note>, kMaxParts> m_parts;
    std::vector<Note> m_all;
    Echo m_rhythm_echo;
    std::array<Echo, kMaxParts> m_melody_echo;
};

} // namespace chainsong
