#include "app/cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace chainsong {
namespace {

constexpr int kWakeUp = SIGUSR1; // from ourselves, to end the waiting

bool isIgnored(int signal) {
    struct sigaction action { };
    sigaction(signal, nullptr, &action);
    return action.sa_handler == SIG_IGN;
}

} // namespace

Interrupt::Interrupt() {
    signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write, not a sudden end
    sigemptyset(&m_signals);
    sigaddset(&m_signals, kWakeUp);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        if (!isIgnored(signal)) sigaddset(&m_signals, signal);
    pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    m_thread = std::jthread([this](std::stop_token quit) { wait(quit); });
}

Interrupt::~Interrupt() {
    m_thread.request_stop();
    pthread_kill(m_thread.native_handle(), kWakeUp);
}

void Interrupt::wait(std::stop_token quit) {
    bool is_second = false;
    while (!quit.stop_requested()) {
        int signal = 0;
        sigwait(&m_signals, &signal);
        if (signal == kWakeUp) continue;
        constexpr int kKilledBySignal = 128;
        if (is_second) _exit(kKilledBySignal + signal);
        is_second = true;
        m_stop.request_stop();
    }
}

} // namespace chainsong
