#include "engine/compose/constraints.h"
#include "engine/compose/plan.h"
#include "engine/music/instruments.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }
constexpr double kSilenceWeight = 4; // nats for each voice and bar of undue rest
constexpr int kFirstVoice = 52, kLastVoice = 54;

/// Instruments on which one note at a time is the rule.
bool playsOneNote(int program) {
    const bool is_bass_guitar = program >= 32 && program <= 39;
    const bool is_bowed = program >= 40 && program <= 43;
    const bool is_wind = (program >= 56 && program <= 60) || (program >= 64 && program <= 79);
    return is_bass_guitar || is_bowed || is_wind || (program >= kFirstVoice && program <= kLastVoice);
}

bool isKeyboard(int program) { return program < 8 || (program >= 16 && program <= 21); }

/// Of several parts alike the first takes the highest register: soprano to bass, right hand and left hand.
KeyRange registerOf(const Part& part, int index, int count) {
    const KeyRange whole = comfortableRange(part.program);
    if (count < 2) return whole;
    if (part.program >= kFirstVoice && part.program <= kLastVoice) {
        constexpr std::array<KeyRange, 4> kChoir{
            KeyRange{60, 81}, KeyRange{53, 74}, KeyRange{48, 67}, KeyRange{40, 64}};
        const int row = static_cast<int>(std::lround(3.0 * index / (count - 1)));
        return kChoir[at(row)];
    }
    if (!isKeyboard(part.program)) return whole;
    const double down = static_cast<double>(index) / (count - 1);
    const int lowest = static_cast<int>(std::lround(57 - 21 * down)),
              highest = static_cast<int>(std::lround(88 - 24 * down));
    return {std::max(whole.lowest, lowest), std::min(whole.highest, highest)};
}

/// Would this constraint of the user's take the place of a built-in one on a track?
bool replaces(const Constraint& user, std::string_view name, int track) {
    const auto& tracks = user.scope.tracks;
    const bool reaches =
        track < 0 || tracks.empty() || std::find(tracks.begin(), tracks.end(), track) != tracks.end();
    const bool is_whole = !user.scope.first_bar && !user.scope.past_last_bar;
    return user.name == name && reaches && (is_whole || !user.is_on);
}

} // namespace

std::vector<Constraint> withBuiltIn(
    const std::vector<Constraint>& wanted, const PieceFrame& frame, const BuiltIn& built_in) {
    std::vector<Constraint> all;
    const auto add = [&](std::string_view name, std::string value, int track, double soft_weight = 0) {
        const bool is_replaced = std::any_of(
            wanted.begin(), wanted.end(), [&](const Constraint& c) { return replaces(c, name, track); });
        if (is_replaced) return;
        Constraint constraint;
        constraint.name = name;
        constraint.value = std::move(value);
        constraint.is_hard = soft_weight == 0;
        if (soft_weight > 0) constraint.weight = soft_weight;
        if (track >= 0) constraint.scope.tracks = {track};
        all.push_back(std::move(constraint));
    };
    if (built_in.keeps_key) add("key", "", -1);
    for (int p = 0; p < static_cast<int>(frame.parts.size()); ++p) {
        const Part& part = frame.parts[at(p)];
        if (part.is_drums) continue;
        const auto alike = std::count(frame.parts.begin(), frame.parts.end(), part);
        const auto before = std::count(frame.parts.begin(), frame.parts.begin() + p, part);
        const KeyRange range = registerOf(part, static_cast<int>(before), static_cast<int>(alike));
        add("range", noteName(range.lowest) + "-" + noteName(range.highest), p);
        if (playsOneNote(part.program)) add("polyphony", "1", p);
    }
    add("silence", "1", -1, kSilenceWeight); // a wish: no prior is forced to speak
    if (built_in.has_cadence) add("cadence", "tonic", -1);
    std::copy_if(
        wanted.begin(), wanted.end(), std::back_inserter(all), [](const Constraint& c) { return c.is_on; });
    return all;
}

Status addPinnedNotes(Score& base, const PieceFrame& frame, const std::vector<Constraint>& constraints) {
    for (const Constraint& constraint : constraints) {
        if (constraint.name != "pinned" || !constraint.is_on) continue;
        const auto pins = parsePinnedNotes(constraint.value);
        if (!pins) return pins.error();
        const std::size_t track = constraint.scope.tracks.empty() ? 0 : at(constraint.scope.tracks.front());
        if (track >= base.tracks.size())
            return Error{"there is no track " + std::to_string(track + 1) + " to pin notes in", "pinned"};
        for (const PinnedNote& pin : *pins) {
            const std::string where = "bar " + std::to_string(pin.bar + 1);
            if (pin.bar >= static_cast<int>(frame.bars.size()))
                return Error{"a note is pinned there, but the piece has " + std::to_string(frame.bars.size())
                        + " bars",
                    where};
            Tick start;
            for (int b = 0; b < pin.bar; ++b) start = start + frame.bars[at(b)].metre.barLength();
            const Metre& metre = frame.bars[at(pin.bar)].metre;
            if (pin.beat >= metre.beats)
                return Error{noteName(pin.key) + " is pinned to beat "
                        + std::to_string(static_cast<int>(pin.beat) + 1) + ", but the bar has "
                        + std::to_string(metre.beats) + " beats",
                    where};
            const auto ticks = [&](double beats) {
                return Tick{
                    std::llround(beats * static_cast<double>(metre.beatLength().value) / kTicksPerStep)
                    * kTicksPerStep};
            };
            Note note{start + ticks(pin.beat), std::max(ticks(pin.length_beats), Tick{kTicksPerStep}),
                static_cast<std::uint8_t>(pin.key), 96, true};
            note.length = std::min(note.length, base.end - note.start);
            for (const Note& other : base.tracks[track].notes)
                if (other.key == note.key && other.start < note.end() && note.start < other.end())
                    return Error{noteName(pin.key) + " is pinned twice at the same time in one voice", where};
            base.tracks[track].notes.push_back(note);
        }
    }
    base = normalised(std::move(base));
    return Done{};
}

} // namespace chainsong
