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

/// A tempo "below 140" may be any up to it.
NumberRange bounded(NumberRange range, Sense bound) {
    if (bound == Sense::kAtMost) range.low = std::min(kLeastTempoBpm, range.high);
    if (bound == Sense::kAtLeast) range.high = std::max(kMostTempoBpm, range.low);
    return range;
}

/// "♩ = 96", "dotted quarter = 40", "Viertel = 96".
std::size_t readNoteTempo(Reading& reading, std::size_t at) {
    std::size_t i = at;
    double quarters = 1;
    if (reading.is(i, Sense::kDotted)) {
        quarters = 1.5;
        ++i;
    }
    const bool is_half = reading.is(i, Sense::kHalf) && reading.is(i + 1, Sense::kEquals);
    if (!reading.is(i, Sense::kNoteValue) && !is_half) return 0;
    quarters *= is_half ? 2 : parseNumber(reading[i].value).value_or(1);
    ++i;
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
    constexpr std::array kLinks{Sense::kFiller, Sense::kEquals, Sense::kColon, Sense::kAt, Sense::kPerMinute,
        Sense::kTo, Sense::kAtMost, Sense::kAtLeast};
    Sense bound = Sense::kFiller;
    for (; i < at + 5 && std::find(kLinks.begin(), kLinks.end(), reading[i].sense) != kLinks.end(); ++i)
        if (reading.is(i, Sense::kAtMost) || reading.is(i, Sense::kAtLeast)) bound = reading[i].sense;
    auto range = rangeAt(reading, i);
    if (!range) return 0;
    i += range->num_terms;
    const Sense behind = reading[i].sense;
    constexpr std::array kOtherUnits{Sense::kBars, Sense::kSeconds, Sense::kMinutes, Sense::kVoiceUnit,
        Sense::kSlash, Sense::kInstrument, Sense::kNoun, Sense::kNumber, Sense::kFractionOf,
        Sense::kMeasureWord};
    const bool is_metre_behind = behind == Sense::kNumber && reading.is(i + 1, Sense::kSlash);
    if (!is_metre_behind && std::find(kOtherUnits.begin(), kOtherUnits.end(), behind) != kOtherUnits.end())
        return 0;
    if (!is_sure && (range->low < kLeastBareTempo || behind == Sense::kUnknown)) return 0;
    while (reading.is(i, Sense::kBpm) || reading.is(i, Sense::kBeats) || reading.is(i, Sense::kPerMinute))
        ++i;
    return takeTempo(reading, at, i - at, bounded(*range, bound), 1, is_sure ? 1 : 0.8);
}

/// "96 bpm", "60-76 beats per minute", "120拍".
std::size_t readCountedTempo(Reading& reading, std::size_t at) {
    const bool is_bound = reading.is(at, Sense::kAtMost) || reading.is(at, Sense::kAtLeast);
    if (!reading.is(at, Sense::kNumber) && !reading.is(at, Sense::kBetween) && !is_bound) return 0;
    const auto range = rangeAt(reading, at + (is_bound ? 1 : 0));
    if (!range) return 0;
    std::size_t i = at + (is_bound ? 1 : 0) + range->num_terms;
    while (i < at + 6 && reading.is(i, Sense::kFiller)) ++i; // "80-ish bpm", 80左右的bpm
    const bool is_beats = reading.is(i, Sense::kBeats) && range->low >= kLeastBareTempo;
    if (!reading.is(i, Sense::kBpm) && !is_beats) return 0;
    ++i;
    if (is_beats && reading.is(i, Sense::kPerMinute)) ++i;
    return takeTempo(reading, at, i - at, bounded(*range, reading[at].sense), 1);
}

bool endsItem(const Reading& reading, std::size_t at) {
    return at >= reading.size() || reading.is(at, Sense::kComma) || reading.is(at, Sense::kStop);
}

/// "punk, 180, guitar": a bare number among the items of a list; not one of several, and not all there is.
std::size_t readListedTempo(Reading& reading, std::size_t at) {
    constexpr double kLeast = 40, kMost = 240;
    if (!reading.is(at, Sense::kNumber) || (at == 0 && reading.size() == 1)) return 0;
    const double bpm = reading[at].number;
    if (bpm < kLeast || bpm > kMost || !endsItem(reading, at + 1)) return 0;
    if (at > 0 && !endsItem(reading, at - 1)) return 0;
    const bool is_number_next =
        reading.is(at + 2, Sense::kNumber) && !reading.is(at + 3, Sense::kSlash) && at + 2 < reading.size();
    const bool is_number_before =
        at >= 2 && reading.is(at - 2, Sense::kNumber) && !(at >= 3 && reading.is(at - 3, Sense::kSlash));
    if (is_number_next || is_number_before) return 0;
    return takeTempo(reading, at, 1, {bpm, bpm, 1}, 1, 0.7);
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
    for (const auto rule :
        {readNoteTempo, readCountedTempo, readAnnouncedTempo, readListedTempo, readTempoWord})
        if (const std::size_t num_terms = rule(reading, at)) return num_terms;
    return 0;
}

} // namespace chainsong
