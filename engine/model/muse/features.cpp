#include "engine/model/muse/features.h"

#include "engine/base/text.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace chainsong {
namespace {

constexpr int kNumPrograms = 130;  // 128 General MIDI, drums, none
constexpr int kNumKeyClasses = kNumPitchedClasses + 1;  // relative to the tonic, or none
constexpr int kNumGaps = 17;
constexpr int kMaxSounding = 6;
constexpr int kWordRows = 4096;
constexpr int kChipRows = 1024;
constexpr int kIdsPerWord = 16;
/// Besides the repetition under way, the heads hear what stood these many bars ago, repetition or not.
constexpr std::array kPlaceLags { 1, 2, 4 };
constexpr std::array kPitchLags { 1, 2, 4, 8 };
constexpr int kNumLagClasses = EchoMemory::kMostEchoLag + 1;
constexpr int kNumPlaces = kMaxBarSteps + 2;  // a position, the bar line, or nothing known

/// Writes ids field by field: each field has rows of its own in the group's table.
class IdWriter {
public:
    explicit IdWriter(std::span<std::int32_t> ids) : m_ids(ids) { }
    void put(int value, int field_size)
    {
        assert(value >= 0 && value < field_size && m_at < m_ids.size());
        m_ids[m_at++] = m_first_row + value;
        m_first_row += field_size;
    }
    /// A field whose values share rows: up to `slots` of them, absent ones are 0.
    void putSeveral(std::span<const int> values, std::size_t slots, int field_size)
    {
        for (std::size_t i = 0; i < slots; ++i) m_ids[m_at++] = i < values.size() ? m_first_row + values[i] : 0;
        m_first_row += field_size;
    }
    void putNothing(int field_size)
    {
        m_ids[m_at++] = 0;
        m_first_row += field_size;
    }
    void finish(FeatureGroup group) const
    {
        assert(m_at == m_ids.size() && m_first_row <= numRows(group));
        (void)group;
    }

private:
    std::span<std::int32_t> m_ids;
    std::size_t m_at = 0;
    int m_first_row = 1;
};

int programClass(const Part& part) { return part.is_drums ? 128 : std::clamp(part.program, 0, 127); }

int metreClass(const Metre& metre)
{
    const int unit_log2 = std::min(6, static_cast<int>(std::bit_width(static_cast<unsigned>(std::max(1, metre.unit)))) - 1);
    return std::min(metre.beats, 31) * 7 + unit_log2;
}

int tempoClass(double tempo_bpm)
{
    // Twelve steps of a fifth of an octave, from 40 BPM.
    return static_cast<int>(std::clamp(std::floor(5 * std::log2(std::max(tempo_bpm, 1.0) / 40)), 0.0, 11.0));
}

/// Steps since something, in classes that grow: 0 1 2 3 4 6 8 12 16 24 36 48 72 96 144 192, and never.
int gapClass(int steps)
{
    constexpr std::array<int, kNumGaps - 1> kEdges { 0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 36, 48, 72, 96, 144, 192 };
    if (steps < 0) return kNumGaps - 1;
    const auto past = std::upper_bound(kEdges.begin(), kEdges.end(), steps);
    return static_cast<int>(past - kEdges.begin()) - 1;
}

int keyClass(int midi_key, const Key& key) { return midi_key < 0 ? kNumPitchedClasses : pitchClassOf(midi_key, false, key); }

const BarFrame& barFrame(const PieceFrame& frame, int bar)
{
    return frame.bars[static_cast<std::size_t>(std::min(bar, static_cast<int>(frame.bars.size()) - 1))];
}
const Part& partOf(const PieceFrame& frame, int part) { return frame.parts[static_cast<std::size_t>(part)]; }

int pitchClass(int midi_key, const Key& key) { return ((midi_key - key.tonic) % 12 + 12) % 12; }

std::uint32_t hashed(std::u32string_view text)
{
    std::uint32_t h = 2166136261u;  // FNV-1a
    for (const char32_t c : text)
        for (int shift = 0; shift < 24; shift += 8) h = (h ^ (c >> shift & 0xFFu)) * 16777619u;
    return h;
}

/// "This would come next", told together with how long the repetition has held.
int withStrength(EchoMemory::Echo echo, int value, int num_values) { return echo.strength * num_values + value; }
int orElse(int value, int other) { return value == EchoMemory::kNoEcho ? other : value; }

/// The bar that the form says comes again here; lag 0: it says nothing of the kind.
struct Told {
    int lag = 0;
    bool is_varied = false;
};
Told toldAt(const PieceFrame& frame, int bar)
{
    const BarForm& form = barFrame(frame, bar).form;
    const bool is_repeat = form.kind == BarForm::Kind::kSame || form.kind == BarForm::Kind::kVaried;
    if (!is_repeat || form.lag_bars > std::min(bar, kMostFormLag)) return {};
    return { form.lag_bars, form.kind == BarForm::Kind::kVaried };
}
/// New, the same as so many bars ago, or a variation of it.
constexpr int kNumFormClasses = 1 + 2 * kMostFormLag;
void putForm(IdWriter& out, const PieceFrame& frame, int bar)
{
    const Told told = toldAt(frame, bar);
    if (told.lag > 0) return out.put(told.lag + (told.is_varied ? kMostFormLag : 0), kNumFormClasses);
    if (barFrame(frame, bar).form.kind == BarForm::Kind::kNew) return out.put(0, kNumFormClasses);
    out.putNothing(kNumFormClasses);
}
/// What stood in the bar that comes again.
void putTold(IdWriter& out, Told told, int value, int num_values)
{
    if (told.lag > 0) out.put(value + (told.is_varied ? num_values : 0), 2 * num_values);
    else out.putNothing(2 * num_values);
}

struct GroupShape {
    const char* name;
    int num_ids;
    int num_rows;
};

constexpr int kDurationNone = kMaxDuration;
constexpr std::array<GroupShape, kNumFeatureGroups> kShapes { {
    { "input", 21,
        1 + 3 + 193 + 25 + 9 + kNumPrograms + 269 + 256 + 9 + 193 + 224 + 8 + 17 + kNumModes + 12 + 9 + 9 + 2 * (EchoMemory::kNumStrengths + kNumLagClasses) + kNumFormClasses },
    { "place", kMaxSounding + 2 + 8 + 5, 1 + 12 + 194 + 194 + 8 * 50 + (EchoMemory::kNumStrengths + 5) * kNumPlaces },
    { "part", 2 + 8 + 8 + 2, 1 + 192 + 24 + 8 * kNumPrograms + 8 * 3 + (EchoMemory::kNumStrengths + 2) * 9 },
    { "pitch", 9 + kMaxSounding + 2 + 6,
        1 + 192 + 24 + 8 + kNumPrograms + 2 * kNumKeyClasses + 12 + 2 * kNumKeyClasses + 269 + kNumGaps + 7 + (EchoMemory::kNumStrengths + 6) * 269 },
    { "duration", 10, 1 + 192 + 24 + 8 + kNumPrograms + 268 + 256 + 193 + kNumGaps + (EchoMemory::kNumStrengths + 2) * 256 },
    { "velocity", 7, 1 + 24 + 8 + kNumPrograms + 268 + 9 + (EchoMemory::kNumStrengths + 2) * 9 },
    { "note", 6, 1 + 192 + 24 + 8 + kNumPrograms + 268 + 255 },
    { "word", kIdsPerWord, 1 + kWordRows },
    { "chip", 2, 1 + kChipRows },
} };
const GroupShape& shapeOf(FeatureGroup group) { return kShapes[static_cast<std::size_t>(group)]; }

}  // namespace

