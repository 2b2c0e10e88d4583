#pragma once

#include "engine/playback/output.h"

#include <chrono>

namespace chainsong {

/// Keeps time and makes no sound: the playhead moves where there is no sound card.
class SilentOutput final : public Output {
public:
    std::string name() const override { return "silence"; }
    double now_s() const override {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }
    void send(std::span<const MidiMessage>) override { }
    void sendNow(std::span<const MidiMessage>) override { }
    double forgetPending() override { return now_s(); }
    void panic() override { }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace chainsong
