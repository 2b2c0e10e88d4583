#pragma once

#include "engine/base/result.h"
#include "engine/music/score.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// What a MIDI file may cost. Real files stay far below; hostile ones stop here.
constexpr std::uint64_t kMaxMidiBytes = 64ull << 20;
constexpr std::size_t kMaxMidiNotes = 2'000'000;
constexpr std::size_t kMaxMidiTracks = 1024;
constexpr std::size_t kMaxMidiChanges = 1'000'000; // of tempo, of metre, of key, and markers
constexpr std::size_t kMaxMidiRemarks = 100;
/// About two years at 120 BPM. Even in bars of 1/64 the bars before it can still be counted in an int.
constexpr Tick kMaxMidiTick{60'000'000'000};

/// A piece that was read, and sentences on what of the file did not come along or had to be mended.
struct MidiReading {
    Score score;
    std::vector<std::string> notices;
    /// Free texts of the first track: the prompt and seed that wrote the piece, a copyright.
    std::vector<std::string> remarks;
};

/// Reads a Standard MIDI File of any type, bare or in a RIFF wrapper. `name` is what sentences call it.
///   Tracks: one for each channel of each of the file's tracks that has notes.
///   Notes: a key struck again while it sounds ends there and begins anew; one that is never released ends
///   with its track. Time is rescaled to 480 ticks a quarter with rounding; SMPTE time is counted at 120 BPM.
///   Program, volume and pan: as they are when the first note begins.
///   Markers: marker events, and texts "chord:Dm7" of the first track.
Result<MidiReading> readMidi(std::span<const std::uint8_t> bytes, const std::string& name);
Result<MidiReading> readMidiFile(const std::string& path);

enum class MidiFlavour {
    kNotation, // every note on the 1/24 grid, whole beats a minute, the end on a bar line
    kPerformed, // exactly as the score has it
};

/// A type 1 file of 480 ticks a quarter. Reading it gives the same score, but for what MIDI cannot hold:
/// pins, and equal keys that overlap within a track (they become as withoutOverlaps() says). Texts are cut to
/// 200 characters, remarks to 4096.
std::vector<std::uint8_t> writeMidi(const Score& score, MidiFlavour flavour = MidiFlavour::kPerformed,
    const std::vector<std::string>& remarks = {});
/// The same into a file, completely or not at all.
Status writeMidiFile(const Score& score, const std::string& path,
    MidiFlavour flavour = MidiFlavour::kPerformed, const std::vector<std::string>& remarks = {});

/// Notes such that no key is struck while it sounds: of two that begin together the longer and louder stays,
/// an earlier one ends where the later begins. `notes` are in musical order, and so is the result.
std::vector<Note> withoutOverlaps(std::vector<Note> notes);

} // namespace chainsong