int numIds(FeatureGroup group) { return shapeOf(group).num_ids; }
int numRows(FeatureGroup group) { return shapeOf(group).num_rows; }
const char* featureGroupName(FeatureGroup group) { return shapeOf(group).name; }

FeatureState::FeatureState(const PieceFrame& frame) : m_cursor(frame), m_bar_steps(barFrame(frame, 0).numSteps()) { }

void FeatureState::inputIds(const PieceFrame& frame, std::span<std::int32_t> ids) const
{
    const int bar = m_cursor.bar();
    const int bars_left = static_cast<int>(frame.bars.size()) - bar;
    const BarFrame& here = barFrame(frame, bar);
    const bool is_note = m_has_previous && !m_previous.is_bar_line;
    IdWriter out(ids);
    out.put(!m_has_previous ? 0 : is_note ? 1 : 2, 3);
    out.put(is_note ? m_previous.position : 192, 193);
    out.put(is_note ? m_previous.position % 24 : 24, 25);
    out.put(is_note ? m_previous.part : 8, 9);
    out.put(is_note ? programClass(partOf(frame, m_previous.part)) : 129, kNumPrograms);
    out.put(is_note ? m_previous.pitch : kNumPitchClasses, 269);
    out.put(is_note ? m_previous.duration : kDurationNone, 256);
    out.put(is_note ? m_previous.velocity : 8, 9);
    out.put(std::min(m_bar_steps, 192), 193);
    out.put(metreClass(here.metre), 224);
    out.put(bar % 8, 8);
    out.put(std::clamp(bars_left, 0, 16), 17);
    out.put(static_cast<int>(here.key.mode), kNumModes);
    out.put(tempoClass(frame.tempo_bpm), 12);
    out.put(static_cast<int>(frame.parts.size()), 9);
    out.put(std::min(bar, 8), 9);
    const EchoMemory::Echo rhythm = m_echo.rhythm(), melody = is_note ? m_echo.melody(m_previous.part) : EchoMemory::Echo {};
    for (const EchoMemory::Echo echo : { rhythm, melody }) {
        out.put(echo.strength, EchoMemory::kNumStrengths);
        out.put(echo.lag, kNumLagClasses);
    }
    putForm(out, frame, bar);
    out.finish(FeatureGroup::kInput);
}

