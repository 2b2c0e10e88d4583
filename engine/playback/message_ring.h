#pragma once

#include "engine/playback/message.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainsong {

/// A message with the frame it belongs to and the age it was sent in.
struct TimedMessage {
    std::int64_t at_frame = 0;
    std::uint16_t age = 0;
    MidiMessage message;
};

/// Hands messages from one thread to one other, without a lock.
class MessageRing {
public:
    explicit MessageRing(std::size_t capacity)
        : m_slots(capacity + 1) { }
    /// Writer. False if it is full.
    bool push(const TimedMessage& message) {
        const std::size_t at = m_written.load(std::memory_order_relaxed);
        const std::size_t next = (at + 1) % m_slots.size();
        if (next == m_read.load(std::memory_order_acquire)) return false;
        m_slots[at] = message;
        m_written.store(next, std::memory_order_release);
        return true;
    }
    /// Reader. Null if it is empty; the message stays until pop().
    const TimedMessage* front() const {
        const std::size_t at = m_read.load(std::memory_order_relaxed);
        return at == m_written.load(std::memory_order_acquire) ? nullptr : &m_slots[at];
    }
    void pop() {
        const std::size_t at = m_read.load(std::memory_order_relaxed);
        m_read.store((at + 1) % m_slots.size(), std::memory_order_release);
    }

private:
    std::vector<TimedMessage> m_slots;
    std::atomic<std::size_t> m_written = 0;
    std::atomic<std::size_t> m_read = 0;
};

} // namespace chainsong
