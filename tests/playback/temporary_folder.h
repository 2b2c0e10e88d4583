#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace chainsong {

/// A folder of a test's own that goes away with it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "chainsong-test-XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::permissions(m_path, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(m_path, ignored);
    }
    std::string path(std::string_view name) const { return (m_path / name).string(); }
    /// Writes a file and returns its path.
    std::string file(std::string_view name, std::string_view content) const {
        std::ofstream(path(name), std::ios::binary)
            .write(content.data(), static_cast<std::streamsize>(content.size()));
        return path(name);
    }
    bool isEmpty() const { return std::filesystem::is_empty(m_path); }

private:
    std::filesystem::path m_path;
};

} // namespace chainsong