void FeatureState::placeIds(const PieceFrame& frame, std::span<std::int32_t> ids) const
{
    const Key& key = barFrame(frame, m_cursor.bar()).key;
    const int now = m_cursor.barStartStep() + m_cursor.position();
    std::array<int, kMaxSounding> classes {};
    std::size_t count = 0;
    int earliest_end = 193, latest_end = 193;
    for (const auto& note : m_cursor.sounding()) {
        if (note.end_step <= now || partOf(frame, note.part).is_drums) continue;
        const int end = std::clamp(note.end_step - m_cursor.barStartStep(), 0, 192);
        earliest_end = count == 0 ? end : std::min(earliest_end, end);
        latest_end = count == 0 ? end : std::max(latest_end, end);
        if (count < classes.size()) classes[count++] = pitchClass(note.key, key);
    }
    std::array<int, kMaxParts> ends {};
    for (std::size_t p = 0; p < frame.parts.size(); ++p) {
        const bool is_known = m_parts[p].last_onset_step >= 0;
        ends[p] = static_cast<int>(p) * 50 + (is_known ? std::clamp(m_parts[p].end_step - now, 0, 48) : 49);
    }
    IdWriter out(ids);
    out.putSeveral(std::span(classes.data(), count), kMaxSounding, 12);
    out.put(earliest_end, 194);
    out.put(latest_end, 194);
    out.putSeveral(std::span(ends.data(), frame.parts.size()), kMaxParts, kMaxParts * 50);
    const auto nextPosition = [&](int lag) { return orElse(m_echo.nextPlace(lag).position, kNumPlaces - 1); };
    const EchoMemory::Echo echo = m_echo.rhythm();
    out.put(withStrength(echo, nextPosition(echo.lag), kNumPlaces), EchoMemory::kNumStrengths * kNumPlaces);
    for (const int lag : kPlaceLags) out.put(nextPosition(lag), kNumPlaces);
    const Told told = toldAt(frame, m_cursor.bar());
    putTold(out, told, nextPosition(told.lag), kNumPlaces);
    out.finish(FeatureGroup::kPlace);
}

