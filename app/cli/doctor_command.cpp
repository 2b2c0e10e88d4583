#include "app/cli/command.h"
#include "engine/base/numbers.h"
#include "engine/jobs/loader.h"
#include "engine/model/muse/muse.h"
#include "engine/playback/midi_output.h"
#include "engine/playback/sound_choice.h"
#include "engine/playback/soundfont.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace chainsong {
namespace {

using nlohmann::ordered_json;

/// One thing that the program can use: is it there, what is it, and what to do if not.
struct Check {
    std::string name;
    bool is_found = false;
    std::string found;
    std::string remedy = {};
};

Check checkSound() {
    const ChosenSound sound = openSound({});
    if (!sound.is_silent) return {"sound", true, sound.sentence};
    return {"sound", false, sound.sentence,
        "Playback is silent; connect a sound device or start a sound server. Rendering to WAV works "
        "without."};
}

Check checkMidiPorts() {
    std::string names;
    for (const std::string& port : midiOutputPorts()) names += (names.empty() ? "" : ", ") + port;
    if (!names.empty()) return {"MIDI ports", true, names};
    return {"MIDI ports", false, "none", "Connect a MIDI device, or start a program that offers a port."};
}

Check checkSoundfont() {
    const auto font = findSoundfont();
    if (font)
        return {"soundfont", true, font->path + (font->notice.empty() ? "" : " (" + font->notice + ")")};
    return {"soundfont", false, sentence(font.error()),
        "apt-get install timgm6mb-soundfont, or name a file by CHAINSONG_SOUNDFONT."};
}

Check checkWeights() {
    const std::string remedy =
        "Pieces are composed with rules only; name a weights file by CHAINSONG_WEIGHTS.";
    const auto path = findWeights();
    if (!path) return {"weights", false, sentence(path.error()), remedy};
    const auto summary = summariseWeights(*path);
    if (!summary) return {"weights", false, sentence(summary.error()), remedy};
    return {"weights", true,
        *path + ": " + summary->architecture + ", " + std::to_string(summary->num_parameters)
            + " parameters, " + formatFixed(summary->validation_nats_per_note, 3) + " nats a held-out note"};
}

Check checkMatrices() {
    constexpr double kReferenceBlasGflops = 30;
    const double speed = matrixSpeedGflops();
    const std::string found =
        speed > 0 ? formatFixed(speed, 0) + " billion operations a second" : "no LibTorch";
    if (speed >= kReferenceBlasGflops) return {"BLAS", true, found};
    return {"BLAS", false, found,
        "Only training needs it: build with LibTorch, and apt-get install libopenblas0-pthread for speed."};
}

ordered_json toJson(const Check& check) {
    return {{"name", check.name}, {"found", check.is_found}, {"what", check.found}, {"remedy", check.remedy}};
}

std::string inWords(const Check& check) {
    std::string text =
        (check.is_found ? "found      " : "not found  ") + check.name + ": " + check.found + "\n";
    if (!check.remedy.empty()) text += "           " + check.remedy + "\n";
    return text;
}

} // namespace

void addDoctorCommand(Program& program) {
    addCommand(program, "doctor", "What the program finds on this machine, and what to do about the rest",
        [](const CommonOptions&, Console& console) -> Status {
            ordered_json list = ordered_json::array();
            std::string text;
            for (const auto look :
                {checkSound, checkMidiPorts, checkSoundfont, checkWeights, checkMatrices}) {
                const Check check = look();
                list.push_back(toJson(check));
                text += inWords(check);
            }
            console.result(console.wantsJson()
                    ? list.dump(2, ' ', false, ordered_json::error_handler_t::replace)
                    : text);
            return Done{};
        });
}

} // namespace chainsong
