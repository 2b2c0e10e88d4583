#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/compose/constraints.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// No part sounds more than so many notes at once, the given ones counted in.
class PolyphonyRule final : public Rule {
public:
    PolyphonyRule(const Constraint& constraint, const FrameMap& map, int most)
        : Rule(constraint.name, true, 1)
        , m_scope(constraint.scope)
        , m_map(map)
        , m_most(most) { }
    bool admitsNote(const Place& place, int position, int part) const override {
        if (!m_map.reaches(m_scope, place.cursor.bar(), part)) return true;
        const int step = place.cursor.barStartStep() + position;
        int count = soundingAt(place, part, step);
        for (const PlacedNote& given : place.given.from(part, step)) {
            if (given.start_step > step) break;
            if (!isWritten(place, part, step, given)) ++count;
        }
        return count < m_most;
    }
    int longestSteps(const Place& place, int position, int part, int) const override {
        if (!m_map.reaches(m_scope, place.cursor.bar(), part)) return kMaxDuration;
        const int step = place.cursor.barStartStep() + position;
        const auto coming = place.given.from(part, step + 1);
        for (std::size_t i = 0; i < coming.size(); ++i) {
            const int start = coming[i].start_step;
            if (start - step >= kMaxDuration) break;
            int count = 1 + soundingAt(place, part, start);
            for (std::size_t j = 0; j < coming.size() && coming[j].start_step <= start; ++j)
                if (coming[j].end_step > start) ++count;
            if (count > m_most) return start - step;
        }
        return kMaxDuration;
    }

private:
    static int soundingAt(const Place& place, int part, int step) {
        const auto& sounding = place.cursor.sounding();
        return static_cast<int>(std::count_if(sounding.begin(), sounding.end(),
            [&](const auto& note) { return note.part == part && note.end_step > step; }));
    }
    static bool isWritten(const Place& place, int part, int step, const PlacedNote& given) {
        return place.written.onset_step[at(part)] == step && place.written.highest_key[at(part)] >= given.key;
    }
    Scope m_scope;
    FrameMap m_map;
    int m_most;
};

struct CountRange {
    double least = 0;
    double most = 0;
};

/// So many notes a bar over the parts in scope, each bar for itself.
class DensityRule final : public Rule {
public:
    DensityRule(const Constraint& constraint, const FrameMap& map, std::vector<CountRange> of_bar)
        : Rule(constraint.name, constraint.is_hard, constraint.weight)
        , m_scope(constraint.scope)
        , m_map(map)
        , m_of_bar(std::move(of_bar)) { }
    bool admitsNote(const Place& place, int, int part) const override {
        return !isHard() || !m_map.reaches(m_scope, place.cursor.bar(), part)
            || count(place) + 1 <= m_of_bar[at(place.cursor.bar())].most;
    }
    bool admitsBarLine(const Place& place) const override {
        return !isHard() || !reachesBar(place) || count(place) >= m_of_bar[at(place.cursor.bar())].least;
    }
    double logFactorOfBar(const Place& place) const override {
        if (isHard() || !reachesBar(place)) return 0;
        const CountRange& wanted = m_of_bar[at(place.cursor.bar())];
        const double notes = count(place);
        return -weight() * std::max({0.0, wanted.least - notes, notes - wanted.most});
    }

private:
    bool reachesBar(const Place& place) const {
        for (int p = 0; p < static_cast<int>(place.frame.parts.size()); ++p)
            if (m_map.reaches(m_scope, place.cursor.bar(), p)) return true;
        return false;
    }
    double count(const Place& place) const {
        int notes = 0;
        for (int p = 0; p < static_cast<int>(place.frame.parts.size()); ++p)
            if (m_map.reachesPart(m_scope, p)) notes += place.written.notes_of_part_in_bar[at(p)];
        return notes;
    }
    Scope m_scope;
    FrameMap m_map;
    std::vector<CountRange> m_of_bar;
};