void FeatureState::partIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const
{
    const int now = m_cursor.barStartStep() + event.position;
    std::array<int, kMaxParts> programs {}, states {};
    for (std::size_t p = 0; p < frame.parts.size(); ++p) {
        const PartMemory& memory = m_parts[p];
        const int state = memory.last_onset_step == now ? 2 : memory.end_step > now ? 1 : 0;
        programs[p] = static_cast<int>(p) * kNumPrograms + programClass(frame.parts[p]);
        states[p] = static_cast<int>(p) * 3 + state;
    }
    IdWriter out(ids);
    out.put(event.position, 192);
    out.put(event.position % 24, 24);
    out.putSeveral(std::span(programs.data(), frame.parts.size()), kMaxParts, kMaxParts * kNumPrograms);
    out.putSeveral(std::span(states.data(), frame.parts.size()), kMaxParts, kMaxParts * 3);
    const EchoMemory::Echo echo = m_echo.rhythm();
    const auto nextPart = [&](int lag) {
        const EchoMemory::Place next = m_echo.nextPlace(lag);
        return next.position == event.position ? orElse(next.part, kMaxParts) : kMaxParts;
    };
    out.put(withStrength(echo, nextPart(echo.lag), kMaxParts + 1), EchoMemory::kNumStrengths * (kMaxParts + 1));
    const Told told = toldAt(frame, m_cursor.bar());
    putTold(out, told, nextPart(told.lag), kMaxParts + 1);
    out.finish(FeatureGroup::kPart);
}

void FeatureState::pitchIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const
{
    const BarFrame& here = barFrame(frame, m_cursor.bar());
    const Part& part = partOf(frame, event.part);
    const PartMemory& memory = m_parts[static_cast<std::size_t>(event.part)];
    const int now = m_cursor.barStartStep() + event.position;
    std::array<int, kMaxSounding> classes {};
    std::size_t count = 0;
    int lowest = -1, highest = -1;
    for (const auto& note : m_cursor.sounding()) {
        if (note.end_step <= now || partOf(frame, note.part).is_drums) continue;
        lowest = lowest < 0 ? note.key : std::min(lowest, note.key);
        highest = std::max(highest, note.key);
        if (count < classes.size()) classes[count++] = pitchClass(note.key, here.key);
    }
    const bool continues_chord = !m_cursor.isBarStart() && m_cursor.lastPart() == event.part && m_cursor.position() == event.position;
    const bool is_pitched = !part.is_drums;
    IdWriter out(ids);
    out.put(event.position, 192);
    out.put(event.position % 24, 24);
    out.put(event.part, 8);
    out.put(programClass(part), kNumPrograms);
    out.put(is_pitched ? keyClass(memory.last_key, here.key) : kNumPitchedClasses, kNumKeyClasses);
    out.put(is_pitched ? keyClass(memory.previous_key, here.key) : kNumPitchedClasses, kNumKeyClasses);
    out.putSeveral(std::span(classes.data(), count), kMaxSounding, 12);
    out.put(keyClass(lowest, here.key), kNumKeyClasses);
    out.put(keyClass(highest, here.key), kNumKeyClasses);
    out.put(continues_chord ? m_cursor.lastPitch() : kNumPitchClasses, 269);
    out.put(gapClass(memory.last_onset_step < 0 ? -1 : now - memory.last_onset_step), kNumGaps);
    out.put(static_cast<int>(here.key.mode), kNumModes);
    const auto pitchAt = [&](int lag) { return orElse(m_echo.pitchAt(lag, event.part, event.position), kNumPitchClasses); };
    const EchoMemory::Echo echo = m_echo.melody(event.part);
    out.put(withStrength(echo, pitchAt(echo.lag), kNumPitchClasses + 1), EchoMemory::kNumStrengths * (kNumPitchClasses + 1));
    for (const int lag : kPitchLags) out.put(pitchAt(lag), kNumPitchClasses + 1);
    const Told told = toldAt(frame, m_cursor.bar());
    putTold(out, told, pitchAt(told.lag), kNumPitchClasses + 1);
    out.finish(FeatureGroup::kPitch);
}

