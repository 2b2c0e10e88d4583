#include "engine/playback/midi_port.h"

#include "engine/playback/midi_output.h"
#include "engine/playback/quiet.h"

#include <RtMidi.h>

#include <algorithm>
#include <optional>

#include <unistd.h>

namespace chainsong {
namespace {

constexpr const char* kClientName = "Chainsong";
constexpr const char* kNoMidi = "No MIDI system was found, so no MIDI port can be used.";

/// RtMidi with its errors caught: by exception while it is being made, by callback afterwards (it then writes
/// nothing to the console and does not throw).
struct Device {
    std::unique_ptr<RtMidiOut> rt;
    std::optional<std::string> failure;

    static void note(RtMidiError::Type type, const std::string& text, void* device) {
        if (type == RtMidiError::WARNING || type == RtMidiError::DEBUG_WARNING) return;
        static_cast<Device*>(device)->failure = text;
    }
    /// Runs `action`; false if RtMidi had something to say against it.
    template <class Action> bool attempt(Action action) {
        failure.reset();
        try {
            action();
        } catch (const RtMidiError& error) { failure = error.getMessage(); }
        return !failure;
    }
};

/// Null where there is no MIDI. ALSA is not even asked without its device: it would write to the
/// console.
std::unique_ptr<Device> makeDevice() {
    quietenAudioLibraries();
    const bool has_alsa = access("/dev/snd/seq", R_OK | W_OK) == 0;
    if (!has_alsa && !isJackRunning()) return nullptr;
    auto device = std::make_unique<Device>();
    const bool is_made = device->attempt([&] {
        device->rt =
            std::make_unique<RtMidiOut>(has_alsa ? RtMidi::LINUX_ALSA : RtMidi::UNIX_JACK, kClientName);
    });
    if (!is_made || !device->rt) return nullptr;
    device->rt->setErrorCallback(Device::note, device.get());
    return device;
}

std::vector<std::string> portNames(Device& device) {
    std::vector<std::string> names;
    device.attempt([&] {
        const unsigned count = device.rt->getPortCount();
        for (unsigned i = 0; i < count; ++i)
            names.push_back(portNameWithoutNumbers(device.rt->getPortName(i)));
    });
    return names;
}

} // namespace

std::string portNameWithoutNumbers(std::string_view name) {
    const std::size_t space = name.rfind(' ');
    if (space == std::string_view::npos) return std::string(name);
    const std::string_view last = name.substr(space + 1);
    const bool is_number = last.find(':') != std::string_view::npos
        && last.find_first_not_of("0123456789:") == std::string_view::npos;
    return std::string(is_number ? name.substr(0, space) : name);
}

struct MidiPort::Impl {
    std::unique_ptr<Device> device;
    std::string name;
    bool is_virtual = false;
};

MidiPort::MidiPort(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
MidiPort::MidiPort(MidiPort&&) noexcept = default;
MidiPort& MidiPort::operator=(MidiPort&&) noexcept = default;
MidiPort::~MidiPort() = default;

Result<MidiPort> MidiPort::open(const std::string& name) {
    auto impl = std::make_unique<Impl>();
    impl->device = makeDevice();
    if (!impl->device) return Error{kNoMidi, name};
    impl->name = portNameWithoutNumbers(name);
    const std::vector<std::string> names = portNames(*impl->device);
    const auto found = std::find(names.begin(), names.end(), impl->name);
    if (found == names.end()) return Error{"this MIDI port is not there", name};
    const auto index = static_cast<unsigned>(found - names.begin());
    const bool is_open = impl->device->attempt([&] { impl->device->rt->openPort(index, "out"); });
    if (!is_open) return Error{"this MIDI port cannot be opened: " + *impl->device->failure, name};
    return MidiPort(std::move(impl));
}

Result<MidiPort> MidiPort::openVirtual(const std::string& name) {
    auto impl = std::make_unique<Impl>();
    impl->device = makeDevice();
    if (!impl->device) return Error{kNoMidi, name};
    impl->name = name;
    impl->is_virtual = true;
    const bool is_open = impl->device->attempt([&] { impl->device->rt->openVirtualPort(name); });
    if (!is_open) return Error{kNoMidi, name};
    return MidiPort(std::move(impl));
}

const std::string& MidiPort::name() const { return m_impl->name; }

bool MidiPort::send(const MidiMessage& message) {
    const MidiBytes midi = midiBytes(message);
    return m_impl->device->attempt([&] { m_impl->device->rt->sendMessage(midi.bytes.data(), midi.size); });
}

bool MidiPort::isThere() {
    if (m_impl->is_virtual) return true;
    const std::vector<std::string> names = portNames(*m_impl->device);
    return std::find(names.begin(), names.end(), m_impl->name) != names.end();
}

struct MidiPortLister::Impl {
    std::unique_ptr<Device> device;
};

MidiPortLister::MidiPortLister()
    : m_impl(std::make_unique<Impl>()) { }
MidiPortLister::~MidiPortLister() = default;

std::vector<std::string> MidiPortLister::names() {
    if (!m_impl->device) m_impl->device = makeDevice();
    if (!m_impl->device) return {};
    std::vector<std::string> names = portNames(*m_impl->device);
    // Our own virtual port is nothing to send to.
    std::erase_if(names, [](const std::string& name) { return name.starts_with(kClientName); });
    // A JACK client does not survive its server; the next look starts afresh.
    if (names.empty()) m_impl->device.reset();
    return names;
}

} // namespace chainsong
