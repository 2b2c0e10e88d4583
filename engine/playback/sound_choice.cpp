#include "engine/playback/sound_choice.h"

#include "engine/playback/fluid_output.h"
#include "engine/playback/midi_output.h"
#include "engine/playback/quiet.h"
#include "engine/playback/silent_output.h"
#include "engine/playback/soundfont.h"

#include <future>
#include <thread>
#include <vector>

namespace chainsong {
namespace {

using Clock = std::chrono::steady_clock;
using Opened = Result<std::unique_ptr<FluidOutput>>;

ChosenSound silence(std::string sentence, std::string details) {
    return {std::make_unique<SilentOutput>(), std::move(sentence), /*is_silent=*/true, std::move(details)};
}

/// Opens on a thread that is left alone if the sound server does not answer: it closes what comes too late.
Opened openBefore(Clock::time_point deadline, const FluidOutput::Device& device) {
    std::promise<Opened> promise;
    std::future<Opened> opened = promise.get_future();
    std::thread([device, promise = std::move(promise)]() mutable {
        promise.set_value(FluidOutput::open(device));
    }).detach();
    if (opened.wait_until(deadline) == std::future_status::ready) return opened.get();
    return Error{"the sound server does not answer", device.driver};
}

std::vector<std::string> driversInOrder(const std::string& saved) {
    std::vector<std::string> drivers = {"pulseaudio", "alsa", "jack"};
    if (saved.empty()) return drivers;
    std::erase(drivers, saved);
    drivers.insert(drivers.begin(), saved);
    return drivers;
}

/// Loads the soundfont, or a usual one if it turns out to be damaged; `soundfont` says which it was.
Status loadAny(FluidOutput& output, FoundSoundfont& soundfont, Reverb reverb) {
    SynthOptions synth;
    synth.soundfont_path = soundfont.path;
    synth.reverb = reverb;
    const Status loaded = output.load(synth);
    if (loaded) return loaded;
    std::vector<std::string> others = usualSoundfonts();
    std::erase(others, soundfont.path);
    const Result<FoundSoundfont> other = findSoundfont({}, others);
    if (!other) return loaded;
    soundfont.path = other->path;
    soundfont.notice = sentence(loaded.error()) + "; using " + other->path + " instead";
    synth.soundfont_path = other->path;
    return output.load(synth);
}

ChosenSound openSpeakers(const SoundChoice& choice) {
    Result<FoundSoundfont> soundfont = findSoundfont(choice.soundfont_path);
    if (!soundfont) return silence(sentence(soundfont.error()), "");
    std::string details = soundfont->notice;
    const Clock::time_point deadline = Clock::now() + kLongestSearch;
    for (const std::string& driver : driversInOrder(choice.driver)) {
        Opened opened = openBefore(deadline, {driver, driver == choice.driver ? choice.device : ""});
        if (!opened) {
            details += (details.empty() ? "" : "\n") + sentence(opened.error());
            continue;
        }
        const Status loaded = loadAny(**opened, *soundfont, choice.reverb);
        if (!loaded) return silence(sentence(loaded.error()) + ". Playing silently.", details);
        const std::string said = "Sound: " + (*opened)->name();
        const std::string notice = soundfont->notice.empty() ? "" : ". " + soundfont->notice;
        return {std::move(*opened), said + notice, false, std::move(details)};
    }
    return silence("No sound device found. Playing silently; you can still export WAV.", std::move(details));
}

ChosenSound openMidi(const SoundChoice& choice) {
    const bool is_virtual = choice.kind == SoundChoice::Kind::kVirtualMidiPort;
    auto opened = is_virtual ? MidiOutput::openVirtual() : MidiOutput::open(choice.device);
    if (!opened) return silence(sentence(opened.error()) + " Playing silently.", "");
    const std::string said = "Sound: " + (*opened)->name();
    return {std::move(*opened), said, false, ""};
}

} // namespace

ChosenSound openSound(const SoundChoice& choice) {
    quietenAudioLibraries();
    switch (choice.kind) {
    case SoundChoice::Kind::kSpeakers: return openSpeakers(choice);
    case SoundChoice::Kind::kMidiPort:
    case SoundChoice::Kind::kVirtualMidiPort: return openMidi(choice);
    case SoundChoice::Kind::kSilence: break;
    }
    return {std::make_unique<SilentOutput>(), "Playing silently.", false, ""};
}

} // namespace chainsong
