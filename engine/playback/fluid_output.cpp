#include "engine/playback/fluid_output.h"

#include "engine/playback/audio_stage.h"
#include "engine/playback/quiet.h"

#include <fluidsynth.h>

#include <chrono>

namespace chainsong {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPeriodFrames = 256;
constexpr int kNumPeriods = 4;
/// A device that has not asked for sound for so long is gone.
constexpr std::chrono::milliseconds kStall{700};

struct Delete {
    void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
    void operator()(fluid_audio_driver_t* driver) const { delete_fluid_audio_driver(driver); }
};

/// Audio thread.
int renderForDriver(void* stage, int num_frames, int, float**, int num_buffers, float** buffers) {
    if (num_buffers >= 2) static_cast<AudioStage*>(stage)->render(buffers[0], buffers[1], num_frames);
    return FLUID_OK;
}

std::string driverInWords(const std::string& driver) {
    if (driver == "pulseaudio") return "PulseAudio";
    return driver == "alsa" ? "ALSA" : driver == "jack" ? "JACK" : driver;
}

} // namespace

struct FluidOutput::Impl {
    Impl(SoftwareSynth synth, const Options& chosen)
        : options(chosen)
        , stage(std::move(synth), chosen.synth.sample_rate_hz) { }
    Options options;
    AudioStage stage;
    std::unique_ptr<fluid_settings_t, Delete> settings;
    std::unique_ptr<fluid_audio_driver_t, Delete> driver; // last: stopped before what it uses goes away
    mutable double last_clock_s = -1; // isAlive() is asked by one thread
    mutable Clock::time_point last_moved = Clock::now();
};

Result<std::unique_ptr<FluidOutput>> FluidOutput::open(const Options& options) {
    quietenAudioLibraries();
    Result<SoftwareSynth> synth = SoftwareSynth::open(options.synth);
    if (!synth) return synth.error();
    auto impl = std::make_unique<Impl>(std::move(*synth), options);
    impl->settings.reset(new_fluid_settings());
    fluid_settings_t* settings = impl->settings.get();
    if (!settings) return Error{"FluidSynth could not be started"};
    fluid_settings_setnum(settings, "synth.sample-rate", options.synth.sample_rate_hz);
    fluid_settings_setstr(settings, "audio.driver", options.driver.c_str());
    fluid_settings_setint(settings, "audio.period-size", kPeriodFrames);
    fluid_settings_setint(settings, "audio.periods", kNumPeriods);
    fluid_settings_setstr(settings, "audio.jack.id", "Chainsong");
    fluid_settings_setint(settings, "audio.jack.autoconnect", 1);
    if (!options.device.empty())
        fluid_settings_setstr(
            settings, ("audio." + options.driver + ".device").c_str(), options.device.c_str());
    impl->driver.reset(new_fluid_audio_driver2(settings, renderForDriver, &impl->stage));
    if (!impl->driver) return Error{"the sound device cannot be opened", driverInWords(options.driver)};
    // JACK decides on the rate; a synthesiser at another one would play out of tune.
    double device_rate_hz = 0;
    fluid_settings_getnum(settings, "synth.sample-rate", &device_rate_hz);
    Options at_device_rate = options;
    at_device_rate.synth.sample_rate_hz = static_cast<int>(device_rate_hz);
    if (device_rate_hz > 0 && at_device_rate.synth.sample_rate_hz != options.synth.sample_rate_hz) {
        impl.reset();
        return open(at_device_rate);
    }
    return std::unique_ptr<FluidOutput>(new FluidOutput(std::move(impl)));
}

FluidOutput::FluidOutput(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
FluidOutput::~FluidOutput() = default;

std::string FluidOutput::name() const {
    const std::string device = m_impl->options.device.empty() ? "Speakers" : m_impl->options.device;
    return device + " (" + driverInWords(m_impl->options.driver) + ")";
}

double FluidOutput::now_s() const { return m_impl->stage.clock_s(); }

double FluidOutput::latency_s() const {
    return static_cast<double>(kPeriodFrames * kNumPeriods) / m_impl->options.synth.sample_rate_hz;
}

void FluidOutput::send(std::span<const Message> messages) { m_impl->stage.send(messages); }
void FluidOutput::sendNow(std::span<const Message> messages) { m_impl->stage.sendNow(messages); }
double FluidOutput::forgetPending() { return m_impl->stage.forgetPending(); }
void FluidOutput::panic() { m_impl->stage.panic(); }
void FluidOutput::setVolume(double volume_unit) { m_impl->stage.setVolume(volume_unit); }
double FluidOutput::takePeak() { return m_impl->stage.takePeak(); }

bool FluidOutput::isAlive() const {
    const double clock_s = now_s();
    if (clock_s != m_impl->last_clock_s) {
        m_impl->last_clock_s = clock_s;
        m_impl->last_moved = Clock::now();
    }
    return Clock::now() - m_impl->last_moved < kStall;
}

} // namespace chainsong
