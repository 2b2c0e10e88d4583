#pragma once

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/music/score.h"
#include "engine/playback/mix.h"
#include "engine/playback/software_synth.h"
#include "engine/playback/sound_file.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// How a sound file ends.
enum class Tail {
    kUntilSilence, // the last notes and the room ring out, at most five seconds
    kExactBarEnd, // cut on the last bar line, so that the file loops
};

struct RenderOptions {
    std::string soundfont_path; // empty = the one that findSoundfont() names
    int sample_rate_hz = 44'100; // 8000..96000, as FluidSynth has it
    SampleFormat format = SampleFormat::kInt16;
    Tail tail = Tail::kUntilSilence;
    Reverb reverb = Reverb::kRoom;
    bool is_normalised = false; // the loudest sample comes to -0.1 dB; renders twice
    Mix mix;
    std::string stems_folder; // not empty: besides the mix, one file a track is put there
};

/// What a rendering came to.
struct RenderReport {
    double duration_s = 0;
    double peak_unit = 0; // of the mix; 1 = full scale
    std::uint64_t num_clipped = 0; // samples beyond full scale, in all files
    std::vector<std::string> files;
};

/// Longer pieces are refused before the first byte.
constexpr double kMaxRenderSeconds = 24 * 3600.0;
/// `what` of the Error of a rendering that was stopped; callers stay silent about it.
inline constexpr std::string_view kRenderStopped = "stopped";

/// Renders a score with FluidSynth, faster than it sounds, to WAV, FLAC or OGG by the ending of `path`. Every
/// file is complete or absent. Stops within 100 ms. Same score and options: same bytes.
Result<RenderReport> renderToFile(const Score& score, const std::string& path,
    const RenderOptions& options = {}, const OnProgress& on_progress = {}, std::stop_token stop = {});

} // namespace chainsong
