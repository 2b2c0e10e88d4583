#include "engine/io/midi_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

void require(bool is_true, const char* claim) {
    if (is_true) return;
    std::fprintf(stderr, "not true: %s\n", claim);
    std::abort();
}

} // namespace

/// Any bytes: an answer, and what was read is sound and stable after one pass through the writer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace chainsong;
    const Result<MidiReading> reading = readMidi({data, size}, "fuzz");
    if (!reading) {
        require(!reading.error().what.empty() && reading.error().where == "fuzz",
            "an error is a sentence with its place");
        return 0;
    }
    require(normalised(reading->score) == reading->score, "a score that was read is normalised");
    const Result<MidiReading> again =
        readMidi(writeMidi(reading->score, MidiFlavour::kPerformed, reading->remarks), "again");
    require(static_cast<bool>(again), "what we wrote can be read");
    require(again->score == reading->score, "a score that was read survives writing");
    require(again->remarks == reading->remarks, "so do its remarks");
    const Result<MidiReading> notation =
        readMidi(writeMidi(reading->score, MidiFlavour::kNotation), "notation");
    require(static_cast<bool>(notation), "what we wrote for notation can be read");
    return 0;
}
