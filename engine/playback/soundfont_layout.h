#pragma once

#include <cstdint>
#include <istream>

namespace chainsong {

/// Are the chunks of a SoundFont all there, inside the file, and of sizes that hold whole records? Reads
/// headers only. A file that fails would be handed on by FluidSynth to another parser, which complains on the
/// console.
bool hasSoundfontLayout(std::istream& file, std::uint64_t file_bytes);

} // namespace chainsong
