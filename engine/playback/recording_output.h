#pragma once

#include "engine/playback/output.h"

#include <vector>

namespace chainsong {

/// Writes down what would have sounded, and when. Its clock is moved by hand.
class RecordingOutput final : public Output {
public:
    std::string name() const override { return "a recording"; }
    double now_s() const override { return m_now_s; }
    void send(std::span<const MidiMessage> messages) override {
        m_pending.insert(m_pending.end(), messages.begin(), messages.end());
        settle();
    }
    void sendNow(std::span<const MidiMessage> messages) override {
        m_heard.insert(m_heard.end(), messages.begin(), messages.end());
    }
    double forgetPending() override {
        m_pending.clear();
        return m_now_s;
    }
    void panic() override { ++m_num_panics; }
    bool isAlive() const override { return m_is_alive; }

    void moveTo(double now_s) {
        m_now_s = now_s;
        settle();
    }
    void lose() { m_is_alive = false; }
    /// What has sounded up to now, in order.
    const std::vector<MidiMessage>& heard() const { return m_heard; }
    int numPanics() const { return m_num_panics; }

private:
    void settle() {
        std::size_t due = 0;
        while (due < m_pending.size() && m_pending[due].at_s <= m_now_s) ++due;
        const auto past_due = m_pending.begin() + static_cast<std::ptrdiff_t>(due);
        m_heard.insert(m_heard.end(), m_pending.begin(), past_due);
        m_pending.erase(m_pending.begin(), past_due);
    }

    double m_now_s = 0;
    bool m_is_alive = true;
    int m_num_panics = 0;
    std::vector<MidiMessage> m_pending;
    std::vector<MidiMessage> m_heard;
};

} // namespace chainsong
