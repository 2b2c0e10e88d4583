#pragma once

#include "engine/music/note.h"

#include <array>
#include <atomic>
#include <cstdint>

namespace chainsong {

/// A straight piece of the playhead's way.
struct PlayheadLeg {
    double from_s = 0;
    double from_tick = 0;
    double ticks_per_s = 0;
};

/// Where the playhead is now and after the next jump. The second leg holds from its `from_s` on.
struct PlayheadPath {
    std::array<PlayheadLeg, 2> legs;

    Tick tickAt(double time_s) const {
        const PlayheadLeg& leg = time_s < legs[1].from_s ? legs[0] : legs[1];
        const double passed_s = time_s > leg.from_s ? time_s - leg.from_s : 0;
        return {static_cast<std::int64_t>(leg.from_tick + passed_s * leg.ticks_per_s)};
    }
};

/// A path that one thread writes and others read, without a lock: a sequence lock over atomics. Each value is
/// stored with release and loaded with acquire, so that a reader who meets a new value also meets the odd
/// sequence number.
class SharedPlayhead {
public:
    void write(const PlayheadPath& path) {
        const std::uint32_t before = m_sequence.load(std::memory_order_relaxed);
        m_sequence.store(before + 1, std::memory_order_relaxed);
        for (std::size_t i = 0; i < 2; ++i) {
            m_values[3 * i].store(path.legs[i].from_s, std::memory_order_release);
            m_values[3 * i + 1].store(path.legs[i].from_tick, std::memory_order_release);
            m_values[3 * i + 2].store(path.legs[i].ticks_per_s, std::memory_order_release);
        }
        m_sequence.store(before + 2, std::memory_order_release);
    }
    PlayheadPath read() const {
        while (true) {
            const std::uint32_t before = m_sequence.load(std::memory_order_acquire);
            PlayheadPath path;
            for (std::size_t i = 0; i < 2; ++i) {
                path.legs[i].from_s = m_values[3 * i].load(std::memory_order_acquire);
                path.legs[i].from_tick = m_values[3 * i + 1].load(std::memory_order_acquire);
                path.legs[i].ticks_per_s = m_values[3 * i + 2].load(std::memory_order_acquire);
            }
            if (before % 2 == 0 && m_sequence.load(std::memory_order_relaxed) == before) return path;
        }
    }

private:
    std::atomic<std::uint32_t> m_sequence = 0;
    std::array<std::atomic<double>, 6> m_values{};
};

} // namespace chainsong
