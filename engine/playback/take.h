#pragma once

#include "engine/playback/render.h"
#include "engine/playback/schedule.h"
#include "engine/playback/software_synth.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace chainsong {

/// What was heard in one take.
struct TakeReport {
    std::uint64_t num_frames = 0;
    double peak_unit = 0; // before `gain`
    std::uint64_t num_clipped = 0;
};

/// Receives interleaved stereo; an Error ends the take.
using SampleSink = std::function<Status(std::span<const float>)>;

/// Plays a schedule from its start into `sink` as fast as the synthesiser can. Every sample handed over is
/// finite. `on_share` hears the share done, 0 to 1.
Result<TakeReport> recordTake(SoftwareSynth synth, const Schedule& schedule, int sample_rate_hz, Tail tail,
    double gain, const SampleSink& sink, const std::function<void(double)>& on_share, std::stop_token stop);

} // namespace chainsong
