#include "engine/playback/software_synth.h"

#include "engine/playback/quiet.h"
#include "engine/playback/soundfont.h"

#include <fluidsynth.h>

#include <algorithm>

namespace chainsong {
namespace {

struct Delete {
    void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
    void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
};

constexpr int kAllGroups = -1;
constexpr int kAllChannels = -1;

void setReverb(fluid_synth_t* synth, Reverb reverb) {
    fluid_synth_reverb_on(synth, kAllGroups, reverb != Reverb::kOff);
    const bool is_hall = reverb == Reverb::kHall;
    fluid_synth_set_reverb_group_roomsize(synth, kAllGroups, is_hall ? 0.75 : 0.35);
    fluid_synth_set_reverb_group_damp(synth, kAllGroups, is_hall ? 0.3 : 0.2);
    fluid_synth_set_reverb_group_width(synth, kAllGroups, 0.6);
    fluid_synth_set_reverb_group_level(synth, kAllGroups, is_hall ? 0.8 : 0.6);
}

} // namespace

struct SoftwareSynth::Impl {
    std::unique_ptr<fluid_settings_t, Delete> settings;
    std::unique_ptr<fluid_synth_t, Delete> synth; // after settings: freed first
};

Result<SoftwareSynth> SoftwareSynth::open(const SynthOptions& options) {
    quietenAudioLibraries();
    if (const Status usable = checkSoundfont(options.soundfont_path); !usable) return usable.error();
    auto impl = std::make_unique<Impl>();
    impl->settings.reset(new_fluid_settings());
    fluid_settings_t* settings = impl->settings.get();
    if (!settings) return Error{"FluidSynth could not be started"};
    fluid_settings_setnum(settings, "synth.sample-rate", options.sample_rate_hz);
    fluid_settings_setnum(settings, "synth.gain", options.gain);
    fluid_settings_setint(settings, "synth.polyphony", 256);
    fluid_settings_setint(settings, "synth.threadsafe-api", 0); // one thread at a time, so no lock
    fluid_settings_setint(settings, "synth.lock-memory", 0); // saves a warning, costs nothing
    fluid_settings_setint(settings, "synth.chorus.active", 0); // 2.3's default chorus sounds wet
    impl->synth.reset(new_fluid_synth(settings));
    if (!impl->synth) return Error{"FluidSynth could not be started"};
    const bool is_loaded =
        fluid_synth_sfload(impl->synth.get(), options.soundfont_path.c_str(), /*reset_presets=*/1)
        != FLUID_FAILED;
    if (!is_loaded) return Error{"the soundfont is damaged", options.soundfont_path};
    setReverb(impl->synth.get(), options.reverb);
    return SoftwareSynth(std::move(impl));
}

SoftwareSynth::SoftwareSynth(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
SoftwareSynth::SoftwareSynth(SoftwareSynth&&) noexcept = default;
SoftwareSynth& SoftwareSynth::operator=(SoftwareSynth&&) noexcept = default;
SoftwareSynth::~SoftwareSynth() = default;

void SoftwareSynth::play(const MidiMessage& message) noexcept {
    fluid_synth_t* synth = m_impl->synth.get();
    switch (message.kind) {
    case MidiMessageKind::kNoteOn:
        fluid_synth_noteon(synth, message.channel, message.first, message.second);
        break;
    case MidiMessageKind::kNoteOff: fluid_synth_noteoff(synth, message.channel, message.first); break;
    case MidiMessageKind::kProgram: fluid_synth_program_change(synth, message.channel, message.first); break;
    case MidiMessageKind::kControl:
        fluid_synth_cc(synth, message.channel, message.first, message.second);
        break;
    }
}

void SoftwareSynth::silence() noexcept { fluid_synth_all_sounds_off(m_impl->synth.get(), kAllChannels); }

void SoftwareSynth::render(float* left, float* right, int num_frames) noexcept {
    std::fill_n(left, num_frames, 0.0f);
    std::fill_n(right, num_frames, 0.0f);
    // FluidSynth adds: the dry sound to the last pair of buffers, reverb to the first, here the same two.
    float* buffers[] = {left, right};
    fluid_synth_process(m_impl->synth.get(), num_frames, 2, buffers, 2, buffers);
}

int SoftwareSynth::numActiveVoices() const noexcept {
    return fluid_synth_get_active_voice_count(m_impl->synth.get());
}

} // namespace chainsong
