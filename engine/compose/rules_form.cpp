#include "engine/base/text.h"
#include "engine/compose/constraints.h"

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// "G4" is one key, "G" all keys of that name.
Result<KeySet> parseKeys(std::string_view text) {
    KeySet keys;
    if (const auto key = parseNoteName(text)) {
        keys.set(at(*key));
        return keys;
    }
    const auto in_octave = parseNoteName(std::string(text) + "4");
    if (!in_octave) return Error{"a note is written as in G4, or G for any octave", std::string(text)};
    for (int k = *in_octave % 12; k < 128; k += 12) keys.set(at(k));
    return keys;
}

/// The part a rule on the melody's ends means: the melody, or the first part that its scope names.
int partOf(const Scope& scope, const PieceFrame& frame, const FrameMap& map) {
    if (scope.tracks.empty()) return melodyPart(frame);
    for (int p = 0; p < static_cast<int>(frame.parts.size()); ++p)
        if (map.reachesPart(scope, p)) return p;
    return -1;
}

class StartRule final : public Rule {
public:
    StartRule(const Constraint& constraint, int part, KeySet keys)
        : Rule(constraint.name, true, 1)
        , m_part(part)
        , m_keys(keys) { }
    void limitKeysHere(const Place& place, int, int part, KeySet& keys) const override {
        if (part == m_part && place.written.onset_step[at(part)] < 0) keys &= m_keys;
    }

private:
    int m_part;
    KeySet m_keys;
};

/// The last onset of some parts: their lowest or highest note is in a set. Checked where the last bar would
/// end.
class EndRule final : public Rule {
public:
    struct Wish {
        int part = 0;
        bool is_lowest = false; // of the onset; else the highest
        KeySet keys;
    };
    EndRule(const Constraint& constraint, std::vector<Wish> wishes)
        : Rule(constraint.name, true, 1)
        , m_wishes(std::move(wishes)) { }
    bool admitsBarLine(const Place& place) const override {
        if (!place.isLastBar()) return true;
        for (const Wish& wish : m_wishes) {
            const bool is_in_bar = place.written.onset_step[at(wish.part)] >= place.cursor.barStartStep();
            if (is_in_bar && place.written.was_given[at(wish.part)]) continue; // the user's own ending
            const int key =
                (wish.is_lowest ? place.written.lowest_key : place.written.highest_key)[at(wish.part)];
            if (key < 0 || !wish.keys.test(at(key))) return false;
        }
        return true;
    }
    bool guide(const Place& place, int, int part, std::span<double> by_key) const override {
        if (!place.isLastBar()) return false;
        bool has_wish = false;
        for (const Wish& wish : m_wishes) {
            if (wish.part != part) continue;
            has_wish = true;
            for (std::size_t k = 0; k < by_key.size(); ++k)
                if (wish.keys.test(k)) by_key[k] *= kPull;
        }
        return has_wish;
    }

private:
    static constexpr double kPull = 5; // the proposal's odds for a note that could be the last
    std::vector<Wish> m_wishes;
};

KeySet keysAboveTonic(const Key& key, std::initializer_list<int> semitones) {
    KeySet keys;
    for (int k = 0; k < 128; ++k)
        for (const int s : semitones)
            if ((k - key.tonic - s + 144) % 12 == 0) keys.set(at(k));
    return keys;
}

EndRule makeCadence(const Constraint& constraint, const PieceFrame& frame) {
    const Key& key = frame.bars.back().key;
    const int third = scaleSteps(key.mode)[2];
    std::vector<EndRule::Wish> wishes;
    const int bass = bassPart(frame), melody = melodyPart(frame);
    if (bass >= 0) wishes.push_back({bass, true, keysAboveTonic(key, {0})});
    if (melody >= 0 && melody != bass) wishes.push_back({melody, false, keysAboveTonic(key, {0, third, 7})});
    return {constraint, std::move(wishes)};
}

} // namespace

Result<RulePtr> makeFormRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map) {
    if (constraint.name == "cadence") {
        const std::string value = lowerAscii(trimmed(constraint.value));
        if (!value.empty() && value != "tonic")
            return Error{"a cadence is \"tonic\" or \"off\"", constraint.value};
        return RulePtr(std::make_unique<EndRule>(makeCadence(constraint, frame)));
    }
    const auto keys = parseKeys(trimmed(constraint.value));
    if (!keys) return keys.error();
    const int part = partOf(constraint.scope, frame, map);
    if (part < 0) return RulePtr();
    if (constraint.name == "start") return RulePtr(std::make_unique<StartRule>(constraint, part, *keys));
    return RulePtr(std::make_unique<EndRule>(constraint, std::vector{EndRule::Wish{part, false, *keys}}));
}

} // namespace chainsong
