#include "engine/model/phrases/hash_filter.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsong {
namespace {

std::uint64_t seeded(std::uint64_t hash, std::uint64_t seed) { // MurmurHash3's finaliser
    hash += seed;
    hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDull;
    hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53ull;
    return hash ^ (hash >> 33);
}

std::uint8_t fingerprintOf(std::uint64_t hash) { return static_cast<std::uint8_t>(hash ^ (hash >> 32)); }

/// Three places in three segments that follow each other.
std::array<std::uint32_t, 3> placesOf(std::uint64_t hash, std::uint32_t segment, std::uint32_t starts) {
    const auto first = static_cast<std::uint32_t>((hash >> 32) * starts >> 32);
    const std::uint32_t mask = segment - 1;
    return {first, (first + segment) ^ (static_cast<std::uint32_t>(hash >> 18) & mask),
        (first + 2 * segment) ^ (static_cast<std::uint32_t>(hash) & mask)};
}

} // namespace

HashFilter::Shape HashFilter::shapeOf(std::uint64_t size) {
    const double n = std::max(2.0, static_cast<double>(size));
    Shape shape;
    const int bits = static_cast<int>(std::floor(std::log(n) / std::log(3.33) + 2.25));
    shape.segment = 1u << std::clamp(bits, 2, 18);
    const double factor = std::max(1.125, 0.875 + 0.25 * std::log(1e6) / std::log(n));
    const auto room = static_cast<std::uint64_t>(std::ceil(n * factor));
    const auto segments = std::max<std::uint64_t>(3, (room + shape.segment - 1) / shape.segment);
    shape.starts = static_cast<std::uint32_t>((segments - 2) * shape.segment);
    shape.length = static_cast<std::uint32_t>(segments * shape.segment);
    return shape;
}

bool HashFilter::contains(std::uint64_t hash) const {
    if (m_size == 0) return false;
    const std::uint64_t own = seeded(hash, m_seed);
    std::uint8_t found = fingerprintOf(own);
    for (const std::uint32_t place : placesOf(own, m_shape.segment, m_shape.starts))
        found ^= m_fingerprints[place];
    return found == 0;
}

/// Peels the places that only one hash still uses, then fills them in the opposite order. False: another seed
/// is needed.
bool HashFilter::fill(std::span<const std::uint64_t> hashes) {
    std::vector<std::uint64_t> sums(m_shape.length); // of the hashes that use a place, by exclusive or
    std::vector<std::uint32_t> counts(m_shape.length);
    const auto places = [this](std::uint64_t own) { return placesOf(own, m_shape.segment, m_shape.starts); };
    for (const std::uint64_t hash : hashes) {
        const std::uint64_t own = seeded(hash, m_seed);
        for (const std::uint32_t place : places(own)) {
            sums[place] ^= own;
            ++counts[place];
        }
    }
    std::vector<std::uint32_t> lonely;
    for (std::uint32_t place = 0; place < m_shape.length; ++place)
        if (counts[place] == 1) lonely.push_back(place);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> peeled;
    while (!lonely.empty()) {
        const std::uint32_t place = lonely.back();
        lonely.pop_back();
        if (counts[place] != 1) continue;
        const std::uint64_t own = sums[place];
        peeled.emplace_back(own, place);
        for (const std::uint32_t other : places(own)) {
            sums[other] ^= own;
            if (--counts[other] == 1) lonely.push_back(other);
        }
    }
    if (peeled.size() != hashes.size()) return false;
    m_fingerprints.assign(m_shape.length, 0);
    for (std::size_t i = peeled.size(); i-- > 0;) {
        const auto [own, place] = peeled[i];
        std::uint8_t value = fingerprintOf(own);
        for (const std::uint32_t other : places(own))
            if (other != place) value ^= m_fingerprints[other];
        m_fingerprints[place] = value;
    }
    return true;
}

HashFilter HashFilter::of(std::vector<std::uint64_t> hashes) {
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    HashFilter filter;
    if (hashes.empty()) return filter;
    filter.m_size = hashes.size();
    filter.m_shape = shapeOf(filter.m_size);
    for (filter.m_seed = 1; !filter.fill(hashes); ++filter.m_seed) { } // one seed in a hundred fails
    return filter;
}

Result<HashFilter> HashFilter::from(
    std::uint64_t size, std::uint64_t seed, std::span<const std::uint8_t> fingerprints) {
    HashFilter filter;
    if (size == 0 && fingerprints.empty()) return filter;
    constexpr std::uint64_t kMost = 1ull << 31;
    if (size == 0 || size > kMost || shapeOf(size).length != fingerprints.size())
        return Error{"the filter's size and its content do not agree"};
    filter.m_size = size;
    filter.m_seed = seed;
    filter.m_shape = shapeOf(size);
    filter.m_fingerprints.assign(fingerprints.begin(), fingerprints.end());
    return filter;
}

} // namespace chainsong
