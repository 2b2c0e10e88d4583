#pragma once

#include "engine/playback/schedule.h"

#include <vector>

namespace chainsong {

/// Which keys sound, by what has been sent. Every way of ending a note passes through here, so that none
/// stays.
class Sounding {
public:
    /// Notes the message. False if it must not be sent: an off for a key that does not sound, or a second on.
    bool accept(const MidiMessage& message) {
        const std::size_t key = keyIndex(message.channel, message.first);
        if (message.kind == MidiMessageKind::kNoteOn) {
            if (m_keys[key]) return false;
            m_keys.set(key);
        }
        if (message.kind == MidiMessageKind::kNoteOff) {
            if (!m_keys[key]) return false;
            m_keys.reset(key);
        }
        return true;
    }
    /// Offs at `at_s` for all that sounds except `kept`; they count as accepted.
    void appendReleases(double at_s, const ChannelKeys& kept, std::vector<MidiMessage>& out) {
        for (int channel = 0; channel < kNumChannels; ++channel) {
            for (int key = 0; key < kNumKeys; ++key) {
                const std::size_t index = keyIndex(channel, key);
                if (!m_keys[index] || kept[index]) continue;
                MidiMessage off = noteOff(channel, key);
                off.at_s = at_s;
                out.push_back(off);
                m_keys.reset(index);
            }
        }
    }
    const ChannelKeys& keys() const { return m_keys; }

private:
    ChannelKeys m_keys;
};

} // namespace chainsong
