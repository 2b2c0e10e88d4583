#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace chainsong::test {

/// A new empty folder that goes when the test does.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "chainsong-test-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code unknown;
        std::filesystem::remove_all(m_path, unknown);
    }
    const std::string& path() const { return m_path; }
    std::string file(const std::string& name) const { return m_path + "/" + name; }
    std::size_t numFiles() const {
        return static_cast<std::size_t>(std::distance(
            std::filesystem::directory_iterator(m_path), std::filesystem::directory_iterator()));
    }

private:
    std::string m_path;
};

} // namespace chainsong::test
