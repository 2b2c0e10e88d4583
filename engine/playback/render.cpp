#include "engine/playback/render.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/playback/schedule.h"
#include "engine/playback/soundfont.h"
#include "engine/playback/take.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

constexpr double kNormalisedPeak_unit = 0.9886; // -0.1 dB
constexpr double kTailAllowance_s = 5;

/// One file to be written: what sounds in it and where it goes.
struct Reel {
    std::string path;
    Mix mix;
    SoundFileType type = SoundFileType::kWav;
};

/// A length in words of the size that fits: "4.0 minutes", "323.6 days".
std::string durationInWords(double seconds) {
    if (seconds < 120) return formatFixed(seconds, 1) + " seconds";
    if (seconds < 2 * 3600) return formatFixed(seconds / 60, 1) + " minutes";
    if (seconds < 48 * 3600) return formatFixed(seconds / 3600, 1) + " hours";
    return formatFixed(seconds / 86400, 1) + " days";
}

std::string megabytes(std::uint64_t bytes) {
    return formatFixed(static_cast<double>(bytes) / 1e6, 1) + " MB";
}

SoundFileOptions fileOptions(const RenderOptions& options, SoundFileType type) {
    return {type, options.format, options.sample_rate_hz};
}

/// "02 cello.wav": the track's name without anything that a file name cannot hold.
std::string stemName(const Track& track, std::size_t index, const std::string& ending) {
    const std::string name = cleanLabel(track.name.empty() ? "track" : track.name, 60);
    std::string safe;
    for (const char c : name)
        safe += std::string_view("/\\:*?\"<>|").find(c) == std::string_view::npos ? c : '-';
    const std::string number = std::to_string(index + 1);
    return (number.size() < 2 ? "0" + number : number) + " " + safe + ending;
}

Status checkOptions(const Score& score, const std::string& path, const RenderOptions& options) {
    if (options.sample_rate_hz < 8000 || options.sample_rate_hz > 96'000)
        return Error{"the sample rate must lie between 8000 and 96000 Hz"};
    const Tick end = std::max(score.end, lastNoteEnd(score));
    if (end <= Tick{}) return Error{"the piece is empty, so there is nothing to render"};
    const double seconds = TempoMap(score.tempos).secondsAt(end);
    if (!(seconds <= kMaxRenderSeconds))
        return Error{"the piece lasts " + durationInWords(seconds)
                + "; sound files of more than 24 hours are not written",
            path};
    return Done{};
}

Result<std::vector<Reel>> planReels(
    const Score& score, const std::string& path, const RenderOptions& options) {
    const Result<SoundFileType> type = soundFileTypeOf(path);
    if (!type) return type.error();
    std::vector<Reel> reels = {{path, options.mix, *type}};
    if (options.stems_folder.empty()) return reels;
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        const std::string name = stemName(score.tracks[t], t, fs::path(path).extension().string());
        reels.push_back(
            {(fs::path(options.stems_folder) / name).string(), soloOf(t, score.tracks.size()), *type});
    }
    return reels;
}

/// Refuses before the first byte what would not fit.
Status checkSpace(const std::vector<Reel>& reels, const RenderOptions& options, double seconds) {
    const auto frames = static_cast<std::uint64_t>((seconds + kTailAllowance_s) * options.sample_rate_hz);
    std::uint64_t needed = 0;
    for (const Reel& reel : reels) needed += estimatedBytes(fileOptions(options, reel.type), frames);
    for (const Reel& reel : reels) {
        const Result<std::uint64_t> free_bytes = freeBytesBeside(reel.path);
        if (!free_bytes || *free_bytes >= needed) continue;
        return Error{"the sound needs about " + megabytes(needed) + ", but only " + megabytes(*free_bytes)
                + " are free there",
            reel.path};
    }
    return Done{};
}

/// Everything that stays the same from file to file of one rendering.
struct Session {
    const Score& score;
    const RenderOptions& options;
    SynthOptions synth;
    double length_s = 0;
    std::stop_token stop;
};

Result<TakeReport> recordReel(const Session& session, const Mix& mix, double gain, const SampleSink& sink,
    const std::function<void(double)>& on_share) {
    Result<SoftwareSynth> synth = SoftwareSynth::open(session.synth);
    if (!synth) return synth.error();
    if (session.stop.stop_requested()) return Error{std::string(kRenderStopped)};
    const Schedule schedule(session.score, mix);
    return recordTake(std::move(*synth), schedule, session.options.sample_rate_hz, session.options.tail, gain,
        sink, on_share, session.stop);
}

