// The rules for tempo, in numbers and in words.

#include "engine/base/numbers.h"
#include "engine/model/prompt/reading.h"

#include <algorithm>
#include <array>

namespace chainsong {
namespace {

constexpr double kLeastBareTempo = 30; // below, "at 12" or "12拍" is no tempo

std::size_t takeTempo(Reading& reading, std::size_t at, std::size_t num_terms, NumberRange range,
    double quarters, double confidence = 1) {
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

} // namespace

std::size_t readTempo(Reading& reading, std::size_t at) {
    for (const auto rule : {readNoteTempo, readCountedTempo, readAnnouncedTempo, readTempoWord})
        if (const std::size_t num_terms = rule(reading, at)) return num_terms;
    return 0;
}

} // namespace chainsong
