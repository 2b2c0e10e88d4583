#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace chainsong {

/// A file's bytes as memory, read only and not before they are looked at. Our own files are replaced as a
/// whole and never written in place, so what was mapped stays as it was.
class MappedFile {
public:
    static Result<std::shared_ptr<const MappedFile>> open(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::uint8_t> bytes() const { return m_bytes; }

private:
    explicit MappedFile(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes) { }
    std::span<const std::uint8_t> m_bytes;
};

} // namespace chainsong
