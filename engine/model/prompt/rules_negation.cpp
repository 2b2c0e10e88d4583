// The rules for what is not wanted.

#include "engine/model/prompt/reading.h"

#include <algorithm>
#include <array>

namespace chainsong {
namespace {

bool isDeterminer(const Term& term) {
    return term.value == "a" || term.value == "an" || term.value == "the" || term.value == "any";
}

/// The end of a list of unwanted instruments: over "or" and "and", and over commas that such a joint closes.
std::size_t listEnd(const Reading& reading, std::size_t first) {
    std::size_t end = first + 1;
    bool is_open = false; // after a comma, until "or" closes the list
    for (std::size_t i = first + 1;;) {
        const bool joins = reading.is(i, Sense::kOr) || reading.is(i, Sense::kAnd);
        const bool is_comma = reading.is(i, Sense::kComma);
        if (!joins && !is_comma) break;
        // Chinese parts the items of a list by 、 and its sentences by ，.
        if (is_comma && reading[first].is_chinese && reading[i].value == ",") break;
        std::size_t next = i + 1;
        if (is_comma && (reading.is(next, Sense::kOr) || reading.is(next, Sense::kAnd))) ++next;
        while (isDeterminer(reading[next])) ++next;
        if (!isInstrument(reading, next)) break;
        is_open = is_comma && next == i + 1;
        if (!is_open) end = next + 1;
        i = next + 1;
    }
    std::size_t past = end;
    while (past < end + 2 && reading.is(past, Sense::kFiller)) ++past;
    if (!reading.is(past, Sense::kFine)) return end;
    for (std::size_t i = first; i < end; ++i) // "leave out the violins, cello and viola are fine"
        if (reading.is(i, Sense::kComma)) return i;
    return end;
}

/// 鼓就不要了: what stands before the negation in its clause is not wanted.
bool takeBack(Reading& reading, std::size_t at) {
    constexpr std::array<std::string_view, 12> kVerbs{"不要", "不用", "不需要", "不想要", "去掉", "别用",
        "别", "不要有", "没有", "千万别", "千万不要", "别加"};
    constexpr std::size_t kFarthest = 24;
    if (std::find(kVerbs.begin(), kVerbs.end(), reading[at].value) == kVerbs.end()) return false;
    std::size_t last = at;
    while (last > 0 && (reading.is(last - 1, Sense::kFiller) || reading.is(last - 1, Sense::kOr))) --last;
    if (last == 0 || !isInstrument(reading, last - 1)) return false;
    std::size_t first = last - 1;
    while (first > 0 && at - first < kFarthest && !reading.is(first - 1, Sense::kStop)
        && !(reading.is(first - 1, Sense::kComma) && reading[first - 1].value == ","))
        --first;
    auto& wanted = reading.instruments;
    const auto moved = std::find_if(wanted.begin(), wanted.end(),
        [&](const NamedInstrument& one) { return one.span.first >= reading[first].span.first; });
    reading.without.insert(reading.without.end(), moved, wanted.end());
    wanted.erase(moved, wanted.end());
    return true;
}

std::string flipped(const std::string& level, bool is_too) {
    if (level == "high") return is_too ? "medium" : "low";
    return "medium";
}

} // namespace

std::size_t readNegation(Reading& reading, std::size_t at) {
    if (reading.is(at, Sense::kLacking)) {
        reading.without.push_back({reading[at].value, 1, false, 0, reading[at].confidence, reading[at].span});
        return 1;
    }
    if (!reading.is(at, Sense::kNegation)) return 0;
    std::size_t i = at + 1;
    bool is_too = false;
    while (i < at + 5
        && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kToo) || reading.is(i, Sense::kVery)
            || reading.is(i, Sense::kMeasureWord))) {
        is_too = is_too || !reading.is(i, Sense::kFiller);
        ++i;
    }
    const bool ends = i >= reading.size() || reading.is(i, Sense::kComma) || reading.is(i, Sense::kStop);
    if (ends && takeBack(reading, at)) return i - at;
    const TextSpan span = reading.spanOf(at, std::min(i + 1, reading.size()) - at);
    if (isInstrument(reading, i)) {
        const std::size_t end = listEnd(reading, i);
        for (std::size_t k = i; k < end; ++k)
            if (isInstrument(reading, k))
                addInstruments(reading, reading.without, k, 1, false, k == i ? span : reading[k].span);
        return end - at;
    }
    switch (reading[i].sense) {
    case Sense::kTempo: {
        constexpr double kModerateLow = 92, kModerateHigh = 112;
        reading.moderate_tempos.push_back(
            {"tempo_range", std::pair(kModerateLow, kModerateHigh), 1, ChipSource::kGrammar, 0.8, span});
        return i + 1 - at;
    }
    case Sense::kDensity:
        // "not too many notes" asks for few; "not too sparse" for some.
        reading.demand("density", flipped(reading[i].value, false), span, 0.8);
        return i + 1 - at;
    case Sense::kEnergy:
        reading.demand("energy", flipped(reading[i].value, is_too), span, 0.8);
        return i + 1 - at;
    case Sense::kMood:
    case Sense::kStyle:
    case Sense::kMode:
    case Sense::kKey:
    case Sense::kMetre:
    case Sense::kNoun:
    case Sense::kUnknown: reading.notUnderstood(span); return i + 1 - at;
    default: reading.notUnderstood(reading[at].span); return 1;
    }
}

} // namespace chainsong