/// No voice rests for more than so many bars, and no bar passes without a sound.
class SilenceRule final : public Rule {
public:
    SilenceRule(const Constraint& constraint, const FrameMap& map, int most_bars)
        : Rule(constraint.name, constraint.is_hard, constraint.weight)
        , m_scope(constraint.scope)
        , m_map(map)
        , m_most_bars(most_bars) { }
    bool admitsBarLine(const Place& place) const override { return !isHard() || countSilences(place) == 0; }
    double logFactorOfBar(const Place& place) const override {
        return isHard() ? 0 : -weight() * countSilences(place);
    }

private:
    /// Voices that have rested too long when this bar ends; an empty bar counts as one more.
    int countSilences(const Place& place) const {
        const int steps = place.bar().numSteps();
        const int end = place.cursor.barStartStep() + steps;
        int count = 0;
        bool is_reached = false;
        for (int p = 0; p < static_cast<int>(place.frame.parts.size()); ++p) {
            if (!m_map.reaches(m_scope, place.cursor.bar(), p)) continue;
            is_reached = true;
            const int last = std::max(0, place.written.onset_step[at(p)]);
            const bool is_first_rest = place.written.onset_step[at(p)] < 0 && end <= m_most_bars * steps;
            count += !is_first_rest && end - last > (m_most_bars + 1) * steps;
        }
        return is_reached && place.written.notes_in_bar == 0 && place.cursor.sounding().empty() ? count + 1
                                                                                                : count;
    }
    Scope m_scope;
    FrameMap m_map;
    int m_most_bars;
};

/// Notes a bar that a word or number asks for; words count notes a quarter and part.
std::optional<CountRange> countsOf(std::string_view value, double quarters, double num_parts) {
    const auto perQuarter = [&](double least, double most) {
        return CountRange{std::floor(least * quarters * num_parts), std::ceil(most * quarters * num_parts)};
    };
    if (value == "low") return perQuarter(0.2, 0.8);
    if (value == "medium") return perQuarter(0.6, 1.6);
    if (value == "high") return perQuarter(1.3, 4);
    const std::size_t dash = value.find('-');
    const auto least = parseInteger(trimmed(value.substr(0, dash)));
    const auto most = dash == std::string_view::npos ? least : parseInteger(trimmed(value.substr(dash + 1)));
    if (!least || !most || *least < 0 || *most < *least || *most > 1000) return std::nullopt;
    return CountRange{static_cast<double>(*least), static_cast<double>(*most)};
}

} // namespace

Result<RulePtr> makeTextureRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map) {
    if (constraint.name == "polyphony") {
        const auto most = parseInteger(constraint.value);
        if (!most || *most < 1 || *most > 32)
            return Error{"polyphony is a number of notes from 1 to 32", constraint.value};
        return RulePtr(std::make_unique<PolyphonyRule>(constraint, map, static_cast<int>(*most)));
    }
    if (constraint.name == "silence") {
        const auto bars = parseInteger(constraint.value);
        if (!bars || *bars < 0 || *bars > 512)
            return Error{"silence is the number of bars that a voice may rest, 0 to 512", constraint.value};
        return RulePtr(std::make_unique<SilenceRule>(constraint, map, static_cast<int>(*bars)));
    }
    int num_parts = 0;
    for (int p = 0; p < static_cast<int>(frame.parts.size()); ++p)
        num_parts += map.reachesPart(constraint.scope, p);
    std::vector<CountRange> of_bar;
    for (const BarFrame& bar : frame.bars) {
        const double quarters =
            static_cast<double>(bar.metre.barLength().value) / static_cast<double>(kTicksPerQuarter);
        const auto counts = countsOf(constraint.value, quarters, num_parts);
        if (!counts)
            return Error{"density is low, medium, high, or notes a bar as in 4 or 4-8", constraint.value};
        of_bar.push_back(*counts);
    }
    return RulePtr(std::make_unique<DensityRule>(constraint, map, std::move(of_bar)));
}

} // namespace chainsong
