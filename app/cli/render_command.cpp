#include "app/cli/command.h"
#include "app/cli/pieces.h"
#include "engine/base/numbers.h"
#include "engine/playback/render.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace chainsong {
namespace {

struct RenderWish {
    std::string midi_path;
    std::string sound_path;
    RenderOptions options;
};

CLI::Validator aSoundFile() {
    return CLI::Validator(
        [](std::string& path) {
            const auto type = soundFileTypeOf(path);
            return type ? std::string() : sentence(type.error());
        },
        "OUT.(wav|flac|ogg)");
}

void tell(const RenderReport& report, Console& console) {
    if (console.wantsJson()) {
        const nlohmann::ordered_json json{{"seconds", report.duration_s}, {"peak", report.peak_unit},
            {"clipped_samples", report.num_clipped}, {"files", report.files}};
        console.result(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        return;
    }
    for (const std::string& file : report.files) console.result(file);
    if (report.num_clipped > 0)
        console.remark(
            std::to_string(report.num_clipped) + " samples were beyond full scale and are clipped");
}

} // namespace

void addRenderCommand(Program& program) {
    const auto wish = std::make_shared<RenderWish>();
    CLI::App* const command = addCommand(program, "render", "Render a MIDI file to sound with FluidSynth",
        [wish](const CommonOptions&, Console& console) -> Status {
            const auto score = readPiece(wish->midi_path, console);
            if (!score) return score.error();
            const auto report = renderToFile(
                *score, wish->sound_path, wish->options, console.onProgress(), console.stopToken());
            if (!report) return report.error();
            tell(*report, console);
            return Done{};
        });
    command->add_option("IN.mid", wish->midi_path, "The piece")->required();
    command->add_option("-o", wish->sound_path, "The sound file to write")->check(aSoundFile())->required();
    command->add_option("--soundfont", wish->options.soundfont_path, "The instruments' sounds (.sf2, .sf3)");
    command->add_option("--stems", wish->options.stems_folder, "A folder for each voice's own file");
}

} // namespace chainsong
