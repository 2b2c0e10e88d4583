#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

namespace chainsong {

/// What a run of chainsong-cli left behind.
struct Ran {
    int status = -1; // exit status; 128 + signal if one ended it
    std::string out;
    std::string err;
    /// One line, not empty, on standard error: what a failure has to say. Remarks that rules compose are left
    /// out.
    bool hasOneSentence() const;
};

/// A folder of its own, gone at the end.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string operator/(const std::string& name) const { return m_path / name; }
    std::string path() const { return m_path; }
    std::set<std::string> names() const;
    void write(const std::string& name, const std::string& bytes) const;

private:
    std::filesystem::path m_path;
};

/// chainsong-cli while it runs: with rules only, its output in files that are read at the end.
class Running {
public:
    explicit Running(const std::vector<std::string>& arguments);
    void send(int signal) const;
    /// Reads standard error until a line has come or the program has ended.
    void waitForALine() const;
    Ran wait();

private:
    Folder m_folder;
    pid_t m_process = -1;
};

inline Ran run(const std::vector<std::string>& arguments) { return Running(arguments).wait(); }

std::string bytesOf(const std::string& path);

} // namespace chainsong
