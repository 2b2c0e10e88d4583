// Random text against the prompt's grammar: it never crashes, and what it says lies inside the text.

#include "engine/base/text.h"
#include "engine/model/prompt/parser.h"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace chainsong;
    const ParsedPrompt parsed = parsePrompt({reinterpret_cast<const char*>(bytes), size});
    const auto length = static_cast<int>(decodeUtf8(parsed.prompt).size());
    const auto isInside = [length](TextSpan span) {
        return span.first >= 0 && span.first < span.past_last && span.past_last <= length;
    };
    for (const TextSpan& span : parsed.not_understood) require(isInside(span));
    for (const Chip& chip : parsed.chips) {
        require(isInside(chip.evidence));
        require(!chipLabel(chip).empty());
        if (const auto* number = std::get_if<double>(&chip.value)) require(*number >= 1 && *number <= 3600);
    }
    return 0;
}
