#pragma once

namespace chainsong {

/// Prepares FluidSynth, ALSA and JACK for use: nothing on the console, and no sound server started for us.
/// Call it before the first use of a device; later calls do nothing.
void quietenAudioLibraries();

} // namespace chainsong
