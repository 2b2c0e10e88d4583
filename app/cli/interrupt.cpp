#include "app/cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace chainsong {
namespace {

sigset_t endingSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    return signals;
}

} // namespace

Interrupt::Interrupt() {
    signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write, not a sudden end
    const sigset_t signals = endingSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_thread = std::jthread([this](std::stop_token quit) { wait(quit); });
}

Interrupt::~Interrupt() {
    m_thread.request_stop();
    pthread_kill(m_thread.native_handle(), SIGTERM); // wakes it; it is the only one to take the signal
}

void Interrupt::wait(std::stop_token quit) {
    const sigset_t signals = endingSignals();
    for (bool is_second = false;; is_second = true) {
        int signal = 0;
        sigwait(&signals, &signal);
        if (quit.stop_requested()) return;
        constexpr int kKilledBySignal = 128;
        if (is_second) _exit(kKilledBySignal + signal);
        m_stop.request_stop();
    }
}

} // namespace chainsong
