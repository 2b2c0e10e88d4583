// The rules for what is counted and measured: metre, length, voices, octaves.

#include "engine/base/numbers.h"
#include "engine/model/prompt/reading.h"
#include "engine/music/score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace chainsong {
namespace {

constexpr double kLeastBars = 1, kMostBars = 512;
constexpr double kLeastSeconds = 1, kMostSeconds = 3600;
constexpr double kMostVoices = 8, kMostOctaves = 8;

bool isMetreUnit(double number) { return number == 2 || number == 4 || number == 8 || number == 16; }

/// Metres from two digits said together: 四三拍 and 三四拍 are both 3/4, 六八拍 is 6/8.
Metre metreOfDigits(int first, int second) {
    const bool first_is_unit = isMetreUnit(first), second_is_unit = isMetreUnit(second);
    if (first_is_unit && second_is_unit) return {std::min(first, second), std::max(first, second)};
    return first_is_unit ? Metre{second, first} : Metre{first, second};
}

/// "in three", 三拍子: beats of a quarter, or of an eighth where six, nine or twelve are counted.
Metre metreOfBeats(int beats) { return {beats, beats == 6 || beats == 9 || beats == 12 ? 8 : 4}; }

std::size_t takeMetre(Reading& reading, std::size_t at, std::size_t num_terms, double beats, double unit,
    double confidence = 1) {
    const bool is_sane = beats >= 1 && beats <= 32 && unit >= 1 && unit <= 64 && std::floor(beats) == beats;
    const auto metre = parseMetre(is_sane ? formatNumber(beats) + "/" + formatNumber(unit) : std::string());
    if (metre) {
        reading.demand("metre", metreName(*metre), reading.spanOf(at, num_terms), confidence);
    } else {
        reading.notUnderstood(reading.spanOf(at, num_terms));
        reading.notices.push_back("a metre has 1 to 32 beats of a 1/1 to 1/64 note, like 3/4 or 6/8");
    }
    return num_terms;
}

bool endsMetre(const Reading& reading, std::size_t at) {
    return reading.is(at, Sense::kBeats) || reading.is(at, Sense::kTimeNoun);
}

std::size_t readBars(Reading& reading, std::size_t at) {
    if (reading.is(at, Sense::kBars)
        && (reading.is(at + 1, Sense::kColon) || reading.is(at + 1, Sense::kEquals))
        && reading.is(at + 2, Sense::kNumber)) {
        reading.demandNumber(
            "bars", std::floor(reading[at + 2].number), kLeastBars, kMostBars, reading.spanOf(at, 3));
        return 3;
    }
    if (!reading.is(at, Sense::kNumber) && !reading.is(at, Sense::kBetween)) return 0;
    const auto range = rangeAt(reading, at);
    if (!range || !reading.is(at + range->num_terms, Sense::kBars)) return 0;
    const std::size_t num_terms = range->num_terms + 1;
    if (range->low != range->high)
        reading.notices.push_back(formatNumber(range->low) + " to " + formatNumber(range->high)
            + " bars were asked for; the larger number counts");
    reading.demandNumber(
        "bars", std::floor(range->high), kLeastBars, kMostBars, reading.spanOf(at, num_terms));
    return num_terms;
}

std::size_t takeSeconds(Reading& reading, std::size_t at, std::size_t past, double seconds) {
    reading.demandNumber("seconds", seconds, kLeastSeconds, kMostSeconds, reading.spanOf(at, past - at));
    return past - at;
}

/// Behind "two minutes": "and a half", "半", "30 seconds"; moves `i` past it.
double secondsBehindMinutes(const Reading& reading, std::size_t& i) {
    std::size_t next = i;
    while (next < i + 2 && (reading.is(next, Sense::kAnd) || reading[next].value == "a")) ++next;
    if (reading.is(next, Sense::kHalf)) {
        i = next + 1;
        return 30;
    }
    if (reading.is(next, Sense::kNumber) && reading.is(next + 1, Sense::kSeconds)) {
        i = next + 2;
        return reading[next].number;
    }
    return 0;
}

std::size_t readDuration(Reading& reading, std::size_t at) {
    if (reading.is(at, Sense::kHalf)) {
        const std::size_t unit = at + (reading[at + 1].value == "a" ? 2 : 1);
        return reading.is(unit, Sense::kMinutes) ? takeSeconds(reading, at, unit + 1, 30) : 0;
    }
    std::size_t i = at + 1;
    double count = reading[at].number;
    if (reading[at].value == "a" && reading.is(i, Sense::kMinutes))
        count = 1;
    else if (!reading.is(at, Sense::kNumber))
        return 0;
    if (reading.is(i, Sense::kSlash) && reading.is(i + 1, Sense::kNumber)
        && reading.is(i + 2, Sense::kMinutes)) {
        count /= std::max(reading[i + 1].number, 1.0);
        i += 2;
    }
    if (reading.is(i, Sense::kColon) && reading.is(i + 1, Sense::kNumber) && reading[i].touches_last
        && reading[i + 1].touches_last && reading[i + 1].number < 60) {
        const std::size_t past = i + 2 + (reading.is(i + 2, Sense::kMinutes) ? 1 : 0);
        return takeSeconds(reading, at, past, count * 60 + reading[i + 1].number);
    }
    if (reading.is(i, Sense::kAnd) && reading[i + 1].value == "a" && reading.is(i + 2, Sense::kHalf)
        && reading.is(i + 3, Sense::kMinutes))
        return takeSeconds(reading, at, i + 4, count * 60 + 30); // "two and a half minutes"
    if (reading.is(i, Sense::kSeconds)) return takeSeconds(reading, at, i + 1, count);
    if (reading.is(i, Sense::kMinuteAndHalf)) return takeSeconds(reading, at, i + 1, count * 60 + 30);
    if (!reading.is(i, Sense::kMinutes)) return 0;
    ++i;
    const bool is_rate = reading.is(i, Sense::kNumber) && reading.is(i + 1, Sense::kBeats);
    if (is_rate && count == 1) return 0; // 一分钟96拍
    const double more = secondsBehindMinutes(reading, i);
    return takeSeconds(reading, at, i, count * 60 + more);
}

} // namespace

