#include "engine/model/prompt/reading.h"

#include "engine/base/numbers.h"

#include <algorithm>
#include <cmath>

namespace chainsong {

const Term& Reading::operator[](std::size_t at) const {
    static const Term kEnd = [] {
        Term end;
        end.sense = Sense::kStop;
        return end;
    }();
    return at < m_terms.size() ? m_terms[at] : kEnd;
}

TextSpan Reading::spanOf(std::size_t first, std::size_t count) const {
    return {m_terms[first].span.first, m_terms[first + count - 1].span.past_last};
}

void Reading::demand(std::string_view name, ChipValue value, TextSpan evidence, double confidence) {
    demands.push_back({std::string(name), std::move(value), 1, ChipSource::kGrammar, confidence, evidence});
}

void Reading::demandNumber(std::string_view name, double value, double lowest, double highest,
    TextSpan evidence, double confidence) {
    const double inside = std::clamp(value, lowest, highest);
    if (inside != value)
        notices.push_back(std::string(name) + " can be " + formatNumber(lowest) + " to "
            + formatNumber(highest) + "; " + formatNumber(value) + " was taken as " + formatNumber(inside));
    demand(name, inside, evidence, confidence);
}

void Reading::notUnderstood(TextSpan span) {
    if (!not_understood.empty() && not_understood.back().past_last == span.first)
        not_understood.back().past_last = span.past_last;
    else
        not_understood.push_back(span);
}

std::optional<NumberRange> rangeAt(const Reading& reading, std::size_t at) {
    std::size_t i = at;
    while (i < at + 3 && (reading.is(i, Sense::kFiller) || reading.is(i, Sense::kBetween))) ++i;
    const bool is_between = i > at && reading.is(i - 1, Sense::kBetween);
    if (!reading.is(i, Sense::kNumber)) return std::nullopt;
    const double first = reading[i].number;
    const bool is_joined = reading.is(i + 1, Sense::kTo) || (is_between && reading.is(i + 1, Sense::kAnd));
    if (!is_joined || !reading.is(i + 2, Sense::kNumber)) return NumberRange{first, first, i + 1 - at};
    const double second = reading[i + 2].number;
    std::size_t past = i + 3;
    while (past < i + 4 && reading[past].value == "之间") ++past;
    return NumberRange{std::min(first, second), std::max(first, second), past - at};
}

} // namespace chainsong
