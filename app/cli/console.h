#pragma once

#include "engine/base/progress.h"
#include "engine/base/result.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>

namespace chainsong {

/// Where a command speaks: results on standard output, progress and remarks on standard error.
class Console {
public:
    Console(bool wants_json, std::stop_token stop);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    bool wantsJson() const { return m_wants_json; }
    /// Asked when the user interrupts the program.
    std::stop_token stopToken() const { return m_stop; }

    /// Shows how far the work is: one line that renews itself on a terminal; elsewhere a line for every tenth
    /// of the work, or every ten seconds.
    void progress(const Progress& progress, const std::string& details = {});
    OnProgress onProgress();
    /// A sentence that is no failure.
    void remark(std::string_view sentence);
    /// The result, for people or, if they asked, as JSON. A newline is added.
    void result(std::string_view text);

    /// The program's exit status: 0, or 1 with the failure's sentence. Notices if the output could not be
    /// written.
    int finish(const Status& status);

private:
    using Clock = std::chrono::steady_clock;
    bool isDue(const Progress& progress);
    void clearLine();

    bool m_wants_json;
    std::stop_token m_stop;
    bool m_is_terminal;
    bool m_line_is_open = false;
    Clock::time_point m_next_progress;
    double m_next_share = 0;
    std::string m_shown_work;
};

} // namespace chainsong
