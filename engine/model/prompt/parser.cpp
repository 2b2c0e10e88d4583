#include "engine/model/prompt/parser.h"

#include "engine/base/text.h"
#include "engine/model/prompt/reading.h"

#include <algorithm>
#include <array>

namespace chainsong {
namespace {

/// Enough bytes for the longest prompt: no more of a huge one is looked at.
constexpr std::size_t kMaxPromptBytes = 4 * (kMaxPromptCharacters + 1);

void readAll(Reading& reading) {
    // In this order: "not too fast" is not fast, "in three minutes" no metre, 四三拍 no tempo of 43.
    constexpr std::array kRules = {
        readNegation, readAside, readLength, readVoices, readMetre, readTempo, readInstrument, readWord};
    for (std::size_t at = 0; at < reading.size();) {
        std::size_t num_terms = 0;
        for (const auto rule : kRules)
            if ((num_terms = rule(reading, at)) > 0) break;
        at += num_terms;
    }
}

} // namespace

ParsedPrompt parsePrompt(std::string_view prompt) {
    ParsedPrompt parsed;
    std::u32string text = decodeUtf8(prompt.substr(0, kMaxPromptBytes));
    if (text.size() > kMaxPromptCharacters) {
        text.resize(kMaxPromptCharacters);
        parsed.notices.push_back(
            "the text was cut after " + std::to_string(kMaxPromptCharacters) + " characters");
    }
    parsed.prompt = encodeUtf8(text);
    Reading reading(termsOf(tokensOf(text)));
    readAll(reading);
    parsed.chips = chipsOf(reading);
    parsed.not_understood = std::move(reading.not_understood);
    std::sort(parsed.not_understood.begin(), parsed.not_understood.end(),
        [](const TextSpan& a, const TextSpan& b) { return a.first < b.first; });
    parsed.notices.insert(parsed.notices.end(), reading.notices.begin(), reading.notices.end());
    return parsed;
}

std::vector<Chip> merged(const std::vector<Chip>& parsed, const std::vector<Chip>& edited) {
    std::vector<Chip> chips;
    for (const Chip& chip : parsed)
        if (!findChip(edited, chip.name)) chips.push_back(chip);
    chips.insert(chips.end(), edited.begin(), edited.end());
    return chips;
}

} // namespace chainsong
