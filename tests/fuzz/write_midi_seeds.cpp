// Writes the fuzzer's first files into the folder it is given: hostile ones of the table that are small, and
// a few pieces.
#include "engine/base/atomic_file.h"
#include "tests/io/hostile_midi.h"
#include "tests/io/random_score.h"

#include <cstdio>

int main(int argc, char** argv) {
    using namespace chainsong;
    if (argc != 2) {
        std::fprintf(stderr, "usage: write_midi_seeds FOLDER\n");
        return 2;
    }
    const std::string folder = argv[1];
    std::vector<std::vector<std::uint8_t>> seeds;
    for (const test::HostileMidi& file : test::hostileMidi())
        if (file.bytes.size() <= 4096) seeds.push_back(file.bytes);
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        seeds.push_back(writeMidi(test::randomScore(seed, {.max_tracks = 4, .max_notes_per_track = 8})));
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        const Status written = writeFileAtomically(folder + "/seed-" + std::to_string(i), seeds[i]);
        if (!written) {
            std::fprintf(stderr, "%s\n", sentence(written.error()).c_str());
            return 1;
        }
    }
    return 0;
}
