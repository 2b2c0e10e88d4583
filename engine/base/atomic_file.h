#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// Puts `bytes` into the file at `path` completely or leaves what was there untouched. On success they are on
/// the disk, not only in memory. Devices and pipes ("/dev/stdout") are written to directly.
Status writeFileAtomically(const std::string& path, std::span<const std::uint8_t> bytes);
/// The same for text.
Status writeFileAtomically(const std::string& path, std::string_view text);

/// The whole file, or a sentence; never more than `max_bytes` and never a folder.
Result<std::vector<std::uint8_t>> readWholeFile(const std::string& path, std::uint64_t max_bytes);
/// Its first `max_bytes`, or all if there are fewer.
Result<std::vector<std::uint8_t>> readBeginning(const std::string& path, std::uint64_t max_bytes);

/// For libraries that write to a path themselves: they write to `temporary()`, an empty file beside the real
/// one, and commit() then takes its place. Without commit() the destructor removes it and the old file stays.
class AtomicPath {
public:
    /// Fails if nothing could be written there anyway: no such folder, no permission, a folder of that name.
    static Result<AtomicPath> begin(const std::string& path);
    AtomicPath(AtomicPath&& other) noexcept;
    AtomicPath& operator=(AtomicPath&& other) noexcept;
    ~AtomicPath();

    /// Where to write. Reopen it as often as needed, but close it before commit().
    const std::string& temporary() const { return m_temporary; }
    /// Sync, rename, sync of the folder. May be called once.
    Status commit();

private:
    AtomicPath() = default;
    void discard();

    std::string m_shown; // as the caller named it: what error sentences say
    std::string m_target; // symbolic links resolved
    std::string m_temporary;
    bool m_is_direct = false; // a device: nothing to rename
};

/// Bytes that may still be written in the folder of `path`; nothing is known of a folder that does not exist.
Result<std::uint64_t> freeBytesBeside(const std::string& path);
/// What went wrong with writing `path`, from the system's error number, in one sentence with the place and,
/// for a full disk, the free space.
Error writingError(const std::string& path, int system_error);

} // namespace chainsong
