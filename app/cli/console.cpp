#include "app/cli/console.h"

#include "engine/base/numbers.h"
#include "engine/compose/request.h"

#include <unistd.h>

#include <cstdio>

namespace chainsong {
namespace {

using namespace std::chrono_literals;
constexpr auto kTerminalPause = 100ms;
constexpr auto kLogPause = 1s; // at least
constexpr auto kLongestLogPause = 10s;
constexpr double kLogStep = 0.1;

void print(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

std::string lineOf(const Progress& progress) {
    if (progress.share_unit < 0) return progress.what + " …";
    return progress.what + "  " + formatFixed(100 * progress.share_unit, 0) + " %";
}

} // namespace

Console::Console(bool wants_json, std::stop_token stop)
    : m_wants_json(wants_json)
    , m_stop(std::move(stop))
    , m_is_terminal(isatty(STDERR_FILENO) == 1)
    , m_next_progress(Clock::now() + (m_is_terminal ? 0s : kLogPause)) // short work needs no log
{ }

Console::~Console() { clearLine(); }

void Console::progress(const Progress& progress, const std::string& details) {
    if (!isDue(progress)) return;
    m_next_progress =
        Clock::now() + (m_is_terminal ? Clock::duration(kTerminalPause) : Clock::duration(kLogPause));
    m_shown_work = progress.what;
    m_next_share = progress.share_unit + kLogStep;
    if (m_is_terminal) {
        print(stderr, "\r\033[K" + lineOf(progress) + details);
        m_line_is_open = true;
    } else {
        print(stderr, lineOf(progress) + details + "\n");
    }
    std::fflush(stderr);
}

bool Console::isDue(const Progress& progress) {
    const auto now = Clock::now();
    if (now < m_next_progress) return false;
    if (m_is_terminal || progress.what != m_shown_work || progress.share_unit >= m_next_share) return true;
    return now >= m_next_progress + kLongestLogPause;
}

OnProgress Console::onProgress() {
    return [this](const Progress& where) { progress(where); };
}

void Console::remark(std::string_view sentence) {
    clearLine();
    print(stderr, std::string(sentence) + "\n");
}

void Console::result(std::string_view text) {
    clearLine();
    print(stdout, text);
    if (text.empty() || text.back() != '\n') print(stdout, "\n");
}

int Console::finish(const Status& status) {
    clearLine();
    if (!status) {
        const bool was_stopped = status.error().what == kStopped;
        remark("chainsong-cli: "
            + (was_stopped ? std::string("stopped; nothing more was written") : sentence(status.error())));
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
        remark("chainsong-cli: standard output: the result could not be written");
        return 1;
    }
    return status ? 0 : 1;
}

void Console::clearLine() {
    if (m_line_is_open) print(stderr, "\r\033[K");
    m_line_is_open = false;
}

} // namespace chainsong