void FeatureState::durationIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const
{
    const PartMemory& memory = m_parts[static_cast<std::size_t>(event.part)];
    const int now = m_cursor.barStartStep() + event.position;
    IdWriter out(ids);
    out.put(event.position, 192);
    out.put(event.position % 24, 24);
    out.put(event.part, 8);
    out.put(programClass(partOf(frame, event.part)), kNumPrograms);
    out.put(event.pitch, kNumPitchClasses);
    out.put(memory.last_duration < 0 ? kDurationNone : memory.last_duration, 256);
    out.put(std::clamp(m_bar_steps - event.position, 0, 192), 193);
    out.put(gapClass(memory.last_onset_step < 0 ? -1 : now - memory.last_onset_step), kNumGaps);
    const EchoMemory::Echo echo = m_echo.melody(event.part);
    const auto durationAt = [&](int lag) { return orElse(m_echo.durationAt(lag, event.part, event.position, event.pitch), kDurationNone); };
    out.put(withStrength(echo, durationAt(echo.lag), kDurationNone + 1), EchoMemory::kNumStrengths * (kDurationNone + 1));
    const Told told = toldAt(frame, m_cursor.bar());
    putTold(out, told, durationAt(told.lag), kDurationNone + 1);
    out.finish(FeatureGroup::kDuration);
}

void FeatureState::velocityIds(const PieceFrame& frame, const Event& event, std::span<std::int32_t> ids) const
{
    const PartMemory& memory = m_parts[static_cast<std::size_t>(event.part)];
    IdWriter out(ids);
    out.put(event.position % 24, 24);
    out.put(event.part, 8);
    out.put(programClass(partOf(frame, event.part)), kNumPrograms);
    out.put(event.pitch, kNumPitchClasses);
    out.put(memory.last_velocity < 0 ? kNumVelocityClasses : memory.last_velocity, 9);
    const EchoMemory::Echo echo = m_echo.melody(event.part);
    const auto velocityAt = [&](int lag) { return orElse(m_echo.velocityAt(lag, event.part, event.position, event.pitch), kNumVelocityClasses); };
    out.put(withStrength(echo, velocityAt(echo.lag), kNumVelocityClasses + 1), EchoMemory::kNumStrengths * (kNumVelocityClasses + 1));
    const Told told = toldAt(frame, m_cursor.bar());
    putTold(out, told, velocityAt(told.lag), kNumVelocityClasses + 1);
    out.finish(FeatureGroup::kVelocity);
}

ClassInterval FeatureState::barHeadClasses() const { return { m_cursor.allowsNote() ? kBarHeadNote : kBarHeadBarLine, kBarHeadBarLine }; }

ClassInterval FeatureState::positions() const
{
    const int here = m_cursor.position();
    return { m_cursor.allowsPosition(here) ? here : here + 1, m_bar_steps - 1 };
}

ClassInterval FeatureState::partsAt(const PieceFrame& frame, int position) const
{
    const bool is_same_place = !m_cursor.isBarStart() && position == m_cursor.position();
    const int last = m_cursor.lastPart();
    const int first = !is_same_place ? 0 : m_cursor.allowsPart(position, last, frame) ? last : last + 1;
    return { first, static_cast<int>(frame.parts.size()) - 1 };
}

ClassInterval FeatureState::pitchesOf(const PieceFrame& frame, int position, int part) const
{
    const bool is_drums = partOf(frame, part).is_drums;
    const Key& key = barFrame(frame, m_cursor.bar()).key;
    ClassInterval all { pitchClassOf(0, is_drums, key), pitchClassOf(127, is_drums, key) };
    const bool continues_chord = !m_cursor.isBarStart() && position == m_cursor.position() && part == m_cursor.lastPart();
    if (continues_chord) all.lowest = std::max(all.lowest, m_cursor.lastPitch() + 1);
    return all;
}

