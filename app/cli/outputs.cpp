#include "app/cli/outputs.h"

#include "app/cli/originality.h"
#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/io/stan_csv.h"
#include "engine/jobs/exporter.h"
#include "engine/jobs/report.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

namespace chainsong {
namespace {

struct WantedFile {
    const std::string& path;
    ExportFormat format;
};

std::vector<WantedFile> wantedFiles(const Outputs& outputs) {
    const std::array all{WantedFile{outputs.midi_path, ExportFormat::kMidiAsPerformed},
        WantedFile{outputs.wav_path, ExportFormat::kWav},
        WantedFile{outputs.musicxml_path, ExportFormat::kMusicXml},
        WantedFile{outputs.picture_path, ExportFormat::kPicture}};
    std::vector<WantedFile> wanted;
    for (const WantedFile& file : all)
        if (!file.path.empty()) wanted.push_back(file);
    return wanted;
}

std::string voiceNames(const Score& score) {
    std::string names;
    for (const Track& track : score.tracks) names += (names.empty() ? "" : ", ") + track.name;
    return names;
}

/// "waltz.mid: 16 bars in 3/4, D minor, 84 BPM, piano, cello, 153 notes".
std::string portrait(const std::string& path, const Score& score) {
    const int bars = numBars(score);
    std::string text = path + ": " + std::to_string(bars) + (bars == 1 ? " bar" : " bars");
    if (!score.metres.empty()) text += " in " + metreName(score.metres.front().metre);
    if (!score.keys.empty()) text += ", " + keyName(score.keys.front().key);
    if (!score.tempos.empty()) text += ", " + formatFixed(score.tempos.front().tempoBpm(), 0) + " BPM";
    const std::string voices = voiceNames(score);
    return text + (voices.empty() ? "" : ", " + voices) + ", " + std::to_string(numNotes(score)) + " notes";
}

/// What the user should know of how it went, apart from the piece.
void remarkOn(const ComposeResult& result, const std::string& prompt, Console& console) {
    for (const std::string& notice : result.notices) console.remark(notice);
    const std::u32string characters = decodeUtf8(prompt);
    std::string missed;
    for (const TextSpan& span : result.not_understood) {
        const auto first = static_cast<std::size_t>(std::max(0, span.first));
        const auto past_last = static_cast<std::size_t>(std::max(span.first, span.past_last));
        if (first >= characters.size()) continue;
        missed +=
            (missed.empty() ? "\"" : ", \"") + encodeUtf8(characters.substr(first, past_last - first)) + '"';
    }
    if (!missed.empty()) console.remark("Not understood: " + cleanLabel(missed, 400));
    for (const ConstraintReport& constraint : result.constraints)
        if (!constraint.is_satisfied)
            console.remark(
                "Not kept: " + constraint.name + (constraint.detail.empty() ? "" : ", " + constraint.detail));
}

std::string figures(const ComposeResult& result) {
    std::string text = formatFixed(result.seconds, 2) + " s";
    if (!result.ess_per_bar_line.empty()) {
        const auto least = std::min_element(result.ess_per_bar_line.begin(), result.ess_per_bar_line.end());
        text += ", smallest effective number of particles " + formatFixed(*least, 1);
    }
    return text + ", log evidence " + formatFixed(result.log_evidence, 1) + " nats, " + result.model;
}

Status writePiece(const Outputs& outputs, int piece, const std::string& prompt, const ComposeResult& result,
    Console& console) {
    const int num_pieces = static_cast<int>(result.draws.size());
    const auto score = std::make_shared<const Score>(result.draws[static_cast<std::size_t>(piece)].score);
    for (const WantedFile& file : wantedFiles(outputs)) {
        ExportRequest request{score, numberedPath(file.path, piece, num_pieces), file.format};
        if (!prompt.empty()) request.remarks.push_back("prompt: " + prompt);
        request.remarks.push_back("seed: " + std::to_string(result.seed));
        if (auto written = exportFile(request, console.onProgress(), console.stopToken()); !written)
            return written;
        if (console.wantsJson()) continue;
        console.result(
            file.format == ExportFormat::kMidiAsPerformed ? portrait(request.path, *score) : request.path);
    }
    return Done{};
}

/// The chain's summaries, piece by piece, as Stan's programs read draws.
DrawsTable drawsOf(const std::vector<PieceSummary>& trace, int chain, std::uint64_t seed) {
    StanSettings settings;
    settings.model = "chainsong";
    settings.algorithm = "fixed_param"; // particle Gibbs has no step size and no trees
    settings.num_warm_up = static_cast<int>(trace.size() + 1) / 2; // as the live traces have it
    settings.num_draws = static_cast<int>(trace.size()) - settings.num_warm_up;
    settings.keeps_warm_up = true;
    settings.chain = chain;
    settings.seed = std::to_string(seed);
    DrawsTable table;
    table.comments = stanComments(settings);
    table.num_warm_up = static_cast<std::size_t>(settings.num_warm_up);
    table.names = {"lp__", "mean_pitch", "notes_per_quarter", "pitch_class_entropy_bits"};
    table.columns.resize(table.names.size());
    for (const PieceSummary& summary : trace) {
        table.columns[0].push_back(summary.log_density);
        table.columns[1].push_back(summary.mean_pitch);
        table.columns[2].push_back(summary.notes_per_quarter);
        table.columns[3].push_back(summary.pitch_class_entropy_bits);
    }
    return table;
}

Status writeDraws(const std::string& folder, const ComposeResult& result) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return Error{"the folder cannot be made: " + failed.message(), folder};
    for (std::size_t chain = 0; chain < result.traces.size(); ++chain) {
        const int number = static_cast<int>(chain) + 1;
        const auto path = std::filesystem::path(folder) / ("chain-" + std::to_string(number) + ".csv");
        const DrawsTable table = drawsOf(result.traces[chain], number, result.seed);
        if (auto written = writeStanCsv(path.string(), table); !written) return written;
    }
    return Done{};
}

Result<std::string> withOriginalityOf(
    const ComposeResult& result, const std::string& report, const Outputs& outputs, Console& console) {
    const auto yardsticks = loadYardsticks(outputs.library_path, console);
    if (!yardsticks) return yardsticks.error();
    std::vector<Score> pieces;
    for (const Draw& draw : result.draws) pieces.push_back(draw.score);
    return withOriginality(report, pieces, *yardsticks);
}

} // namespace

