#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace chainsong {

/// A set of hashes in nine bits each: what is in is always found, one in 256 of what is not in is found too.
/// A binary fuse filter (Graf and Lemire 2022).
class HashFilter {
public:
    HashFilter() = default;
    /// Of any hashes; duplicates do not matter.
    static HashFilter of(std::vector<std::uint64_t> hashes);
    static constexpr double kFalsePositiveRate = 1.0 / 256;

    bool contains(std::uint64_t hash) const;
    std::uint64_t size() const { return m_size; }

    /// For a file: what remakes it together with the fingerprints.
    std::uint64_t seed() const { return m_seed; }
    std::span<const std::uint8_t> fingerprints() const { return m_fingerprints; }
    /// Fails if the fingerprints are not as many as a filter of this size has.
    static Result<HashFilter> from(
        std::uint64_t size, std::uint64_t seed, std::span<const std::uint8_t> fingerprints);

private:
    struct Shape {
        std::uint32_t segment = 4; // a power of two
        std::uint32_t starts = 0; // places where a hash's first segment place may lie
        std::uint32_t length = 0;
    };
    static Shape shapeOf(std::uint64_t size);
    bool fill(std::span<const std::uint64_t> hashes);

    std::uint64_t m_size = 0;
    std::uint64_t m_seed = 0;
    Shape m_shape;
    std::vector<std::uint8_t> m_fingerprints;
};

} // namespace chainsong
