#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/compose/constraints.h"
#include "engine/music/chord.h"

#include <cmath>
#include <functional>

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Where a rule on pitches holds: in its scope, and never for drums.
class PitchRule : public Rule {
public:
    PitchRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map)
        : Rule(constraint.name, constraint.is_hard, constraint.weight)
        , m_scope(constraint.scope)
        , m_map(map) {
        for (const Part& part : frame.parts) m_is_drums.push_back(part.is_drums);
    }

protected:
    bool reaches(int bar, int part) const {
        return !m_is_drums[at(part)] && m_map.reaches(m_scope, bar, part);
    }

private:
    Scope m_scope;
    FrameMap m_map;
    std::vector<bool> m_is_drums;
};

/// Every note lies in a set that does not depend on the other notes: a key, a chord, a range.
class KeySetRule final : public PitchRule {
public:
    KeySetRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map,
        const std::function<KeySet(int bar)>& allowed)
        : PitchRule(constraint, frame, map) {
        for (int b = 0; b < static_cast<int>(frame.bars.size()); ++b) m_of_bar.push_back(allowed(b));
    }
    void limitKeys(int bar, int part, KeySet& keys) const override {
        if (reaches(bar, part)) keys &= m_of_bar[at(bar)];
    }

private:
    std::vector<KeySet> m_of_bar;
};

class LeapRule final : public PitchRule {
public:
    LeapRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map, int largest)
        : PitchRule(constraint, frame, map)
        , m_largest(largest) { }
    void limitKeysHere(const Place& place, int position, int part, KeySet& keys) const override {
        if (isMove(place, position, part)) {
            const int last = place.written.highest_key[at(part)];
            keys &= keysBetween(last - m_largest, last + m_largest);
        }
    }
    bool admitsGiven(const Place& place, const Event& note, int key) const override {
        if (!isHard() || place.written.was_given[at(note.part)] || !isMove(place, note.position, note.part))
            return true;
        return std::abs(key - place.written.highest_key[at(note.part)]) <= m_largest;
    }

private:
    /// A note after another one, not a further note of the same chord.
    bool isMove(const Place& place, int position, int part) const {
        return reaches(place.cursor.bar(), part) && place.written.highest_key[at(part)] >= 0
            && place.written.onset_step[at(part)] != place.cursor.barStartStep() + position;
    }
    int m_largest;
};

KeySet keysOfScale(const Key& key) {
    KeySet keys;
    for (int k = 0; k < 128; ++k)
        if (isInScale(k, key)) keys.set(at(k));
    return keys;
}

} // namespace

Result<RulePtr> makePitchRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map) {
    const std::string& value = constraint.value;
    const auto ruleOf = [&](const std::function<KeySet(int)>& allowed) -> Result<RulePtr> {
        return RulePtr(std::make_unique<KeySetRule>(constraint, frame, map, allowed));
    };
    if (constraint.name == "key") {
        if (trimmed(value).empty())
            return ruleOf([&](int bar) { return keysOfScale(frame.bars[at(bar)].key); });
        const auto key = parseKey(value);
        if (!key) return key.error();
        return ruleOf([keys = keysOfScale(*key)](int) { return keys; });
    }
    if (constraint.name == "chord") {
        const auto chord = parseChord(value);
        if (!chord) return chord.error();
        KeySet keys;
        for (int k = 0; k < 128; ++k)
            if (contains(*chord, k)) keys.set(at(k));
        return ruleOf([keys](int) { return keys; });
    }
    if (constraint.name == "range") {
        const auto range = parseKeyRange(value);
        if (!range) return range.error();
        return ruleOf([keys = keysBetween(range->first, range->second)](int) { return keys; });
    }
    const auto semitones = parseInteger(value);
    if (!semitones || *semitones < 1 || *semitones > 127)
        return Error{"the largest leap is a number of semitones from 1 to 127", value};
    return RulePtr(std::make_unique<LeapRule>(constraint, frame, map, static_cast<int>(*semitones)));
}

} // namespace chainsong