std::size_t readMetre(Reading& reading, std::size_t at) {
    const Term& first = reading[at];
    if (reading.is(at, Sense::kIn) && reading.is(at + 1, Sense::kNumber) && reading[at + 1].number >= 2
        && reading[at + 1].number <= 12) {
        const Sense behind = reading[at + 2].sense;
        const bool stands_alone = behind == Sense::kStop || behind == Sense::kComma
            || behind == Sense::kFiller || behind == Sense::kTimeNoun || behind == Sense::kKey
            || behind == Sense::kAt;
        if (stands_alone) {
            const Metre metre = metreOfBeats(static_cast<int>(reading[at + 1].number));
            return takeMetre(reading, at, 2, metre.beats, metre.unit, 0.9);
        }
    }
    if (first.sense != Sense::kNumber) return 0;
    if (reading.is(at + 1, Sense::kSlash) && reading.is(at + 2, Sense::kNumber)) {
        if (reading.is(at + 3, Sense::kMinutes)) return 0;
        return takeMetre(
            reading, at, endsMetre(reading, at + 3) ? 4 : 3, first.number, reading[at + 2].number);
    }
    if (reading.is(at + 1, Sense::kFractionOf) && reading.is(at + 2, Sense::kNumber))
        return takeMetre(
            reading, at, endsMetre(reading, at + 3) ? 4 : 3, reading[at + 2].number, first.number);
    if (first.is_chinese && first.value.size() == 2 && reading.is(at + 1, Sense::kBeats)) {
        const Metre metre = metreOfDigits(first.value[0] - '0', first.value[1] - '0');
        return takeMetre(reading, at, 2, metre.beats, metre.unit);
    }
    const bool is_chinese_pair = first.is_chinese && reading.is(at + 1, Sense::kNumber)
        && reading[at + 1].is_chinese && reading.is(at + 2, Sense::kBeats);
    if (is_chinese_pair) return takeMetre(reading, at, 3, first.number, reading[at + 1].number);
    if (reading.is(at + 1, Sense::kBeats) && first.number >= 2 && first.number <= 12) {
        const Metre metre = metreOfBeats(static_cast<int>(first.number));
        return takeMetre(reading, at, 2, metre.beats, metre.unit, 0.9);
    }
    const Term& second = reading[at + 1];
    const bool is_pair =
        first.is_words && !first.is_chinese && second.sense == Sense::kNumber && second.is_words;
    const Sense behind = reading[at + 2].sense;
    if (is_pair && isMetreUnit(second.number) && first.number >= 2 && first.number <= 15
        && behind != Sense::kBars && behind != Sense::kInstrument && behind != Sense::kVoiceUnit)
        return takeMetre(reading, at, endsMetre(reading, at + 2) ? 3 : 2, first.number, second.number, 0.95);
    return 0;
}

std::size_t readLength(Reading& reading, std::size_t at) {
    if (const std::size_t num_terms = readBars(reading, at)) return num_terms;
    return readDuration(reading, at);
}

std::size_t readVoices(Reading& reading, std::size_t at) {
    if (reading.is(at, Sense::kVoices)) {
        reading.demandNumber(
            "voices", parseNumber(reading[at].value).value_or(1), 1, kMostVoices, reading[at].span);
        return 1;
    }
    const bool is_one = reading[at].value == "一个"; // filler elsewhere
    if (!reading.is(at, Sense::kNumber) && !is_one) return 0;
    const bool is_voice = reading.is(at + 1, Sense::kVoiceUnit)
        || (reading.is(at + 1, Sense::kInstrument) && reading[at + 1].value == "voice"
            && !reading[at + 1].is_chinese);
    const double number = is_one ? 1 : std::floor(reading[at].number);
    if (is_voice)
        reading.demandNumber("voices", number, 1, kMostVoices, reading.spanOf(at, 2));
    else if (reading.is(at + 1, Sense::kOctaveUnit))
        reading.demandNumber("octaves", number, 1, kMostOctaves, reading.spanOf(at, 2));
    else
        return 0;
    return 2;
}

} // namespace chainsong
