// The rules for what is named: instruments, what is not wanted, styles and moods.

#include "engine/base/text.h"
#include "engine/model/prompt/reading.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr double kMostCopies = 8;

bool isInstrument(const Reading& reading, std::size_t at) {
    return reading.is(at, Sense::kInstrument) || reading.is(at, Sense::kEnsemble);
}

/// True if nothing but joints of an enumeration stands between two instruments.
bool isSameList(const Reading& reading, TextSpan last, std::size_t at) {
    for (std::size_t i = at; i-- > 0 && reading[i].span.first >= last.past_last;) {
        const Sense sense = reading[i].sense;
        if (sense != Sense::kAnd && sense != Sense::kComma && sense != Sense::kOr && sense != Sense::kNumber
            && sense != Sense::kMeasureWord)
            return false;
    }
    return true;
}

void addInstruments(Reading& reading, std::vector<NamedInstrument>& into, std::size_t word, int count,
    bool is_counted, TextSpan span) {
    std::string names = reading[word].value;
    if (reading.is(word, Sense::kEnsemble)) {
        is_counted = true;
        const std::size_t bar = names.find('|');
        if (bar != std::string::npos) {
            const std::string also = names.substr(0, bar);
            if (&into == &reading.instruments) {
                if (also == "4")
                    reading.demandNumber("voices", 4, 1, kMostCopies, span);
                else
                    reading.demand("style", also, span);
            }
            names.erase(0, bar + 1);
        }
    }
    int list = into.empty() ? 0 : into.back().list;
    if (!into.empty() && !isSameList(reading, into.back().span, word)) ++list;
    for (const std::string& name : split(names, ','))
        into.push_back({name, count, is_counted, list, reading[word].confidence, span});
}

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
        std::size_t next = i + 1;
        if (is_comma && (reading.is(next, Sense::kOr) || reading.is(next, Sense::kAnd))) ++next;
        while (isDeterminer(reading[next])) ++next;
        if (!isInstrument(reading, next)) break;
        is_open = is_comma && next == i + 1;
        if (!is_open) end = next + 1;
        i = next + 1;
    }
    return end;
}

std::string flipped(const std::string& level, bool is_too) {
    if (level == "high") return is_too ? "medium" : "low";
    return "medium";
}

} // namespace

std::size_t readNegation(Reading& reading, std::size_t at) {
    if (!reading.is(at, Sense::kNegation)) return 0;
    std::size_t i = at + 1;
    bool is_too = false;
    while (i < at + 5
        && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kToo) || reading.is(i, Sense::kVery)
            || reading.is(i, Sense::kMeasureWord))) {
        is_too = is_too || !reading.is(i, Sense::kFiller);
        ++i;
    }
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
        reading.tempo_words.push_back(
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

std::size_t readInstrument(Reading& reading, std::size_t at) {
    std::size_t word = at;
    int count = 1;
    const bool is_counted = reading.is(at, Sense::kNumber);
    if (is_counted) {
        ++word;
        while (word < at + 3 && (reading.is(word, Sense::kMeasureWord) || reading[word].value == "个"))
            ++word;
        if (!isInstrument(reading, word)) return 0;
        const double wanted = reading[at].number;
        count = static_cast<int>(std::clamp(wanted, 1.0, kMostCopies));
        if (count != wanted) reading.notices.push_back("a piece has at most 8 voices");
    }
    if (!isInstrument(reading, word)) return 0;
    std::size_t past = word + 1;
    const bool is_lone =
        reading.instruments.empty() || !isSameList(reading, reading.instruments.back().span, word);
    if (reading.is(past, Sense::kGroup) && is_lone && !is_counted && reading.is(word, Sense::kInstrument)) {
        count = reading[past].value[0] - '0';
        ++past;
    }
    addInstruments(reading, reading.instruments, word, count, count > 1, reading.spanOf(at, past - at));
    return past - at;
}

std::size_t readWord(Reading& reading, std::size_t at) {
    const Term& term = reading[at];
    switch (term.sense) {
    case Sense::kKey: reading.demand("key", term.value, term.span, term.confidence); break;
    case Sense::kMode: reading.demand("mode", term.value, term.span, term.confidence); break;
    case Sense::kMetre: reading.demand("metre", term.value, term.span, term.confidence); break;
    case Sense::kStyle: reading.demand("style", term.value, term.span, term.confidence); break;
    case Sense::kMood: reading.demand("mood", term.value, term.span, term.confidence); break;
    case Sense::kEnergy: reading.demand("energy", term.value, term.span, term.confidence); break;
    case Sense::kDensity: reading.demand("density", term.value, term.span, term.confidence); break;
    case Sense::kLength:
        reading.lengths.push_back(
            {"bars", term.value == "8" ? 8.0 : 32.0, 1, ChipSource::kGrammar, 0.5, term.span});
        break;
    case Sense::kGroup:
        reading.groups.push_back({term.value, term.value[0] - '0', true, 0, 0.7, term.span});
        break;
    case Sense::kNumber:
    case Sense::kUnknown: reading.notUnderstood(term.span); break;
    default: break;
    }
    return 1;
}

} // namespace chainsong
