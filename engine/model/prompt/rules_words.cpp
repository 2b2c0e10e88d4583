// The rules for what is named: instruments, styles and moods.

#include "engine/base/text.h"
#include "engine/model/prompt/reading.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr double kMostCopies = 8;

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

/// "clarinet, cello and piano trio" names all three: how many of the last list there are.
int countOfLastList(const std::vector<NamedInstrument>& instruments) {
    int count = 0;
    for (auto one = instruments.rbegin(); one != instruments.rend() && one->list == instruments.back().list;
         ++one)
        count += one->count;
    return count;
}

/// "woodwinds only: flute, oboe": the family's name is a heading, its members follow.
bool isNamedBelow(const Reading& reading, std::size_t word) {
    const std::string& name = reading[word].value;
    const bool is_family = reading.is(word, Sense::kEnsemble) || name == "strings" || name == "brass";
    std::size_t i = word + 1;
    while (i < word + 3 && reading.is(i, Sense::kFiller)) ++i;
    if (!is_family || name.find('|') != std::string::npos || !reading.is(i, Sense::kColon)) return false;
    ++i;
    while (i < word + 6 && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kNumber))) ++i;
    return isInstrument(reading, i);
}

/// "duet for cellos": the one instrument behind a group's name is meant as often as it says.
std::size_t readGroup(Reading& reading, std::size_t at) {
    const Term& term = reading[at];
    const int count = term.value[0] - '0';
    std::size_t i = at + 1;
    while (i < at + 3 && reading.is(i, Sense::kFiller)) ++i;
    const bool is_joined = reading.is(i + 1, Sense::kAnd) || reading.is(i + 1, Sense::kComma);
    const bool is_list = is_joined
        && (isInstrument(reading, i + 2) || reading.is(i + 2, Sense::kAnd)
            || reading.is(i + 2, Sense::kNumber));
    if (i == at + 1 || !reading.is(i, Sense::kInstrument) || is_list) {
        reading.groups.push_back({term.value, count, true, 0, 0.7, term.span});
        return 1;
    }
    addInstruments(reading, reading.instruments, i, count, true, reading.spanOf(at, i + 1 - at));
    return i + 1 - at;
}

/// 音符特别密, 音很少: how many notes there are.
std::size_t readAmount(Reading& reading, std::size_t at) {
    std::size_t i = at + 1;
    while (i < at + 3 && (reading.is(i, Sense::kVery) || reading.is(i, Sense::kFiller))) ++i;
    if (!reading.is(i, Sense::kAmount)) return 1;
    reading.demand("density", reading[i].value, reading.spanOf(at, i + 1 - at));
    return i + 1 - at;
}

/// "bass and vibes" names an instrument, "beach vibes" a mood.
bool isVibraphone(const Reading& reading, std::size_t at) {
    if (at == 0) return true;
    const Sense before = reading[at - 1].sense;
    return before == Sense::kAnd || before == Sense::kComma || before == Sense::kOr
        || before == Sense::kNumber || reading[at - 1].value == "for" || reading[at - 1].value == "with";
}

/// The chip of a sense that the style head tells.
std::string_view nameOf(Sense sense) {
    return sense == Sense::kStyle ? "style"
        : sense == Sense::kMood   ? "mood"
        : sense == Sense::kEnergy ? "energy"
                                  : "density";
}

} // namespace

bool isInstrument(const Reading& reading, std::size_t at) {
    return reading.is(at, Sense::kInstrument) || reading.is(at, Sense::kEnsemble);
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
    const bool goes_on = !into.empty() && isSameList(reading, into.back().span, word);
    if (!into.empty() && !goes_on) ++list;
    std::vector<std::string> players = split(names, ',');
    if (goes_on && players.size() > 2 && countOfLastList(into) + 1 == static_cast<int>(players.size())) {
        players.resize(1);
        is_counted = false;
    }
    for (const std::string& name : players)
        into.push_back({name, count, is_counted, list, reading[word].confidence, span});
}

std::size_t readAside(Reading& reading, std::size_t at) {
    std::size_t i = at + 1;
    const bool is_correction = reading.is(at, Sense::kCorrection);
    if (reading.is(at, Sense::kOrdinal)) { // "op. 28", "level: 4"
        while (i < at + 3
            && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kColon)
                || (reading.is(i, Sense::kStop) && reading[i].touches_last)))
            ++i;
        return reading.is(i, Sense::kNumber) ? i + 1 - at : 1;
    }
    if (!reading.is(at, Sense::kAside) && !is_correction) return 0;
    while (i < at + 4 && (reading.is(i, Sense::kFiller) || (is_correction && reading.is(i, Sense::kComma))))
        ++i;
    if (!isInstrument(reading, i)) return 1;
    if (is_correction) {
        reading.instruments.clear();
        return i - at;
    }
    addInstruments(reading, reading.asides, i, 1, false, reading.spanOf(at, i + 1 - at));
    return i + 1 - at;
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
    if (isNamedBelow(reading, word)) return past - at;
    const bool is_lone =
        reading.instruments.empty() || !isSameList(reading, reading.instruments.back().span, word);
    const bool is_counted_behind = reading[word].is_chinese && reading.is(past, Sense::kNumber)
        && reading.is(past + 1, Sense::kMeasureWord) && !isInstrument(reading, past + 2);
    if (is_counted_behind && !is_counted) { // 二胡两把
        count = static_cast<int>(std::clamp(reading[past].number, 1.0, kMostCopies));
        past += 2;
    }
    if (reading.is(past, Sense::kGroup) && is_lone && !is_counted && reading.is(word, Sense::kInstrument)) {
        count = reading[past].value[0] - '0';
        ++past;
    }
    addInstruments(reading, reading.instruments, word, count, count > 1, reading.spanOf(at, past - at));
    return past - at;
}

std::size_t readWord(Reading& reading, std::size_t at) {
    const Term& term = reading[at];
    if (term.is_by_style_head) {
        reading.demand(nameOf(term.sense), term.value, term.span, term.confidence);
        reading.demands.back().source = ChipSource::kStyleHead;
        return 1;
    }
    switch (term.sense) {
    case Sense::kForm: reading.demand("form", term.value, term.span, term.confidence); break;
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
    case Sense::kGroup: return readGroup(reading, at);
    case Sense::kNoteNoun: return readAmount(reading, at);
    case Sense::kVibes:
        if (isVibraphone(reading, at)) addInstruments(reading, reading.instruments, at, 1, false, term.span);
        break;
    case Sense::kNumber:
    case Sense::kUnknown: reading.notUnderstood(term.span); break;
    default: break;
    }
    return 1;
}

} // namespace chainsong
