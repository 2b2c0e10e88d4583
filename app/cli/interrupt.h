#pragma once

#include <signal.h>

#include <stop_token>
#include <thread>

namespace chainsong {

/// Turns Ctrl+C and the system's wish to end the program into a stop request; a second one ends it at once.
/// What the user had ignored (nohup, a background job) stays ignored. To be made before any other thread, so
/// that all of them leave these signals to it.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }

private:
    void wait(std::stop_token quit);

    sigset_t m_signals;
    std::stop_source m_stop;
    std::jthread m_thread; // last member
};

} // namespace chainsong
