#include "engine/playback/fluid_output.h"

#include "engine/playback/audio_stage.h"
#include "engine/playback/quiet.h"

#include <fluidsynth.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <chrono>
#include <cstdint>

namespace chainsong {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPeriodFrames = 256;
constexpr int kNumPeriods = 4;
constexpr int kUsualRate_hz = 44'100;
/// A device that has not asked for sound for so long is gone.
constexpr std::chrono::milliseconds kStall{700};

struct Delete {
    void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
    void operator()(fluid_audio_driver_t* driver) const { delete_fluid_audio_driver(driver); }
};

std::string driverInWords(const std::string& driver) {
    if (driver == "pulseaudio") return "PulseAudio";
    return driver == "alsa" ? "ALSA" : driver == "jack" ? "JACK" : driver;
}

} // namespace

struct FluidOutput::Impl {
    Device device;
    int sample_rate_hz = kUsualRate_hz;
    std::unique_ptr<AudioStage> stage;
    std::atomic<AudioStage*> audible = nullptr; // the audio thread's view of `stage`
    std::atomic<std::uint32_t> num_callbacks = 0;
    std::unique_ptr<fluid_settings_t, Delete> settings;
    std::unique_ptr<fluid_audio_driver_t, Delete> driver; // last: stopped before what it uses goes away
    mutable std::uint32_t known_callbacks = 0; // isAlive() is asked by one thread
    mutable Clock::time_point last_sign = Clock::now();

    /// Audio thread.
    static int render(void* self, int num_frames, int, float**, int num_buffers, float** buffers);
};

int FluidOutput::Impl::render(void* self, int num_frames, int, float**, int num_buffers, float** buffers) {
    auto* impl = static_cast<Impl*>(self);
    impl->num_callbacks.fetch_add(1, std::memory_order_relaxed);
    if (num_buffers < 2) return FLUID_OK;
    if (AudioStage* stage = impl->audible.load(std::memory_order_acquire)) {
        stage->render(buffers[0], buffers[1], num_frames);
        return FLUID_OK;
    }
    std::fill_n(buffers[0], num_frames, 0.0f);
    std::fill_n(buffers[1], num_frames, 0.0f);
    return FLUID_OK;
}

Result<std::unique_ptr<FluidOutput>> FluidOutput::open(const Device& device) {
    quietenAudioLibraries();
    auto impl = std::make_unique<Impl>();
    impl->device = device;
    impl->settings.reset(new_fluid_settings());
    fluid_settings_t* settings = impl->settings.get();
    if (!settings) return Error{"FluidSynth could not be started"};
    fluid_settings_setnum(settings, "synth.sample-rate", kUsualRate_hz);
    fluid_settings_setstr(settings, "audio.driver", device.driver.c_str());
    fluid_settings_setint(settings, "audio.period-size", kPeriodFrames);
    fluid_settings_setint(settings, "audio.periods", kNumPeriods);
    fluid_settings_setstr(settings, "audio.jack.id", "Chainsong");
    fluid_settings_setint(settings, "audio.jack.autoconnect", 1);
    if (!device.name.empty())
        fluid_settings_setstr(settings, ("audio." + device.driver + ".device").c_str(), device.name.c_str());
    impl->driver.reset(new_fluid_audio_driver2(settings, Impl::render, impl.get()));
    if (!impl->driver) return Error{"the sound device cannot be opened", driverInWords(device.driver)};
    // JACK decides on the rate and writes it here; a synthesiser at another one would play out of tune.
    double rate_hz = kUsualRate_hz;
    fluid_settings_getnum(settings, "synth.sample-rate", &rate_hz);
    impl->sample_rate_hz = static_cast<int>(rate_hz);
    return std::unique_ptr<FluidOutput>(new FluidOutput(std::move(impl)));
}

Status FluidOutput::load(SynthOptions options) {
    assert(!m_impl->stage && "load() is called once");
    options.sample_rate_hz = m_impl->sample_rate_hz;
    Result<SoftwareSynth> synth = SoftwareSynth::open(options);
    if (!synth) return synth.error();
    m_impl->stage = std::make_unique<AudioStage>(std::move(*synth), options.sample_rate_hz);
    m_impl->audible.store(m_impl->stage.get(), std::memory_order_release);
    return Done{};
}

FluidOutput::FluidOutput(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
FluidOutput::~FluidOutput() = default;

std::string FluidOutput::name() const {
    const std::string device = m_impl->device.name.empty() ? "Speakers" : m_impl->device.name;
    return device + " (" + driverInWords(m_impl->device.driver) + ")";
}

double FluidOutput::latency_s() const {
    return static_cast<double>(kPeriodFrames * kNumPeriods) / m_impl->sample_rate_hz;
}

double FluidOutput::now_s() const { return m_impl->stage ? m_impl->stage->clock_s() : 0; }
void FluidOutput::send(std::span<const MidiMessage> messages) {
    if (m_impl->stage) m_impl->stage->send(messages);
}
void FluidOutput::sendNow(std::span<const MidiMessage> messages) {
    if (m_impl->stage) m_impl->stage->sendNow(messages);
}
double FluidOutput::forgetPending() { return m_impl->stage ? m_impl->stage->forgetPending() : 0; }
void FluidOutput::panic() {
    if (m_impl->stage) m_impl->stage->panic();
}
void FluidOutput::setVolume(double volume_unit) {
    if (m_impl->stage) m_impl->stage->setVolume(volume_unit);
}
double FluidOutput::takePeak() { return m_impl->stage ? m_impl->stage->takePeak() : 0; }

bool FluidOutput::isAlive() const {
    const std::uint32_t num_callbacks = m_impl->num_callbacks.load(std::memory_order_relaxed);
    if (num_callbacks != m_impl->known_callbacks) {
        m_impl->known_callbacks = num_callbacks;
        m_impl->last_sign = Clock::now();
    }
    return Clock::now() - m_impl->last_sign < kStall;
}

} // namespace chainsong
