#pragma once

#include "engine/base/random.h"
#include "engine/model/events.h"
#include "engine/model/prior.h"

#include <string>

namespace chainsong {

/// A random piece of two pitched parts and drums, in canonical order: nothing a listener would like, but every field varies.
inline EventPiece randomPiece(std::uint64_t seed, int num_bars)
{
    Rng rng(seed);
    Score score;
    score.metres = { { Tick {}, Metre { 3, 4 } } };
    score.keys = { { Tick {}, Key { 2, Mode::kMinor } } };
    score.tempos = { tempoAt(Tick {}, 96) };
    const Tick bar = Metre { 3, 4 }.barLength();
    for (int t = 0; t < 3; ++t) {
        Track track;
        track.program = t == 0 ? 73 : 42;
        track.is_drums = t == 2;
        for (int b = 0; b < num_bars; ++b)
            for (int n = 0; n < 4; ++n) {
                Note note;
                note.start = bar * b + Tick { static_cast<std::int64_t>(rng.below(72)) * kTicksPerStep };
                note.length = Tick { static_cast<std::int64_t>(1 + rng.below(30)) * kTicksPerStep };
                note.key = static_cast<std::uint8_t>(36 + rng.below(48));
                note.velocity_127 = static_cast<std::uint8_t>(1 + rng.below(127));
                track.notes.push_back(note);
            }
        score.tracks.push_back(track);
    }
    score.end = bar * num_bars;
    EventPiece piece = *toEvents(normalised(score));
    piece.frame.prompt = "a slow waltz 慢板圆舞曲";
    piece.frame.chips = { { "style", std::string("waltz"), 1, ChipSource::kGrammar, 1, {} } };
    for (int b = 0; b < num_bars; ++b) {  // told of most bars, rightly or not
        const int lag = static_cast<int>(rng.below(static_cast<std::uint64_t>(b) + 2));
        piece.frame.bars[static_cast<std::size_t>(b)].form = lag == 0 ? BarForm { BarForm::Kind::kNew, 0 }
            : b % 3 == 0                                              ? BarForm { BarForm::Kind::kVaried, lag }
            : b % 3 == 1                                              ? BarForm { BarForm::Kind::kSame, lag }
                                                                      : BarForm {};
    }
    return piece;
}

/// -log p that a decoder gives to each event of a piece, summed over its heads.
inline double decodedNats(Decoder& decoder, const std::vector<Event>& events)
{
    double nats = 0;
    const int only = 0;
    for (const Event& event : events) {
        decoder.beginEvent(std::span(&only, 1));
        const auto write = [&](Head head, int chosen) {
            nats -= static_cast<double>(decoder.headLogProbs(head)[static_cast<std::size_t>(chosen)]);
            decoder.choose(head, std::span(&chosen, 1));
        };
        write(Head::kBar, event.is_bar_line ? kBarHeadBarLine : kBarHeadNote);
        if (!event.is_bar_line) {
            write(Head::kPosition, event.position);
            write(Head::kPart, event.part);
            write(Head::kPitch, event.pitch);
            write(Head::kDuration, event.duration);
            write(Head::kVelocity, event.velocity);
        }
        decoder.endEvent();
    }
    return nats;
}

}  // namespace chainsong
