#include "engine/compose/constraints.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/model/form.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsong {
namespace {

constexpr std::array kTable{
    ConstraintKind{"key", "KEY",
        "every note belongs to the key, \"D minor\"; minor admits the raised sixth and seventh", false, true},
    ConstraintKind{"chord", "CHORD", "every note belongs to the chord, \"Dm7\"", false, true},
    ConstraintKind{"range", "NOTE-NOTE", "every note lies between two notes, \"C3-C5\"", false, true},
    ConstraintKind{"leap", "SEMITONES", "no voice leaps farther from one note to its next", false, true},
    ConstraintKind{"polyphony", "NOTES", "no voice sounds more notes at once"},
    ConstraintKind{"density", "low|medium|high|N|N-M", "notes in each bar, all voices together", false, true},
    ConstraintKind{
        "silence", "BARS", "no voice rests for more than so many bars, and no bar is empty", false, true},
    ConstraintKind{"start", "NOTE", "the melody begins with this note, \"G4\" or \"G\""},
    ConstraintKind{"end", "NOTE", "the melody ends with this note, \"C5\" or \"C\""},
    ConstraintKind{
        "cadence", "tonic|off", "the last bar ends on the tonic chord, the tonic in the lowest voice"},
    ConstraintKind{"pinned", "BAR/BEAT NOTE [BEATS], ...",
        "these notes stand where they are; empty: the notes marked as pinned"},
    ConstraintKind{"metre", "N/N", "the time signature of the piece", true},
    ConstraintKind{"bars", "N", "exactly so many bars", true},
    ConstraintKind{"tempo", "BPM", "quarter notes a minute", true},
    ConstraintKind{
        "form", "AABA|free", "equal sections that come again, A' as a variation; free: as it comes", true},
    ConstraintKind{"instruments", "NAME, NAME ...", "exactly these instruments, one voice each", true},
};

std::string allNames() {
    std::string names;
    for (const ConstraintKind& kind : kTable) names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return names;
}

/// "2-4" or "2": counted from 1 in the text.
std::optional<std::pair<int, int>> parseSpan(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = parseInteger(trimmed(text.substr(0, dash)));
    const auto last = dash == std::string_view::npos ? first : parseInteger(trimmed(text.substr(dash + 1)));
    if (!first || !last || *first < 1 || *last < *first || *last > 100'000) return std::nullopt;
    return std::pair{static_cast<int>(*first), static_cast<int>(*last)};
}

Result<Scope> parseScope(std::string_view text) {
    Scope scope;
    for (const std::string& item : split(text, ';')) {
        const std::size_t equals = item.find('=');
        const std::string_view name = trimmed(std::string_view(item).substr(0, equals));
        const std::string_view value =
            equals == std::string::npos ? std::string_view() : std::string_view(item).substr(equals + 1);
        if (name == "tracks") {
            for (const std::string& number : split(value, ',')) {
                const auto tracks = parseSpan(number);
                if (!tracks || tracks->second > 1000)
                    return Error{"tracks are numbers from 1, as in tracks=1,3", std::string(text)};
                for (int t = tracks->first; t <= tracks->second; ++t) scope.tracks.push_back(t - 1);
            }
        } else if (name == "bars") {
            const auto bars = parseSpan(value);
            if (!bars) return Error{"bars are numbers from 1, as in bars=2-4", std::string(text)};
            scope.first_bar = bars->first - 1;
            scope.past_last_bar = bars->second;
        } else {
            return Error{"a scope is tracks=… or bars=…", std::string(text)};
        }
    }
    return scope;
}

/// Reads the value as the constraint's rule will, on a small frame, so that mistakes are told at once.
Status checkValue(const Constraint& constraint) {
    if (constraint.name == "pinned") {
        if (const auto notes = parsePinnedNotes(constraint.value); !notes) return notes.error();
        return Done{};
    }
    if (constraint.name == "metre") {
        if (const auto metre = parseMetre(constraint.value); !metre) return metre.error();
        return Done{};
    }
    if (constraint.name == "bars") {
        const auto bars = parseInteger(constraint.value);
        if (!bars || *bars < 1 || *bars > 512)
            return Error{"bars is a number from 1 to 512", constraint.value};
        return Done{};
    }
    if (constraint.name == "tempo") {
        const auto tempo = parseNumber(constraint.value);
        if (!tempo || *tempo < 10 || *tempo > 400)
            return Error{"tempo is a number from 10 to 400", constraint.value};
        return Done{};
    }
    if (constraint.name == "instruments") return Done{};
    if (constraint.name == "form") {
        // How many bars there will be is not known yet: as many as there are letters will do.
        const auto letters = std::count_if(constraint.value.begin(), constraint.value.end(),
            [](char c) { return (c & ~0x20) >= 'A' && (c & ~0x20) <= 'Z'; });
        if (const auto form = parseForm(constraint.value, static_cast<int>(letters)); !form)
            return form.error();
        return Done{};
    }
    PieceFrame small;
    small.bars.resize(1);
    small.parts.resize(1);
    const auto rule = makeRule(constraint, small, {0, {0}});
    if (!rule) return rule.error();
    return Done{};
}

} // namespace

std::span<const ConstraintKind> constraintTable() { return kTable; }

const ConstraintKind* findConstraintKind(std::string_view name) {
    const auto found = std::find_if(
        kTable.begin(), kTable.end(), [&](const ConstraintKind& kind) { return kind.name == name; });
    return found == kTable.end() ? nullptr : &*found;
}

Result<Constraint> parseConstraint(std::string_view spec) {
    Constraint constraint;
    const std::size_t colon = spec.find(':');
    std::string_view head = spec.substr(0, colon);
    if (colon != std::string_view::npos) constraint.value = std::string(trimmed(spec.substr(colon + 1)));

    const std::size_t tilde = head.find('~');
    if (tilde != std::string_view::npos) {
        const auto weight = parseNumber(trimmed(head.substr(tilde + 1)));
        if (!weight || *weight <= 0 || *weight > 1000)
            return Error{"the weight after ~ is a number above 0, at most 1000", std::string(spec)};
        constraint.is_hard = false;
        constraint.weight = *weight;
        head = head.substr(0, tilde);
    }
    const std::size_t at_sign = head.find('@');
    if (at_sign != std::string_view::npos) {
        auto scope = parseScope(head.substr(at_sign + 1));
        if (!scope) return scope.error();
        constraint.scope = *std::move(scope);
        head = head.substr(0, at_sign);
    }
    constraint.name = lowerAscii(trimmed(head));
    const ConstraintKind* kind = findConstraintKind(constraint.name);
    if (!kind)
        return Error{
            "there is no constraint \"" + constraint.name + "\"; there are " + allNames(), std::string(spec)};
    if (!constraint.is_hard && !kind->can_be_soft)
        return Error{
            "\"" + constraint.name + "\" holds or does not hold; it cannot have a weight", std::string(spec)};
    if (lowerAscii(constraint.value) == "off") {
        constraint.is_on = false;
        return constraint;
    }
    if (const Status checked = checkValue(constraint); !checked)
        return Error{sentence(checked.error()), std::string(spec)};
    return constraint;
}

std::string specOf(const Constraint& constraint) {
    std::string spec = constraint.name;
    std::string scope;
    if (!constraint.scope.tracks.empty()) {
        scope = "tracks=";
        for (std::size_t i = 0; i < constraint.scope.tracks.size(); ++i)
            scope += (i > 0 ? "," : "") + std::to_string(constraint.scope.tracks[i] + 1);
    }
    if (constraint.scope.first_bar || constraint.scope.past_last_bar) {
        const int first = constraint.scope.first_bar.value_or(0) + 1;
        const int last = constraint.scope.past_last_bar.value_or(100'000);
        scope += (scope.empty() ? "bars=" : ";bars=") + std::to_string(first) + "-" + std::to_string(last);
    }
    if (!scope.empty()) spec += "@" + scope;
    if (!constraint.is_hard) spec += "~" + formatNumber(constraint.weight);
    if (!constraint.is_on) return spec + ":off";
    return constraint.value.empty() ? spec : spec + ":" + constraint.value;
}

bool FrameMap::reachesPart(const Scope& scope, int part) const {
    if (scope.tracks.empty()) return true;
    const int track = track_of_part[static_cast<std::size_t>(part)];
    return std::find(scope.tracks.begin(), scope.tracks.end(), track) != scope.tracks.end();
}

bool FrameMap::reaches(const Scope& scope, int bar, int part) const {
    const int in_piece = bar + first_bar;
    return reachesPart(scope, part) && in_piece >= scope.first_bar.value_or(0)
        && (!scope.past_last_bar || in_piece < *scope.past_last_bar);
}

Result<std::pair<int, int>> parseKeyRange(std::string_view text) {
    for (std::size_t dash = text.find('-'); dash != std::string_view::npos; dash = text.find('-', dash + 1)) {
        const auto low = parseNoteName(trimmed(text.substr(0, dash)));
        const auto high = parseNoteName(trimmed(text.substr(dash + 1)));
        if (low && high && *low <= *high) return std::pair{*low, *high};
        if (low && high)
            return Error{"a range goes from the lower note to the higher one", std::string(text)};
    }
    return Error{"a range is two notes, as in C3-C5", std::string(text)};
}

Result<std::vector<PinnedNote>> parsePinnedNotes(std::string_view text) {
    std::vector<PinnedNote> notes;
    if (trimmed(text).empty()) return notes;
    const Error wrong{"a pinned note is bar/beat, note and length in beats, as in 3/2.5 C5 1"};
    for (const std::string& item : split(text, ',')) {
        std::vector<std::string> words = split(trimmed(item), ' ');
        std::erase(words, "");
        const std::size_t slash = words.empty() ? std::string::npos : words[0].find('/');
        if (words.size() < 2 || words.size() > 3 || slash == std::string::npos)
            return Error{wrong.what, item};
        const auto bar = parseInteger(std::string_view(words[0]).substr(0, slash));
        const auto beat = parseNumber(std::string_view(words[0]).substr(slash + 1));
        const auto key = parseNoteName(words[1]);
        const auto length = words.size() == 3 ? parseNumber(words[2]) : std::optional<double>(1);
        if (!bar || *bar < 1 || *bar > 100'000 || !beat || *beat < 1 || *beat >= 256 || !length
            || *length <= 0 || *length > 256)
            return Error{wrong.what, item};
        if (!key) return Error{sentence(key.error()), item};
        notes.push_back({static_cast<int>(*bar) - 1, *beat - 1, *key, *length});
    }
    return notes;
}

Result<RulePtr> makeRule(const Constraint& constraint, const PieceFrame& frame, const FrameMap& map) {
    const std::string& name = constraint.name;
    if (name == "key" || name == "chord" || name == "range" || name == "leap")
        return makePitchRule(constraint, frame, map);
    if (name == "polyphony" || name == "density" || name == "silence")
        return makeTextureRule(constraint, frame, map);
    if (name == "start" || name == "end" || name == "cadence") return makeFormRule(constraint, frame, map);
    return RulePtr();
}

} // namespace chainsong