/// The gain that brings the mix to its normalised peak; stems share it, so that they still add up to the mix.
Result<double> gainOf(const Session& session, const std::function<void(double)>& on_share) {
    const auto nowhere = [](std::span<const float>) -> Status { return Done{}; };
    const Result<TakeReport> take = recordReel(session, session.options.mix, 1, nowhere, on_share);
    if (!take) return take.error();
    return take->peak_unit > 0 ? kNormalisedPeak_unit / take->peak_unit : 1;
}

Result<TakeReport> writeReel(const Session& session, const Reel& reel, const AtomicPath& place, double gain,
    const std::function<void(double)>& on_share) {
    const auto expected =
        static_cast<std::uint64_t>((session.length_s + kTailAllowance_s) * session.options.sample_rate_hz);
    Result<SoundFileWriter> writer = SoundFileWriter::create(
        place.temporary(), reel.path, fileOptions(session.options, reel.type), expected);
    if (!writer) return writer.error();
    const auto sink = [&](std::span<const float> samples) { return writer->write(samples); };
    Result<TakeReport> take = recordReel(session, reel.mix, gain, sink, on_share);
    if (!take) return take;
    if (const Status finished = writer->finish(); !finished) return finished.error();
    return take;
}

/// The places of all files, and the stems' folder where it was not there: gone again unless everything is
/// kept.
class Places {
public:
    Status prepare(const std::vector<Reel>& reels, const std::string& stems_folder) {
        std::error_code failure;
        if (!stems_folder.empty() && fs::create_directories(stems_folder, failure))
            m_new_folder = stems_folder;
        if (failure)
            return Error{"the folder for the voices cannot be made: " + failure.message(), stems_folder};
        for (const Reel& reel : reels) {
            Result<AtomicPath> place = AtomicPath::begin(reel.path);
            if (!place) return place.error();
            m_places.push_back(std::move(*place));
        }
        return Done{};
    }
    const AtomicPath& operator[](std::size_t i) const { return m_places[i]; }
    Status commit() {
        for (AtomicPath& place : m_places)
            if (const Status kept = place.commit(); !kept) return kept;
        m_new_folder.clear();
        return Done{};
    }
    Places() = default;
    Places(const Places&) = delete;
    Places& operator=(const Places&) = delete;
    ~Places() {
        m_places.clear();
        std::error_code ignored;
        if (!m_new_folder.empty()) fs::remove(m_new_folder, ignored); // only if it is empty
    }

private:
    std::vector<AtomicPath> m_places;
    std::string m_new_folder;
};

Result<RenderReport> writeReels(const Session& session, const std::vector<Reel>& reels, const Places& places,
    const OnProgress& on_progress) {
    const double num_passes = static_cast<double>(reels.size()) + (session.options.is_normalised ? 1 : 0);
    double passes_done = 0;
    const auto tell = [&](double share) {
        if (on_progress) on_progress({"Rendering sound", (passes_done + share) / num_passes});
    };
    double gain = 1;
    if (session.options.is_normalised) {
        const Result<double> found = gainOf(session, tell);
        if (!found) return found.error();
        gain = *found;
        passes_done += 1;
    }
    RenderReport report;
    for (std::size_t i = 0; i < reels.size(); ++i) {
        const Result<TakeReport> take = writeReel(session, reels[i], places[i], gain, tell);
        if (!take) return take.error();
        if (i == 0) {
            report.duration_s = static_cast<double>(take->num_frames) / session.options.sample_rate_hz;
            report.peak_unit = take->peak_unit * gain;
        }
        report.num_clipped += take->num_clipped;
        report.files.push_back(reels[i].path);
        passes_done += 1;
    }
    return report;
}

} // namespace

Result<RenderReport> renderToFile(const Score& score, const std::string& path, const RenderOptions& options,
    const OnProgress& on_progress, std::stop_token stop) {
    if (const Status usable = checkOptions(score, path, options); !usable) return usable.error();
    const Result<std::vector<Reel>> reels = planReels(score, path, options);
    if (!reels) return reels.error();
    SynthOptions synth;
    synth.soundfont_path = options.soundfont_path;
    synth.sample_rate_hz = options.sample_rate_hz;
    synth.reverb = options.reverb;
    if (synth.soundfont_path.empty()) {
        Result<FoundSoundfont> found = findSoundfont();
        if (!found) return found.error();
        synth.soundfont_path = std::move(found->path);
    }
    const double length_s = TempoMap(score.tempos).secondsAt(std::max(score.end, lastNoteEnd(score)));
    const Session session{score, options, std::move(synth), length_s, stop};
    Places places;
    if (const Status ready = places.prepare(*reels, options.stems_folder); !ready) return ready.error();
    if (const Status fits = checkSpace(*reels, options, session.length_s); !fits) return fits.error();
    Result<RenderReport> report = writeReels(session, *reels, places, on_progress);
    if (!report) return report;
    if (const Status kept = places.commit(); !kept) return kept.error();
    return report;
}

} // namespace chainsong
