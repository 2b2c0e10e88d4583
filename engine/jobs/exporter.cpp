#include "engine/jobs/exporter.h"

#include "engine/base/text.h"
#include "engine/io/midi_file.h"
#include "engine/io/musicxml.h"
#include "engine/io/roll_picture.h"
#include "engine/playback/render.h"

#include <array>
#include <exception>
#include <utility>

namespace chainsong {
namespace {

struct Ending {
    std::string_view ending;
    ExportFormat format;
};
constexpr std::array kEndings{
    Ending{".mid", ExportFormat::kMidiForNotation},
    Ending{".midi", ExportFormat::kMidiForNotation},
    Ending{".wav", ExportFormat::kWav},
    Ending{".flac", ExportFormat::kFlac},
    Ending{".ogg", ExportFormat::kOgg},
    Ending{".musicxml", ExportFormat::kMusicXml},
    Ending{".xml", ExportFormat::kMusicXml},
    Ending{".png", ExportFormat::kPicture},
};

Status exportSound(const ExportRequest& request, const OnProgress& on_progress, std::stop_token stop) {
    RenderOptions options;
    options.soundfont_path = request.soundfont_path;
    const auto report = renderToFile(*request.score, request.path, options, on_progress, stop);
    if (report) return Done{};
    if (stop.stop_requested()) return Error{std::string(kStopped)};
    return report.error();
}

} // namespace

Result<ExportFormat> exportFormatOf(const std::string& path) {
    const std::string name = lowerAscii(path);
    for (const Ending& known : kEndings)
        if (name.ends_with(known.ending)) return known.format;
    return Error{"the name ends in none of .mid, .wav, .flac, .ogg, .musicxml, .png", path};
}

Status exportFile(const ExportRequest& request, const OnProgress& on_progress, std::stop_token stop) {
    if (stop.stop_requested()) return Error{std::string(kStopped)};
    switch (request.format) {
    case ExportFormat::kMidiForNotation:
        return writeMidiFile(*request.score, request.path, MidiFlavour::kNotation, request.remarks);
    case ExportFormat::kMidiAsPerformed:
        return writeMidiFile(*request.score, request.path, MidiFlavour::kPerformed, request.remarks);
    case ExportFormat::kWav:
    case ExportFormat::kFlac:
    case ExportFormat::kOgg: return exportSound(request, on_progress, stop);
    case ExportFormat::kMusicXml: return writeMusicXml(*request.score, request.path);
    case ExportFormat::kPicture: return writeRollPicture(*request.score, request.path);
    }
    return Error{"an unknown format", request.path};
}

Exporter::Exporter(Callbacks callbacks)
    : m_callbacks(std::move(callbacks))
    , m_worker("exporter") { }

Exporter::~Exporter() { cancel(); }

JobId Exporter::start(ExportRequest request) {
    const JobId id = ++m_last_id;
    m_worker.append(
        [this, id, request = std::move(request)](std::stop_token stop) { runJob(id, request, stop); });
    return id;
}

void Exporter::cancel() {
    m_cancelled_up_to = m_last_id.load();
    m_worker.clear();
}

void Exporter::runJob(JobId id, const ExportRequest& request, std::stop_token stop) {
    const OnProgress on_progress = [this, id](const Progress& progress) {
        if (m_callbacks.on_progress && id > m_cancelled_up_to) m_callbacks.on_progress(id, progress);
    };
    Status status = Done{};
    try {
        status = exportFile(request, on_progress, stop);
    } catch (const std::exception& exception) { // no memory: the thread must live on
        status = Error{std::string("exporting failed: ") + exception.what(), request.path};
    }
    if (m_callbacks.on_done && id > m_cancelled_up_to) m_callbacks.on_done(id, std::move(status));
}

} // namespace chainsong
