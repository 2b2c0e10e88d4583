#pragma once

#include "engine/jobs/composer.h"
#include "engine/music/score.h"

#include <atomic>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace chainsong {

enum class ExportFormat { kMidiForNotation, kMidiAsPerformed, kWav, kFlac, kOgg, kMusicXml, kPicture };

/// One file to be written from a piece.
struct ExportRequest {
    ScorePtr score;
    std::string path;
    ExportFormat format = ExportFormat::kMidiForNotation;
    std::string soundfont_path = {}; // for sound; empty = the one that is found
    std::vector<std::string> remarks = {}; // for MIDI: texts of the first track, e.g. prompt and seed
};

/// The format that a file name's ending asks for ("mid", "wav", "flac", "ogg", "musicxml", "xml", "png").
Result<ExportFormat> exportFormatOf(const std::string& path);

/// Writes the file on the caller's thread: complete, or not at all. A stopped export leaves nothing and
/// returns the Error `kStopped`.
Status exportFile(const ExportRequest& request, const OnProgress& on_progress, std::stop_token stop);

/// Writes files on a thread of its own, one after the other, so that no dialog waits.
class Exporter {
public:
    /// Called on the exporting thread; may be empty. A cancelled export never calls on_done.
    struct Callbacks {
        std::function<void(JobId, const Progress&)> on_progress;
        std::function<void(JobId, Status)> on_done;
    };
    explicit Exporter(Callbacks callbacks);
    /// Cancels what runs, and waits for the thread.
    ~Exporter();

    JobId start(ExportRequest request);
    /// Cancels the running export and those that wait.
    void cancel();

private:
    void runJob(JobId id, const ExportRequest& request, std::stop_token stop);

    Callbacks m_callbacks;
    std::atomic<JobId> m_last_id{0};
    std::atomic<JobId> m_cancelled_up_to{0};
    Worker m_worker; // last member: joined before the callbacks go away
};

} // namespace chainsong
