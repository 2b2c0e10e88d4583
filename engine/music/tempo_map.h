#pragma once

#include "engine/music/score.h"

#include <vector>

namespace chainsong {

/// Ticks to seconds and back along a score's tempo changes. Pure and monotone; O(log changes) a question.
class TempoMap {
public:
    explicit TempoMap(const std::vector<TempoChange>& tempos = {});
    double secondsAt(Tick at) const;
    /// The tick that sounds at `seconds` (rounded down); negative seconds give negative ticks.
    Tick tickAt(double seconds) const;
    double tempoBpmAt(Tick at) const;

private:
    struct Segment {
        Tick from;
        double from_s;
        double seconds_per_tick;
    };
    std::vector<Segment> m_segments;  // never empty, first from = 0
};

/// A place in words: bar and beat count from 1, `rest` is the ticks past the beat.
struct BarBeat {
    int bar = 1;
    int beat = 1;
    Tick rest;
    bool operator==(const BarBeat&) const = default;
};

/// Bars and beats along a score's metre changes. A metre change inside a bar cuts that bar short there.
class MetreMap {
public:
    explicit MetreMap(const std::vector<MetreChange>& metres = {});
    /// Bars count from 0 here.
    int barAt(Tick at) const;
    Tick barStart(int bar) const;
    Tick barLength(int bar) const { return barStart(bar + 1) - barStart(bar); }
    Metre metreOfBar(int bar) const;
    BarBeat barBeatAt(Tick at) const;
    /// The first bar line at or after `at`.
    Tick barLineFrom(Tick at) const;

private:
    struct Segment {
        Tick from;
        int first_bar;
        Metre metre;
    };
    std::vector<Segment> m_segments;  // never empty, first from = 0
};

/// Bars that the score fills up to its `end`.
int numBars(const Score& score);
double durationSeconds(const Score& score);

}  // namespace chainsong