std::string numberedPath(const std::string& path, int piece, int num_pieces) {
    if (num_pieces <= 1) return path;
    const std::filesystem::path whole(path);
    std::filesystem::path numbered = whole.parent_path() / whole.stem();
    numbered += "-" + std::to_string(piece + 1);
    numbered += whole.extension();
    return numbered.string();
}

Status checkWritable(const Outputs& outputs, int num_pieces) {
    for (const WantedFile& file : wantedFiles(outputs))
        if (const auto place = AtomicPath::begin(numberedPath(file.path, 0, num_pieces)); !place)
            return place.error();
    if (!outputs.report_path.empty())
        if (const auto place = AtomicPath::begin(outputs.report_path); !place) return place.error();
    return Done{};
}

Status writeOutputs(const Outputs& outputs, const std::string& prompt, const ComposeResult& result,
    const Prior& prior, Console& console) {
    remarkOn(result, prompt, console);
    for (int piece = 0; piece < static_cast<int>(result.draws.size()); ++piece)
        if (auto written = writePiece(outputs, piece, prompt, result, console); !written) return written;
    if (!outputs.draws_dir.empty())
        if (auto written = writeDraws(outputs.draws_dir, result); !written) return written;
    const auto why = outputs.report_path.empty() || result.draws.empty()
        ? Result<ScoreExplanation>(ScoreExplanation())
        : explain(prior, result.draws.front().score, prompt, result.request_chips, result.remembered,
            console.stopToken());
    std::string report = reportJson(prompt, result, why && !why->empty() ? &*why : nullptr);
    if (!outputs.report_path.empty()) {
        auto whole = withOriginalityOf(result, report, outputs, console);
        if (!whole) return whole.error();
        report = *std::move(whole);
        if (auto written = writeFileAtomically(outputs.report_path, report); !written) return written;
    }
    if (console.wantsJson())
        console.result(report);
    else
        console.remark(figures(result));
    return Done{};
}

} // namespace chainsong
