#include "engine/playback/midi_output.h"

#include "engine/playback/midi_port.h"
#include "engine/playback/sounding.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

#include <pthread.h>

namespace chainsong {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPortCheck{500};
constexpr std::chrono::milliseconds kWatchInterval{1000};

} // namespace

struct MidiOutput::Impl {
    explicit Impl(MidiPort opened)
        : port(std::move(opened))
        , name(port.name())
        , thread([this](std::stop_token stop) { run(stop); }) { }

    void run(std::stop_token stop);
    void sendDue(std::unique_lock<std::mutex>& lock);
    void sendOne(const MidiMessage& message);
    void silence();

    MidiPort port; // the thread's alone, once it runs
    const std::string name;
    Sounding sounding; // the thread's
    const Clock::time_point start = Clock::now();
    std::atomic<bool> is_alive = true;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<MidiMessage> immediate;
    std::deque<MidiMessage> waiting; // in order of time
    bool wants_panic = false;
    std::jthread thread; // last: joined first

    double now_s() const { return std::chrono::duration<double>(Clock::now() - start).count(); }
};

/// The "midi out" thread.
void MidiOutput::Impl::run(std::stop_token stop) {
    pthread_setname_np(pthread_self(), "midi out");
    Clock::time_point next_check = Clock::now() + kPortCheck;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        sendDue(lock);
        if (Clock::now() >= next_check) {
            lock.unlock();
            if (!port.isThere()) is_alive = false;
            next_check = Clock::now() + kPortCheck;
            lock.lock();
            continue;
        }
        Clock::time_point until = next_check;
        if (!waiting.empty()) {
            const auto due = std::chrono::duration<double>(waiting.front().at_s);
            until = std::min(until, start + std::chrono::duration_cast<Clock::duration>(due));
        }
        const std::size_t num_waiting = waiting.size();
        changed.wait_until(lock, stop, until,
            [&] { return wants_panic || !immediate.empty() || waiting.size() != num_waiting; });
    }
    lock.unlock();
    silence();
}

/// Sends without holding the lock: a slow cable must not stop the player.
void MidiOutput::Impl::sendDue(std::unique_lock<std::mutex>& lock) {
    std::vector<MidiMessage> due(immediate.begin(), immediate.end());
    immediate.clear();
    const double time_s = now_s();
    for (; !waiting.empty() && waiting.front().at_s <= time_s; waiting.pop_front())
        due.push_back(waiting.front());
    const bool panics = std::exchange(wants_panic, false);
    lock.unlock();
    if (panics) silence();
    for (const MidiMessage& message : due) sendOne(message);
    lock.lock();
}

void MidiOutput::Impl::sendOne(const MidiMessage& message) {
    sounding.accept(message);
    if (!port.send(message)) is_alive = false;
}

void MidiOutput::Impl::silence() {
    std::vector<MidiMessage> messages;
    sounding.appendReleases(0, {}, messages);
    for (int channel = 0; channel < kNumChannels; ++channel)
        for (const int controller : {kSustainController, kAllNotesOffController, kAllSoundOffController})
            messages.push_back(control(channel, controller, 0));
    for (const MidiMessage& message : messages) sendOne(message);
}

Result<std::unique_ptr<MidiOutput>> MidiOutput::open(const std::string& port_name) {
    Result<MidiPort> port = MidiPort::open(port_name);
    if (!port) return port.error();
    return std::unique_ptr<MidiOutput>(new MidiOutput(std::make_unique<Impl>(std::move(*port))));
}

Result<std::unique_ptr<MidiOutput>> MidiOutput::openVirtual(const std::string& name) {
    Result<MidiPort> port = MidiPort::openVirtual(name);
    if (!port) return port.error();
    return std::unique_ptr<MidiOutput>(new MidiOutput(std::make_unique<Impl>(std::move(*port))));
}

MidiOutput::MidiOutput(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
MidiOutput::~MidiOutput() = default;

std::string MidiOutput::name() const { return m_impl->name + " (MIDI)"; }
double MidiOutput::now_s() const { return m_impl->now_s(); }
bool MidiOutput::isAlive() const { return m_impl->is_alive; }

void MidiOutput::send(std::span<const MidiMessage> messages) {
    if (messages.empty()) return;
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->waiting.insert(m_impl->waiting.end(), messages.begin(), messages.end());
    }
    m_impl->changed.notify_all();
}

void MidiOutput::sendNow(std::span<const MidiMessage> messages) {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->immediate.insert(m_impl->immediate.end(), messages.begin(), messages.end());
    }
    m_impl->changed.notify_all();
}

double MidiOutput::forgetPending() {
    const std::lock_guard lock(m_impl->mutex);
    const double time_s = now_s();
    std::erase_if(m_impl->waiting, [time_s](const MidiMessage& message) { return message.at_s > time_s; });
    return time_s;
}

void MidiOutput::panic() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->waiting.clear();
        m_impl->wants_panic = true;
    }
    m_impl->changed.notify_all();
}

// ---------------------------------------------------------------- ports that come and go

struct MidiPortWatch::Impl {
    Impl(std::function<void(const Ports&)> on_change_, std::function<Ports()> look_)
        : on_change(std::move(on_change_))
        , look(std::move(look_))
        , thread([this](std::stop_token stop) { run(stop); }) { }
    void run(std::stop_token stop);

    std::function<void(const Ports&)> on_change;
    std::function<Ports()> look;
    std::mutex mutex;
    std::condition_variable_any changed;
    bool wants_look = false;
    std::jthread thread; // last: joined first
};

/// The "midi ports" thread.
void MidiPortWatch::Impl::run(std::stop_token stop) {
    pthread_setname_np(pthread_self(), "midi ports");
    Ports known;
    bool is_first = true;
    while (!stop.stop_requested()) {
        Ports ports = look();
        if (is_first || ports != known) on_change(ports);
        known = std::move(ports);
        is_first = false;
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, kWatchInterval, [this] { return wants_look; });
        wants_look = false;
    }
}

MidiPortWatch::MidiPortWatch(std::function<void(const Ports&)> on_change) {
    // One object looks again and again: a new one each time would show as a new client each time.
    auto lister = std::make_shared<MidiPortLister>();
    m_impl = std::make_unique<Impl>(std::move(on_change), [lister] { return lister->names(); });
}
MidiPortWatch::MidiPortWatch(std::function<void(const Ports&)> on_change, std::function<Ports()> look)
    : m_impl(std::make_unique<Impl>(std::move(on_change), std::move(look))) { }
MidiPortWatch::~MidiPortWatch() = default;

void MidiPortWatch::lookNow() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->wants_look = true;
    }
    m_impl->changed.notify_all();
}

std::vector<std::string> midiOutputPorts() { return MidiPortLister().names(); }

} // namespace chainsong
