#include "engine/model/phrases/runs.h"

#include <algorithm>
#include <cstdlib>

namespace chainsong {
namespace {

std::uint64_t mixed(std::uint64_t value) { // SplitMix64's finaliser
    value += 0x9E3779B97F4A7C15ull;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBull;
    return value ^ (value >> 31);
}

constexpr std::uint64_t kBase = 0x5851F42D4C957F2Dull; // of the rolling polynomial

} // namespace

RunStep runStep(int from_key, int to_key, int duration_steps) {
    return static_cast<RunStep>((to_key - from_key + 128) << 8 | std::clamp(duration_steps, 0, 255));
}

std::vector<RunStep> runStepsOf(const Voice& voice) {
    std::vector<RunStep> steps;
    for (std::size_t i = 0; i + 1 < voice.notes.size(); ++i)
        steps.push_back(runStep(voice.notes[i].key, voice.notes[i + 1].key,
            static_cast<int>(voice.notes[i].length.value / kTicksPerStep)));
    return steps;
}

std::uint64_t gramHash(std::span<const RunStep> steps) {
    std::uint64_t sum = 0;
    for (const RunStep step : steps) sum = sum * kBase + mixed(step);
    return mixed(sum);
}

std::vector<std::uint64_t> gramHashes(std::span<const RunStep> steps, int length) {
    std::vector<std::uint64_t> hashes;
    const auto size = static_cast<std::size_t>(length);
    if (length < 1 || steps.size() < size) return hashes;
    std::uint64_t leaving = 1, sum = 0; // kBase^length
    for (std::size_t i = 0; i < size; ++i) leaving *= kBase;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        sum = sum * kBase + mixed(steps[i]);
        if (i >= size) sum -= leaving * mixed(steps[i - size]);
        if (i + 1 >= size) hashes.push_back(mixed(sum));
    }
    return hashes;
}

} // namespace chainsong
