#include "engine/playback/player.h"

#include "engine/playback/quiet.h"
#include "engine/playback/silent_output.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <pthread.h>

namespace chainsong {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kPumpInterval{15};
/// While nothing plays: looks after the device.
constexpr milliseconds kIdleInterval{300};
/// After a lost device: tries to have it back.
constexpr milliseconds kRetryInterval{1000};

/// Two clocks further apart than this are not the same clocks any more: another output, or one that stood
/// still.
constexpr double kClockJump_s = 0.25;
constexpr double kExactLook_s = 0.001;
constexpr double kClockSmoothing = 0.1;

double steady_s() { return std::chrono::duration<double>(Clock::now().time_since_epoch()).count(); }

/// The path seen on the steady clock, which every thread can read; `offset_s` is the output's clock minus the
/// steady one.
PlayheadPath onSteadyClock(PlayheadPath path, double offset_s) {
    for (PlayheadLeg& leg : path.legs) leg.from_s -= offset_s;
    return path;
}

} // namespace

struct Player::Impl {
    using Call = std::function<void(Impl&)>;

    Impl(PlayerCallbacks callbacks_, std::unique_ptr<Output> output_, std::optional<SoundChoice> choice_)
        : callbacks(std::move(callbacks_))
        , output(std::move(output_))
        , performance(*output)
        , choice(std::move(choice_))
        , thread([this](std::stop_token stop) { run(stop); }) { }

    /// Any thread.
    void ask(Call call) {
        {
            const std::lock_guard lock(mutex);
            calls.push_back(std::move(call));
        }
        changed.notify_all();
    }
    void changeOptions(std::function<void(PlayOptions&)> change) {
        ask([change = std::move(change)](Impl& self) {
            PlayOptions options = self.performance.options();
            change(options);
            self.performance.setOptions(options);
        });
    }

    // ---- the rest runs on the "player" thread
    void run(std::stop_token stop);
    std::vector<Call> waitForCalls(std::stop_token stop);
    void openChosen();
    void use(ChosenSound sound);
    void lookAfterDevice();
    void publish();

    PlayerCallbacks callbacks;
    std::unique_ptr<Output> output;
    Performance performance;
    std::optional<SoundChoice> choice; // none: the output was given to us
    bool is_lost = false;
    double volume_unit = 1;
    Clock::time_point next_try;
    double clock_offset_s = 0;
    bool told_playing = false;

    SharedPlayhead playhead;
    std::atomic<bool> is_playing = false;
    std::atomic<double> peak_unit = 0;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::vector<Call> calls;
    std::jthread thread; // last: joined first
};

void Player::Impl::run(std::stop_token stop) {
    pthread_setname_np(pthread_self(), "player");
    publish();
    if (choice) openChosen();
    while (!stop.stop_requested()) {
        for (const Call& call : waitForCalls(stop)) call(*this);
        performance.pump();
        lookAfterDevice();
        publish();
    }
    performance.stop();
    performance.setOutput(*output); // ends a note that is tried out
}

std::vector<Player::Impl::Call> Player::Impl::waitForCalls(std::stop_token stop) {
    const bool is_busy = performance.isPlaying() || performance.isPreviewing();
    std::unique_lock lock(mutex);
    changed.wait_for(lock, stop, is_busy ? kPumpInterval : kIdleInterval, [this] { return !calls.empty(); });
    return std::exchange(calls, {});
}

void Player::Impl::openChosen() {
    use({std::make_unique<SilentOutput>(), {}, true, {}}); // frees the device before it is opened again
    ChosenSound sound = openSound(*choice);
    if (callbacks.on_sound) callbacks.on_sound(sound.sentence, sound.is_silent);
    is_lost = false;
    use(std::move(sound));
}

void Player::Impl::use(ChosenSound sound) {
    performance.setOutput(*sound.output);
    output = std::move(sound.output);
    output->setVolume(volume_unit);
}

/// A lost device: says so, keeps the place, and tries once a second to have it back.
void Player::Impl::lookAfterDevice() {
    if (!choice) return;
    if (!output->isAlive()) {
        const std::string name = output->name();
        performance.abandon();
        use({std::make_unique<SilentOutput>(), {}, true, {}});
        is_lost = true;
        next_try = Clock::now() + kRetryInterval;
        if (callbacks.on_sound)
            callbacks.on_sound(
                "The sound device was lost: " + name + ". Playing silently until it is back.", true);
    }
    if (!is_lost || performance.isPlaying() || Clock::now() < next_try) return;
    next_try = Clock::now() + kRetryInterval;
    ChosenSound sound = openSound(*choice);
    if (sound.is_silent) return;
    is_lost = false;
    if (callbacks.on_sound) callbacks.on_sound(sound.sentence, false);
    use(std::move(sound));
}

