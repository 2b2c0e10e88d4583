#include "tests/cli/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

/// The child's side of a fork: no allocation, only calls that are allowed there.
[[noreturn]] void becomeProgram(char* const* arguments, const char* out, const char* err) {
    signal(SIGINT, SIG_DFL); // whatever a background shell has made of it
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(open(out, O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    dup2(open(err, O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    execv(arguments[0], arguments);
    _exit(127);
}

} // namespace

bool Ran::hasOneSentence() const {
    std::istringstream lines(err);
    int num_sentences = 0;
    for (std::string line; std::getline(lines, line);)
        num_sentences += line.rfind("chainsong-cli", 0) == 0 ? 1 : 0;
    return num_sentences == 1 && err.back() == '\n' && err.find("terminate called") == std::string::npos;
}

Folder::Folder() {
    std::string pattern = fs::temp_directory_path() / "chainsong-cli-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    m_path = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::set<std::string> Folder::names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(m_path)) names.insert(entry.path().filename());
    return names;
}

void Folder::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(m_path / name, std::ios::binary) << bytes;
}

Running::Running(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{CHAINSONG_CLI};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const std::string out = m_folder / "out";
    const std::string err = m_folder / "err";
    setenv("CHAINSONG_WEIGHTS", "none", 1);
    m_process = fork();
    if (m_process == 0) becomeProgram(pointers.data(), out.c_str(), err.c_str());
}

void Running::send(int signal) const { kill(m_process, signal); }

void Running::waitForALine() const {
    siginfo_t ended{};
    while (bytesOf(m_folder / "err").find('\n') == std::string::npos && ended.si_pid == 0) {
        std::this_thread::yield();
        waitid(P_PID, static_cast<id_t>(m_process), &ended, WEXITED | WNOHANG | WNOWAIT);
    }
}

Ran Running::wait() {
    int state = 0;
    waitpid(m_process, &state, 0);
    Ran ran;
    ran.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    ran.out = bytesOf(m_folder / "out");
    ran.err = bytesOf(m_folder / "err");
    return ran;
}

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

} // namespace chainsong
