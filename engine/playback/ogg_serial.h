#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <string>

namespace chainsong {

/// Replaces the random stream number that libsndfile gives an OGG file, so that equal sound has equal bytes.
/// False if the bytes are not a sequence of OGG pages; they are then unchanged from the first bad page on.
bool setOggSerial(std::span<std::uint8_t> pages, std::uint32_t serial);
/// The same for a file of at most a few hundred megabytes; `where` is the name that errors show.
Status setOggSerialOfFile(const std::string& path, const std::string& where, std::uint32_t serial);

} // namespace chainsong
