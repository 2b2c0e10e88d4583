#include "engine/base/atomic_file.h"

#include "engine/base/numbers.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace chainsong {
namespace {

/// A file descriptor that closes itself; close() reports what the disk said last.
class Descriptor {
public:
    explicit Descriptor(int number)
        : m_number(number) { }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }
    bool close() {
        if (m_number < 0) return true;
        const int number = m_number;
        m_number = -1;
        return ::close(number) == 0 || errno == EINTR; // Linux closes even when interrupted
    }

private:
    int m_number;
};

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// Follows symbolic links, so that a saved link stays a link; a path that does not exist yet stays as it is.
std::string resolved(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
    return real ? std::string(real.get()) : path;
}

std::string sizeInWords(std::uint64_t bytes) {
    const auto size = static_cast<double>(bytes);
    if (bytes < 1024) return std::to_string(bytes) + " bytes";
    if (bytes < 1024 * 1024) return formatFixed(size / 1024, 0) + " KB";
    if (bytes < 1024ull * 1024 * 1024) return formatFixed(size / (1024 * 1024), 1) + " MB";
    return formatFixed(size / (1024.0 * 1024 * 1024), 1) + " GB";
}

bool writeAll(int descriptor, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        if (written == 0) {
            errno = EIO;
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

bool syncDescriptor(int descriptor) {
    while (::fsync(descriptor) != 0) {
        if (errno == EINTR) continue;
        return errno == EINVAL || errno == ENOTSUP; // pipes and some file systems cannot, and need not
    }
    return true;
}

/// Makes a new empty file in a folder, with the permissions of any new file; "" with errno set if that is not
/// possible. Its name is short: the real one may be 255 bytes long already.
std::string makeTemporaryIn(const std::string& folder) {
    static std::atomic<unsigned> s_count = 0;
    while (true) {
        const std::string path =
            folder + "/.chainsong-" + std::to_string(::getpid()) + "-" + std::to_string(++s_count);
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (file.isOpen()) return path;
        if (errno != EEXIST) return {}; // EEXIST: left over from a process that was killed
    }
}

} // namespace

Error writingError(const std::string& path, int system_error) {
    const std::string folder = folderOf(path);
    switch (system_error) {
    case ENOSPC:
    case EDQUOT: {
        const Result<std::uint64_t> free_bytes = freeBytesBeside(path);
        const std::string room =
            free_bytes ? ": " + sizeInWords(*free_bytes) + " are free in " + folder : std::string();
        return {"there is no room left on the disk to write it" + room, path};
    }
    case EFBIG: return {"it would be larger than a file may be here", path};
    case EACCES:
    case EPERM: return {"it cannot be written because writing in " + folder + " is not permitted", path};
    case EROFS: return {"it cannot be written because the disk is read-only", path};
    case ENOENT: return {"it cannot be written because the folder " + folder + " does not exist", path};
    case ENOTDIR: return {"it cannot be written because " + folder + " is not a folder", path};
    case EISDIR: return {"it cannot be written because a folder has that name", path};
    case ENAMETOOLONG: return {"it cannot be written because the name is too long", path};
    default: return {"it cannot be written: " + std::generic_category().message(system_error), path};
    }
}

Result<std::uint64_t> freeBytesBeside(const std::string& path) {
    struct statvfs info { };
    const std::string folder = folderOf(path);
    if (::statvfs(folder.c_str(), &info) != 0) return Error{"its free space is not known", folder};
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

Result<AtomicPath> AtomicPath::begin(const std::string& path) {
    if (path.empty()) return Error{"no file name was given"};
    if (path.find('\0') != std::string::npos) return Error{"a file name cannot hold a zero byte"};
    AtomicPath out;
    out.m_shown = path;
    out.m_target = resolved(path);
    struct stat info { };
    const bool exists = ::stat(out.m_target.c_str(), &info) == 0;
    if (!exists && errno != ENOENT) return writingError(path, errno);
    if (path.back() == '/' || (exists && S_ISDIR(info.st_mode))) return writingError(path, EISDIR);
    if (exists && !S_ISREG(info.st_mode)) {
        out.m_temporary = out.m_target;
        out.m_is_direct = true;
        return out;
    }
    // A rename would replace a write-protected file as well; its owner protected it on purpose.
    if (exists && ::access(out.m_target.c_str(), W_OK) != 0)
        return Error{"it cannot be written because the file is write-protected", path};
    out.m_temporary = makeTemporaryIn(folderOf(out.m_target));
    if (out.m_temporary.empty()) return writingError(path, errno);
    if (exists && ::chmod(out.m_temporary.c_str(), info.st_mode & 07777) != 0)
        return writingError(path, errno);
    return out;
}

AtomicPath::AtomicPath(AtomicPath&& other) noexcept { *this = std::move(other); }

AtomicPath& AtomicPath::operator=(AtomicPath&& other) noexcept {
    if (this == &other) return *this;
    discard();
    m_shown = std::move(other.m_shown);
    m_target = std::move(other.m_target);
    m_temporary = std::exchange(other.m_temporary, {});
    m_is_direct = other.m_is_direct;
    return *this;
}

AtomicPath::~AtomicPath() { discard(); }

void AtomicPath::discard() {
    if (!m_temporary.empty() && !m_is_direct) ::unlink(m_temporary.c_str());
    m_temporary.clear();
}

Status AtomicPath::commit() {
    assert(!m_temporary.empty() && "commit() is called once");
    if (m_is_direct) {
        m_temporary.clear();
        return Done{};
    }
    Descriptor file(::open(m_temporary.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen() || !syncDescriptor(file.number()) || !file.close())
        return writingError(m_shown, errno);
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) return writingError(m_shown, errno);
    m_temporary.clear();
    Descriptor folder(::open(folderOf(m_target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // A folder we may write to but not read cannot be synced; the file itself is safe.
    if (folder.isOpen() && !syncDescriptor(folder.number()))
        return Error{"it was written, but the disk did not confirm it", m_shown};
    return Done{};
}

Status writeFileAtomically(const std::string& path, std::span<const std::uint8_t> bytes) {
    Result<AtomicPath> place = AtomicPath::begin(path);
    if (!place) return place.error();
    Descriptor file(::open(place->temporary().c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (!file.isOpen() || !writeAll(file.number(), bytes) || !syncDescriptor(file.number()) || !file.close())
        return writingError(path, errno);
    return place->commit();
}

Status writeFileAtomically(const std::string& path, std::string_view text) {
    return writeFileAtomically(
        path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

namespace {

/// `max_bytes` at most; a larger file is an error unless only its beginning is wanted.
Result<std::vector<std::uint8_t>> readFile(
    const std::string& path, std::uint64_t max_bytes, bool is_beginning_enough) {
    if (path.find('\0') != std::string::npos) return Error{"a file name cannot hold a zero byte"};
    // O_NONBLOCK: a pipe without a writer must not hang us. It has no effect on plain files.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat info { };
    if (!file.isOpen() || ::fstat(file.number(), &info) != 0) {
        if (errno == ENOENT) return Error{"there is no such file", path};
        return Error{"it cannot be read: " + std::generic_category().message(errno), path};
    }
    if (S_ISDIR(info.st_mode)) return Error{"it is a folder, not a file", path};
    if (!S_ISREG(info.st_mode)) return Error{"it is a device, not a file", path};
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size > max_bytes && !is_beginning_enough)
        return Error{
            "it is too large (" + sizeInWords(size) + "; at most " + sizeInWords(max_bytes) + " are read)",
            path};
    std::vector<std::uint8_t> bytes(std::min(size, max_bytes));
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Error{"it cannot be read: " + std::generic_category().message(errno), path};
        if (got == 0) break; // it shrank meanwhile
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

} // namespace

Result<std::vector<std::uint8_t>> readWholeFile(const std::string& path, std::uint64_t max_bytes) {
    return readFile(path, max_bytes, false);
}

Result<std::vector<std::uint8_t>> readBeginning(const std::string& path, std::uint64_t max_bytes) {
    return readFile(path, max_bytes, true);
}

} // namespace chainsong
