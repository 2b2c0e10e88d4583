#include "app/cli/claim.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace chainsong {
namespace {

std::string lockPath(const std::string& folder) {
    return (std::filesystem::path(folder) / ".chains.lock").string();
}

/// A lock of the open file, not of the process: closing another one does not lose it. `length` 0: to the end.
bool setLock(int file, short kind, off_t start, off_t length) {
    struct flock range { };
    range.l_type = kind;
    range.l_whence = SEEK_SET;
    range.l_start = start;
    range.l_len = length;
    return fcntl(file, F_OFD_SETLK, &range) == 0;
}

/// Whether the path still means this file: its last user removes it.
bool isStillAt(int file, const std::string& path) {
    struct stat opened {
    }, named{};
    return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino
        && opened.st_dev == named.st_dev;
}

} // namespace

struct ChainsClaim::LockFile {
    int file = -1;
    std::string path;

    LockFile() = default;
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile() {
        if (file < 0) return;
        if (setLock(file, F_WRLCK, 0, 0) && isStillAt(file, path))
            unlink(path.c_str()); // nobody else has a claim
        close(file);
    }
};

ChainsClaim::ChainsClaim(std::unique_ptr<LockFile> file)
    : m_file(std::move(file)) { }
ChainsClaim::ChainsClaim(ChainsClaim&&) noexcept = default;
ChainsClaim& ChainsClaim::operator=(ChainsClaim&&) noexcept = default;
ChainsClaim::~ChainsClaim() = default;

Result<ChainsClaim> ChainsClaim::take(const std::string& folder, int first_chain, int num_chains) {
    for (;;) {
        auto claimed = std::make_unique<LockFile>();
        claimed->path = lockPath(folder);
        claimed->file = open(claimed->path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (claimed->file < 0) return ChainsClaim(std::move(claimed)); // writing will say what is wrong
        if (num_chains > 0 && !setLock(claimed->file, F_WRLCK, first_chain, num_chains)
            && (errno == EAGAIN || errno == EACCES))
            return Error{"another run is writing the same chains into this folder", folder};
        if (isStillAt(claimed->file, claimed->path)) return ChainsClaim(std::move(claimed));
    }
}

void ChainsClaim::keepOnly(int first_chain, int num_chains) const {
    if (num_chains == 0) first_chain = 0;
    if (first_chain > 0) setLock(m_file->file, F_UNLCK, 0, first_chain);
    setLock(m_file->file, F_UNLCK, first_chain + num_chains, 0);
}

} // namespace chainsong