void Player::Impl::publish() {
    // The output's clock moves in steps of its blocks; the smoothed difference to the steady clock does not.
    const double before_s = steady_s();
    const double output_s = output->now_s() - output->latency_s();
    const double took_s = steady_s() - before_s;
    const double measured_s = output_s - before_s;
    const bool is_far = std::abs(measured_s - clock_offset_s) > kClockJump_s;
    const bool is_exact = took_s < kExactLook_s; // else this thread had to wait in between
    if (is_far) clock_offset_s = measured_s;
    if (!is_far && is_exact) clock_offset_s += kClockSmoothing * (measured_s - clock_offset_s);
    playhead.write(onSteadyClock(performance.path(), clock_offset_s));
    double known = peak_unit.load();
    const double peak = output->takePeak();
    while (peak > known && !peak_unit.compare_exchange_weak(known, peak)) { }
    is_playing = performance.isPlaying();
    if (is_playing == told_playing) return;
    told_playing = is_playing;
    if (callbacks.on_playing) callbacks.on_playing(told_playing);
}

Player::Player(PlayerCallbacks callbacks, SoundChoice choice) {
    quietenAudioLibraries(); // sets an environment variable: here, before threads start
    m_impl =
        std::make_unique<Impl>(std::move(callbacks), std::make_unique<SilentOutput>(), std::move(choice));
}
Player::Player(PlayerCallbacks callbacks, std::unique_ptr<Output> output)
    : m_impl(std::make_unique<Impl>(std::move(callbacks), std::move(output), std::nullopt)) { }
Player::~Player() = default;

void Player::setScore(ScorePtr score, ScoreChange when) {
    m_impl->ask([score = std::move(score), when](Impl& self) { self.performance.setScore(score, when); });
}
void Player::play(Tick from) {
    m_impl->ask([from](Impl& self) { self.performance.play(from); });
}
void Player::play(ScorePtr score, Tick from) {
    m_impl->ask([score = std::move(score), from](Impl& self) {
        self.performance.stop();
        self.performance.setScore(score, ScoreChange::kNow);
        self.performance.play(from);
    });
}
void Player::stop() {
    m_impl->ask([](Impl& self) { self.performance.stop(); });
}
void Player::seek(Tick to) {
    m_impl->ask([to](Impl& self) { self.performance.seek(to); });
}
void Player::setLoop(std::optional<LoopRange> loop) {
    m_impl->changeOptions([loop](PlayOptions& options) { options.loop = loop; });
}
void Player::setMix(Mix mix) {
    m_impl->changeOptions([mix = std::move(mix)](PlayOptions& options) { options.mix = mix; });
}
void Player::setTempoScale(double scale) {
    m_impl->changeOptions([scale](PlayOptions& options) { options.tempo_scale = scale; });
}
void Player::setMetronome(bool is_on) {
    m_impl->changeOptions([is_on](PlayOptions& options) { options.has_metronome = is_on; });
}
void Player::setCountIn(int num_bars) {
    m_impl->changeOptions(
        [num_bars](PlayOptions& options) { options.num_count_in_bars = std::clamp(num_bars, 0, 4); });
}
void Player::panic() {
    m_impl->ask([](Impl& self) { self.performance.panic(); });
}
void Player::previewNote(int key, int velocity_127, int program_127, bool is_drums) {
    m_impl->ask([=](Impl& self) { self.performance.previewNote(key, velocity_127, program_127, is_drums); });
}
void Player::setVolume(double volume_unit) {
    m_impl->ask([volume_unit](Impl& self) {
        self.volume_unit = std::clamp(volume_unit, 0.0, 2.0);
        self.output->setVolume(self.volume_unit);
    });
}
void Player::chooseSound(SoundChoice choice) {
    m_impl->ask([choice = std::move(choice)](Impl& self) {
        self.choice = choice;
        self.openChosen();
    });
}

Tick Player::position() const { return m_impl->playhead.read().tickAt(steady_s()); }
bool Player::isPlaying() const { return m_impl->is_playing; }
double Player::takePeak() { return m_impl->peak_unit.exchange(0); }

void Player::finishCalls() {
    std::promise<void> promise;
    m_impl->ask([&promise](Impl& self) {
        self.publish();
        promise.set_value();
    });
    promise.get_future().wait();
}

} // namespace chainsong
