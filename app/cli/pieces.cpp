#include "app/cli/pieces.h"

#include "engine/io/midi_file.h"

namespace chainsong {

Result<Score> readPiece(const std::string& midi_path, Console& console) {
    auto reading = readMidiFile(midi_path);
    if (!reading) return reading.error();
    for (const std::string& notice : reading->notices) console.remark(midi_path + ": " + notice);
    return std::move(reading->score);
}

PriorPtr loadPriorOrSayWhy(Console& console) {
    LoadedPrior loaded = loadPrior();
    if (loaded.is_rules_only) console.remark(std::string(kRulesOnlyNotice) + " (" + loaded.reason + ")");
    return loaded.prior;
}

} // namespace chainsong