void FeatureState::advance(const Event& event, const PieceFrame& frame)
{
    if (!event.is_bar_line) {
        PartMemory& memory = m_parts[static_cast<std::size_t>(event.part)];
        memory.previous_key = memory.last_key;
        memory.last_key = midiKeyOf(event.pitch, barFrame(frame, m_cursor.bar()).key);
        memory.last_onset_step = m_cursor.barStartStep() + event.position;
        memory.end_step = memory.last_onset_step + event.duration + 1;
        memory.last_duration = event.duration;
        memory.last_velocity = event.velocity;
    }
    m_echo.advance(event);
    m_cursor.advance(event, frame);
    m_previous = event;
    m_has_previous = true;
    m_bar_steps = barFrame(frame, m_cursor.bar()).numSteps();
}

void noteIds(const Part& part, const Event& note, std::span<std::int32_t> ids)
{
    IdWriter out(ids);
    out.put(note.position, 192);
    out.put(note.position % 24, 24);
    out.put(note.part, 8);
    out.put(programClass(part), kNumPrograms);
    out.put(note.pitch, kNumPitchClasses);
    out.put(note.duration, 255);
    out.finish(FeatureGroup::kNote);
}

std::vector<PromptWord> wordsOf(const std::string& prompt)
{
    const std::u32string text = decodeUtf8(lowerAscii(prompt));
    const auto isIdeograph = [](char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF); };
    const auto isLetter = [&](char32_t c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '#' || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
    };
    std::vector<PromptWord> words;
    const auto add = [&](std::size_t first, std::size_t past_last) {
        if (static_cast<int>(words.size()) < kMaxWords)
            words.push_back({ text.substr(first, past_last - first), { static_cast<int>(first), static_cast<int>(past_last) } });
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        if (isIdeograph(text[i])) {
            while (end < text.size() && isIdeograph(text[end])) ++end;
            if (end - i == 1) add(i, end);
            for (std::size_t k = i; k + 1 < end; ++k) add(k, k + 2);
        } else {
            while (end < text.size() && isLetter(text[end])) ++end;
            if (end > i) add(i, end);
        }
        i = std::max(end, i + 1);
    }
    return words;
}

void wordIds(const PromptWord& word, std::span<std::int32_t> ids)
{
    const std::u32string marked = U"<" + word.text + U">";
    std::size_t at = 0;
    std::fill(ids.begin(), ids.end(), 0);
    for (std::size_t n = 4; n >= 1; --n)
        for (std::size_t i = 0; i + n <= marked.size() && at < ids.size(); ++i)
            ids[at++] = 1 + static_cast<std::int32_t>(hashed(std::u32string_view(marked).substr(i, n)) % kWordRows);
}

std::vector<Chip> learntChips(const std::vector<Chip>& chips)
{
    std::vector<Chip> learnt;
    for (const Chip& chip : chips)
        if ((chip.name == "style" || chip.name == "density") && std::holds_alternative<std::string>(chip.value) && learnt.size() < kMaxLearntChips)
            learnt.push_back(chip);
    return learnt;
}

void chipIds(const Chip& chip, std::span<std::int32_t> ids)
{
    const auto row = [](const std::string& text) { return 1 + static_cast<std::int32_t>(hashed(decodeUtf8(text)) % kChipRows); };
    ids[0] = row(chip.name);
    ids[1] = row(chip.name + "=" + std::get<std::string>(chip.value));
}

std::vector<int> styleRows(const std::vector<Chip>& chips)
{
    std::vector<int> rows;
    for (const Chip& chip : learntChips(chips)) {
        if (chip.name != "style") continue;
        std::array<std::int32_t, 2> ids {};
        chipIds(chip, ids);
        rows.push_back(ids[1]);
    }
    return rows;
}

}  // namespace chainsong
