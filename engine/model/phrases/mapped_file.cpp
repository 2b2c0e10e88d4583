#include "engine/model/phrases/mapped_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace chainsong {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::string& path) {
    const auto failed = [&path] {
        return Error{"cannot be read: " + std::generic_category().message(errno), path};
    };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return failed();
    struct stat facts { };
    if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size == 0) {
        ::close(descriptor);
        return Error{"is no file with content", path};
    }
    const auto size = static_cast<std::size_t>(facts.st_size);
    void* const address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const Error why = failed();
    ::close(descriptor); // the mapping stays
    if (address == MAP_FAILED) return why;
    return std::shared_ptr<const MappedFile>(
        new MappedFile({static_cast<const std::uint8_t*>(address), size}));
}

MappedFile::~MappedFile() { ::munmap(const_cast<std::uint8_t*>(m_bytes.data()), m_bytes.size()); }

} // namespace chainsong
