#pragma once

#include "engine/base/result.h"
#include "engine/playback/message.h"

#include <memory>
#include <string>
#include <vector>

namespace chainsong {

/// An open MIDI port. RtMidi and its exceptions stay in the .cpp. For one thread at a time.
class MidiPort {
public:
    static Result<MidiPort> open(const std::string& name);
    static Result<MidiPort> openVirtual(const std::string& name);
    MidiPort(MidiPort&&) noexcept;
    MidiPort& operator=(MidiPort&&) noexcept;
    ~MidiPort();

    const std::string& name() const;
    /// False if the port refused it.
    bool send(const MidiMessage& message);
    /// Is the other side still in the list of ports? A virtual port always is.
    bool isThere();

private:
    struct Impl;
    explicit MidiPort(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Lists the ports that can be sent to, as often as asked.
class MidiPortLister {
public:
    MidiPortLister();
    ~MidiPortLister();
    std::vector<std::string> names();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
