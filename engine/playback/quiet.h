#pragma once

namespace chainsong {

/// Prepares FluidSynth, ALSA and JACK for use: nothing on the console, and no sound server started for us.
/// Call it before the first use of a device; later calls do nothing.
void quietenAudioLibraries();

/// Can a JACK client be opened now? Asked before RtMidi is, which complains on the console otherwise. A few
/// milliseconds.
bool isJackRunning();

} // namespace chainsong
