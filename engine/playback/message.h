#pragma once

#include "engine/music/note.h"

#include <array>
#include <cstdint>

namespace chainsong {

/// What a message does.
enum class MidiMessageKind : std::uint8_t { kNoteOff, kControl, kProgram, kNoteOn };

constexpr int kNumChannels = 16;
constexpr int kNumKeys = 128;
/// General MIDI's drum channel, counted from 0.
constexpr int kDrumChannel = 9;

/// Controllers that we send.
constexpr std::uint8_t kBankController = 0;
constexpr std::uint8_t kVolumeController = 7;
constexpr std::uint8_t kPanController = 10;
constexpr std::uint8_t kSustainController = 64;
constexpr std::uint8_t kAllSoundOffController = 120;
constexpr std::uint8_t kResetController = 121;
constexpr std::uint8_t kAllNotesOffController = 123;

/// `track` of messages that belong to no voice of the score.
constexpr int kNoTrack = -1;

/// One thing an instrument is told. Plain and small: it crosses threads by value.
struct MidiMessage {
    Tick at;
    double at_s = 0; // along the score in a Schedule, on the output's clock once it is sent
    MidiMessageKind kind = MidiMessageKind::kNoteOn;
    std::uint8_t channel = 0;
    std::uint8_t first = 0; // key, controller or program
    std::uint8_t second = 0; // velocity or value
    int track = kNoTrack;
    bool operator==(const MidiMessage&) const = default;
};

constexpr MidiMessage noteOn(int channel, int key, int velocity_127, int track = kNoTrack) {
    return {{}, 0, MidiMessageKind::kNoteOn, static_cast<std::uint8_t>(channel),
        static_cast<std::uint8_t>(key), static_cast<std::uint8_t>(velocity_127), track};
}
constexpr MidiMessage noteOff(int channel, int key, int track = kNoTrack) {
    return {{}, 0, MidiMessageKind::kNoteOff, static_cast<std::uint8_t>(channel),
        static_cast<std::uint8_t>(key), 0, track};
}
constexpr MidiMessage control(int channel, int controller, int value_127) {
    return {{}, 0, MidiMessageKind::kControl, static_cast<std::uint8_t>(channel),
        static_cast<std::uint8_t>(controller), static_cast<std::uint8_t>(value_127), kNoTrack};
}
constexpr MidiMessage program(int channel, int program_127) {
    return {{}, 0, MidiMessageKind::kProgram, static_cast<std::uint8_t>(channel),
        static_cast<std::uint8_t>(program_127), 0, kNoTrack};
}

/// The message as it goes over a MIDI cable; a program change has two bytes, everything else three.
struct MidiBytes {
    std::array<std::uint8_t, 3> bytes{};
    std::size_t size = 3;
};
constexpr MidiBytes midiBytes(const MidiMessage& message) {
    switch (message.kind) {
    case MidiMessageKind::kNoteOff:
        return {{static_cast<std::uint8_t>(0x80 | message.channel), message.first, 64}, 3};
    case MidiMessageKind::kControl:
        return {{static_cast<std::uint8_t>(0xB0 | message.channel), message.first, message.second}, 3};
    case MidiMessageKind::kProgram:
        return {{static_cast<std::uint8_t>(0xC0 | message.channel), message.first, 0}, 2};
    case MidiMessageKind::kNoteOn: break;
    }
    return {{static_cast<std::uint8_t>(0x90 | message.channel), message.first, message.second}, 3};
}

} // namespace chainsong
