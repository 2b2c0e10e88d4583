// The rules for what is counted and measured: metre, tempo, length, voices, octaves.

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
constexpr double kLeastBareTempo = 30; // below, "at 12" or "12拍" is no tempo

bool isMetreUnit(double number) { return number == 2 || number == 4 || number == 8 || number == 16; }

/// One number or "60-76", "between 60 and 76", "从60到76".
struct Range {
    double low = 0;
    double high = 0;
    std::size_t num_terms = 0;
};
std::optional<Range> rangeAt(const Reading& reading, std::size_t at) {
    std::size_t i = at;
    while (i < at + 3 && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kBetween))) ++i;
    const bool is_between = i > at && reading.is(i - 1, Sense::kBetween);
    if (!reading.is(i, Sense::kNumber)) return std::nullopt;
    const double first = reading[i].number;
    const bool is_joined = reading.is(i + 1, Sense::kTo) || (is_between && reading.is(i + 1, Sense::kAnd));
    if (!is_joined || !reading.is(i + 2, Sense::kNumber)) return Range{first, first, i + 1 - at};
    const double second = reading[i + 2].number;
    std::size_t past = i + 3;
    while (past < i + 4 && reading[past].value == "之间") ++past;
    return Range{std::min(first, second), std::max(first, second), past - at};
}

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

std::size_t takeTempo(Reading& reading, std::size_t at, std::size_t num_terms, Range range, double quarters,
    double confidence = 1) {
    const TextSpan span = reading.spanOf(at, num_terms);
    const double low = range.low * quarters, high = range.high * quarters;
    if (low == high) {
        reading.demandNumber("tempo_bpm", low, kLeastTempoBpm, kMostTempoBpm, span, confidence);
        return num_terms;
    }
    const auto inside = [](double bpm) { return std::clamp(bpm, kLeastTempoBpm, kMostTempoBpm); };
    if (inside(low) != low || inside(high) != high)
        reading.notices.push_back("tempo_bpm can be 20 to 300; the range was cut to that");
    reading.demand("tempo_range", std::pair(inside(low), inside(high)), span, confidence);
    return num_terms;
}

/// "♩ = 96", "dotted quarter = 40", "Viertel = 96".
std::size_t readNoteTempo(Reading& reading, std::size_t at) {
    std::size_t i = at;
    double quarters = 1;
    if (reading.is(i, Sense::kDotted)) {
        quarters = 1.5;
        ++i;
    }
    if (!reading.is(i, Sense::kNoteValue)) return 0;
    quarters *= parseNumber(reading[i++].value).value_or(1);
    if (reading.is(i, Sense::kStop) && reading[i].touches_last && i < reading.size()) {
        quarters *= 1.5;
        ++i;
    }
    if (reading.is(i, Sense::kFiller)) ++i;
    if (!reading.is(i, Sense::kEquals) && !reading.is(i, Sense::kAt) && !reading.is(i, Sense::kColon))
        return 0;
    const auto range = rangeAt(reading, i + 1);
    if (!range) return 0;
    i += 1 + range->num_terms;
    if (reading.is(i, Sense::kBpm)) ++i;
    return takeTempo(reading, at, i - at, *range, quarters);
}

/// "tempo: 96", "速度在60到76之间", "每分钟120拍", "BPM 96", "at 96".
std::size_t readAnnouncedTempo(Reading& reading, std::size_t at) {
    const Sense sense = reading[at].sense;
    const bool is_minute = sense == Sense::kNumber && reading.is(at + 1, Sense::kMinutes)
        && reading.is(at + 2, Sense::kNumber) && reading.is(at + 3, Sense::kBeats);
    const bool is_sure =
        sense == Sense::kTempoNoun || sense == Sense::kPerMinute || sense == Sense::kBpm || is_minute;
    if (!is_sure && sense != Sense::kAt) return 0;
    std::size_t i = at + (is_minute ? 2 : 1);
    while (i < at + 4
        && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kEquals) || reading.is(i, Sense::kColon)
            || reading.is(i, Sense::kAt) || reading.is(i, Sense::kPerMinute)))
        ++i;
    const auto range = rangeAt(reading, i);
    if (!range) return 0;
    i += range->num_terms;
    const Sense behind = reading[i].sense;
    constexpr std::array kOtherUnits{Sense::kBars, Sense::kSeconds, Sense::kMinutes, Sense::kVoiceUnit,
        Sense::kSlash, Sense::kInstrument, Sense::kNoun, Sense::kNumber, Sense::kFractionOf,
        Sense::kMeasureWord};
    if (std::find(kOtherUnits.begin(), kOtherUnits.end(), behind) != kOtherUnits.end()) return 0;
    if (!is_sure && (range->low < kLeastBareTempo || behind == Sense::kUnknown)) return 0;
    while (reading.is(i, Sense::kBpm) || reading.is(i, Sense::kBeats) || reading.is(i, Sense::kPerMinute))
        ++i;
    return takeTempo(reading, at, i - at, *range, 1, is_sure ? 1 : 0.8);
}

/// "96 bpm", "60-76 beats per minute", "120拍".
std::size_t readCountedTempo(Reading& reading, std::size_t at) {
    if (!reading.is(at, Sense::kNumber) && !reading.is(at, Sense::kBetween)) return 0;
    const auto range = rangeAt(reading, at);
    if (!range) return 0;
    std::size_t i = at + range->num_terms;
    const bool is_beats = reading.is(i, Sense::kBeats) && range->low >= kLeastBareTempo;
    if (!reading.is(i, Sense::kBpm) && !is_beats) return 0;
    ++i;
    if (is_beats && reading.is(i, Sense::kPerMinute)) ++i;
    return takeTempo(reading, at, i - at, *range, 1);
}

/// "slow", "very fast", "andante".
std::size_t readTempoWord(Reading& reading, std::size_t at) {
    const bool is_very = reading.is(at, Sense::kVery) || reading.is(at, Sense::kToo);
    const std::size_t word = at + (is_very ? 1 : 0);
    if (!reading.is(word, Sense::kTempo)) return 0;
    std::string value = reading[word].value;
    if (is_very && value == "60-76") value = "40-56";
    if (is_very && value == "132-168") value = "176-220";
    const std::size_t dash = value.find('-');
    const double low = parseNumber(std::string_view(value).substr(0, dash)).value_or(kLeastTempoBpm);
    const double high = parseNumber(std::string_view(value).substr(dash + 1)).value_or(kMostTempoBpm);
    const std::size_t num_terms = word + 1 - at;
    reading.tempo_words.push_back({"tempo_range", std::pair(low, high), 1, ChipSource::kGrammar,
        reading[word].confidence, reading.spanOf(at, num_terms)});
    return num_terms;
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

std::size_t readTempo(Reading& reading, std::size_t at) {
    for (const auto rule : {readNoteTempo, readCountedTempo, readAnnouncedTempo, readTempoWord})
        if (const std::size_t num_terms = rule(reading, at)) return num_terms;
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
    if (!reading.is(at, Sense::kNumber)) return 0;
    const bool is_voice = reading.is(at + 1, Sense::kVoiceUnit)
        || (reading.is(at + 1, Sense::kInstrument) && reading[at + 1].value == "voice"
            && !reading[at + 1].is_chinese);
    const double number = std::floor(reading[at].number);
    if (is_voice)
        reading.demandNumber("voices", number, 1, kMostVoices, reading.spanOf(at, 2));
    else if (reading.is(at + 1, Sense::kOctaveUnit))
        reading.demandNumber("octaves", number, 1, kMostOctaves, reading.spanOf(at, 2));
    else
        return 0;
    return 2;
}

} // namespace chainsong
