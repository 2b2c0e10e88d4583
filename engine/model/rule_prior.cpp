#include "engine/model/prior.h"
#include "engine/music/instruments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace chainsong {
namespace {

// One bar is a row of cells, a cell is (slot in time, part), in the events' canonical order. Each cell is
// struck with a probability of its own; the next note is the first struck cell after the last note, and a bar
// line is what is left when none is struck. So the heads of one event (bar line or note, position, part) are
// parts of one small sum.

constexpr double kFloor =
    1e-3; // share of every head that is spread over all it may write: no pin is impossible
constexpr double kChordAgain = 0.3; // a polyphonic part adds another note to its chord
constexpr std::array<int, 8> kProgression{0, 3, 4, 0, 5, 3, 4, 0}; // scale degrees of the bars' chords

enum class Role { kMelody, kInner, kBass, kDrums };

/// What a part plays: its role by register, the middle it keeps to, and whether it may sound chords.
struct Voice {
    Role role = Role::kInner;
    double middle = 64;
    bool is_polyphonic = false;
};

std::size_t at(int i) { return static_cast<std::size_t>(i); }

bool isKeyboardOrPlucked(int program) { return program < 32 || (program >= 45 && program <= 47); }

std::vector<Voice> voicesOf(const PieceFrame& frame) {
    std::vector<Voice> voices(frame.parts.size());
    for (std::size_t p = 0; p < voices.size(); ++p) {
        const Part& part = frame.parts[p];
        const KeyRange range = comfortableRange(part.program);
        const auto same = [&](std::size_t from, std::size_t to) {
            return static_cast<double>(std::count(frame.parts.begin() + static_cast<std::ptrdiff_t>(from),
                frame.parts.begin() + static_cast<std::ptrdiff_t>(to), part));
        };
        const double spread =
            9 * (same(p + 1, voices.size()) - same(0, p)) / 2; // the first of equals is highest
        voices[p].middle = std::clamp((range.lowest + range.highest) / 2.0 + spread, range.lowest + 4.0,
            std::max(range.highest - 4.0, range.lowest + 4.0));
        voices[p].is_polyphonic = isKeyboardOrPlucked(part.program) && !part.is_drums;
        if (part.is_drums) voices[p].role = Role::kDrums;
    }
    const auto is_higher = [](const Voice& a, const Voice& b) {
        return (a.role == Role::kDrums ? -1 : a.middle) < (b.role == Role::kDrums ? -1 : b.middle);
    };
    const auto melody = std::max_element(voices.begin(), voices.end(), is_higher);
    if (melody == voices.end() || melody->role == Role::kDrums) return voices;
    const auto is_lower = [](const Voice& a, const Voice& b) {
        return (a.role == Role::kDrums ? 999 : a.middle) < (b.role == Role::kDrums ? 999 : b.middle);
    };
    std::min_element(voices.begin(), voices.end(), is_lower)->role = Role::kBass;
    melody->role = Role::kMelody;
    return voices;
}

double densityFactor(const PieceFrame& frame) {
    const Chip* chip = findChip(frame.chips, "density");
    if (!chip) chip = findChip(frame.chips, "energy");
    const auto* word = chip ? std::get_if<std::string>(&chip->value) : nullptr;
    if (!word) return 1;
    return *word == "low" ? 0.6 : *word == "high" ? 1.6 : 1.0;
}

/// The common plan of a task: what does not change while it is written.
struct RuleTask {
    PieceFrame frame;
    std::vector<Voice> voices;
    double density = 1;
    double temperature = 1;

    const BarFrame& bar(int b) const {
        return frame.bars[at(std::min(b, static_cast<int>(frame.bars.size()) - 1))];
    }
    /// Steps of one slot: half a beat, or a whole one where beats are short.
    int slotSteps(int b) const {
        const int unit = bar(b).metre.unit;
        return std::max(1, unit <= 4 ? 48 / unit : 96 / unit);
    }
    int beatSteps(int b) const { return std::max(1, 96 / bar(b).metre.unit); }
};

class RuleDecoder final : public Decoder {
public:
    RuleDecoder(std::shared_ptr<const RuleTask> task, int num_particles)
        : m_task(std::move(task))
        , m_cursors(at(num_particles), EventCursor(m_task->frame))
        , m_events(at(num_particles)) { }

    int numParticles() const override { return static_cast<int>(m_cursors.size()); }
    void readPast(std::span<const Event> events) override {
        for (EventCursor& cursor : m_cursors)
            for (const Event& event : events) cursor.advance(event, m_task->frame);
    }
    void beginEvent(std::span<const int> particles) override {
        m_active.assign(particles.begin(), particles.end());
        m_writing = m_active;
        for (const int i : m_active) m_events[at(i)] = {};
    }
    std::span<const int> writing() const override { return m_writing; }
    std::span<const float> headLogProbs(Head head) override;
    void choose(Head head, std::span<const int> classes) override;
    void endEvent() override {
        for (const int i : m_active) m_cursors[at(i)].advance(m_events[at(i)], m_task->frame);
    }
    const EventCursor& cursor(int particle) const override { return m_cursors[at(particle)]; }
    void resample(std::span<const int> ancestors) override {
        std::vector<EventCursor> next;
        next.reserve(ancestors.size());
        for (const int a : ancestors) next.push_back(m_cursors[at(a)]);
        m_cursors = std::move(next);
        m_events.resize(m_cursors.size());
    }
    std::unique_ptr<Decoder> clone() const override { return std::make_unique<RuleDecoder>(*this); }

private:
    double strike(const EventCursor& cursor, int position, int part) const;
    template <class OnCell> double forEachCell(const EventCursor& cursor, OnCell on_cell) const;
    void weigh(Head head, const EventCursor& cursor, const Event& event, std::span<double> weights) const;
    void weighPitches(const EventCursor& cursor, const Event& event, std::span<double> weights) const;
    void weighDurations(const EventCursor& cursor, const Event& event, std::span<double> weights) const;
    bool mayWrite(Head head, const EventCursor& cursor, const Event& event, int choice) const;

    std::shared_ptr<const RuleTask> m_task;
    std::vector<EventCursor> m_cursors;
    std::vector<Event> m_events; // what each particle is writing
    std::vector<int> m_active, m_writing;
    std::vector<float> m_rows;
    std::vector<double> m_weights;
};

/// Probability that a part strikes a note at a position, other cells apart.
double RuleDecoder::strike(const EventCursor& cursor, int position, int part) const {
    const int bar = cursor.bar();
    const bool is_first = position == 0;
    const bool is_beat = position % m_task->beatSteps(bar) == 0;
    const auto pick = [&](double first, double beat, double half) {
        return is_first ? first : is_beat ? beat : half;
    };
    double p = 0;
    switch (m_task->voices[at(part)].role) {
    case Role::kMelody: p = pick(0.93, 0.75, 0.3); break;
    case Role::kInner: p = pick(0.8, 0.55, 0.12); break;
    case Role::kBass: p = pick(0.95, 0.45, 0.05); break;
    case Role::kDrums: p = pick(0.9, 0.8, 0.5); break;
    }
    const int step = cursor.barStartStep() + position;
    for (const auto& sounding : cursor.sounding())
        if (sounding.part == part && sounding.end_step > step) return 0.03 * p;
    return std::min(0.97, p * m_task->density);
}

/// Calls on_cell(position, part, probability that the next note is there); returns what is left for the bar
/// line.
template <class OnCell> double RuleDecoder::forEachCell(const EventCursor& cursor, OnCell on_cell) const {
    const int num_parts = static_cast<int>(m_task->voices.size());
    const int num_steps = m_task->bar(cursor.bar()).numSteps();
    const int slot = m_task->slotSteps(cursor.bar());
    double left = 1;
    if (!cursor.isBarStart()) {
        const Voice& voice = m_task->voices[at(cursor.lastPart())];
        const bool is_full = std::abs(cursor.lastKeyOf(cursor.lastPart()) - voice.middle) > 14;
        const double again = voice.role == Role::kDrums ? 0.25
            : voice.is_polyphonic && !is_full           ? kChordAgain
                                                        : 0;
        on_cell(cursor.position(), cursor.lastPart(), again);
        left -= again;
    }
    const int first = (cursor.position() + slot - 1) / slot * slot;
    for (int position = first; position < num_steps; position += slot)
        for (int part = 0; part < num_parts; ++part) {
            if (!cursor.isBarStart() && position == cursor.position() && part <= cursor.lastPart()) continue;
            const double p = strike(cursor, position, part) * left;
            on_cell(position, part, p);
            left -= p;
        }
    return left;
}

void RuleDecoder::weighPitches(
    const EventCursor& cursor, const Event& event, std::span<double> weights) const {
    const Key& key = m_task->bar(cursor.bar()).key;
    const Voice& voice = m_task->voices[at(event.part)];
    if (voice.role == Role::kDrums) {
        const bool is_beat = event.position % m_task->beatSteps(cursor.bar()) == 0;
        for (const auto& [drum, weight] :
            {std::pair{36, is_beat ? 1.0 : 0.2}, {38, is_beat ? 0.6 : 0.1}, {42, 1.0}})
            weights[at(pitchClassOf(drum, true, key))] = weight;
        return;
    }
    const auto steps = scaleSteps(key.mode);
    const bool is_last_bar = cursor.bar() + 1 >= static_cast<int>(m_task->frame.bars.size());
    const int root = is_last_bar ? 0 : kProgression[at(cursor.bar() % 8)];
    const auto isInChord = [&](int degree) {
        const int above = (degree - root + 7) % 7;
        return degree >= 0 && above % 2 == 0 && above <= 4;
    };
    const bool is_strong = event.position % m_task->beatSteps(cursor.bar()) == 0;
    const int last = cursor.lastKeyOf(event.part);
    for (int pitch = 0; pitch < kNumPitchedClasses; ++pitch) {
        const int midi = midiKeyOf(pitch, key);
        if (midi < 0 || midi > 127 || std::abs(midi - voice.middle) > 30) continue;
        const int above_tonic = (midi - key.tonic + 144) % 12;
        const auto found = std::find(steps.begin(), steps.end(), above_tonic);
        const int degree = found == steps.end() ? -1 : static_cast<int>(found - steps.begin());
        double w = degree < 0   ? (isInScale(midi, key) ? 0.15 : 0.01)
            : isInChord(degree) ? (is_strong ? 4.0 : 1.5)
                                : 0.6;
        if (voice.role == Role::kBass && event.position == 0 && degree == root) w *= 6;
        const double from_middle = (midi - voice.middle) / 7;
        w *= std::exp(-0.5 * from_middle * from_middle);
        if (last >= 0) {
            const int leap = std::abs(midi - last);
            w *= leap == 0   ? 0.5
                : leap <= 2  ? 1.5
                : leap <= 5  ? 0.6
                : leap == 7  ? 0.4
                : leap == 12 ? 0.3
                             : 0.06;
        }
        for (const auto& sounding : cursor.sounding()) {
            if (sounding.end_step <= cursor.barStartStep() + event.position || sounding.part == event.part)
                continue;
            const int interval = std::abs(midi - sounding.key) % 12;
            if (interval == 1 || interval == 11 || interval == 6) w *= 0.2;
        }
        weights[at(pitch)] = w;
    }
}

void RuleDecoder::weighDurations(
    const EventCursor& cursor, const Event& event, std::span<double> weights) const {
    const int num_steps = m_task->bar(cursor.bar()).numSteps();
    const int slot = m_task->slotSteps(cursor.bar());
    const int beat = m_task->beatSteps(cursor.bar());
    const int to_beat = beat - event.position % beat;
    const int to_end = num_steps - event.position;
    const bool is_last_bar = cursor.bar() + 1 >= static_cast<int>(m_task->frame.bars.size());
    const Role role = m_task->voices[at(event.part)].role;
    const auto add = [&](int steps, double weight) {
        weights[at(std::clamp(steps, 1, std::min(to_end, kMaxDuration)) - 1)] += weight;
    };
    if (role == Role::kDrums) return add(slot, 1);
    add(slot, role == Role::kMelody ? 0.5 : 0.2);
    add(to_beat, 1);
    add(to_beat + beat, role == Role::kBass ? 1.0 : 0.4);
    add(to_end, is_last_bar ? 2.0 : role == Role::kBass ? 0.7 : 0.2);
}

void RuleDecoder::weigh(
    Head head, const EventCursor& cursor, const Event& event, std::span<double> weights) const {
    switch (head) {
    case Head::kBar:
        weights[kBarHeadBarLine] = forEachCell(cursor, [](int, int, double) {});
        weights[kBarHeadNote] = 1 - weights[kBarHeadBarLine];
        break;
    case Head::kPosition:
        forEachCell(cursor, [&](int position, int, double p) { weights[at(position)] += p; });
        break;
    case Head::kPart:
        forEachCell(cursor, [&](int position, int part, double p) {
            if (position == event.position) weights[at(part)] += p;
        });
        break;
    case Head::kPitch: weighPitches(cursor, event, weights); break;
    case Head::kDuration: weighDurations(cursor, event, weights); break;
    case Head::kVelocity: {
        const bool is_strong = event.position == 0 || m_task->voices[at(event.part)].role == Role::kMelody;
        weights[4] = is_strong ? 0.2 : 0.7;
        weights[5] = is_strong ? 0.8 : 0.3;
        break;
    }
    }
}

bool RuleDecoder::mayWrite(Head head, const EventCursor& cursor, const Event& event, int choice) const {
    const PieceFrame& frame = m_task->frame;
    switch (head) {
    case Head::kBar: {
        if (choice == kBarHeadBarLine) return true;
        for (int position = cursor.position(); cursor.allowsPosition(position); ++position)
            for (int part = 0; part < static_cast<int>(frame.parts.size()); ++part)
                if (cursor.allowsPart(position, part, frame)) return true;
        return false;
    }
    case Head::kPosition: {
        if (!cursor.allowsPosition(choice)) return false;
        for (int part = 0; part < static_cast<int>(frame.parts.size()); ++part)
            if (cursor.allowsPart(choice, part, frame)) return true;
        return false;
    }
    case Head::kPart: return cursor.allowsPart(event.position, choice, frame);
    case Head::kPitch: return cursor.allowsPitch(event.position, event.part, choice, frame);
    case Head::kDuration:
    case Head::kVelocity: return true;
    }
    return false;
}

std::span<const float> RuleDecoder::headLogProbs(Head head) {
    const std::size_t num_classes = at(numClasses(head));
    m_rows.resize(m_writing.size() * num_classes);
    m_weights.resize(num_classes);
    for (std::size_t r = 0; r < m_writing.size(); ++r) {
        const EventCursor& cursor = m_cursors[at(m_writing[r])];
        const Event& event = m_events[at(m_writing[r])];
        std::fill(m_weights.begin(), m_weights.end(), 0.0);
        weigh(head, cursor, event, m_weights);
        double sum = 0;
        int num_allowed = 0;
        std::array<bool, kNumPitchClasses> is_allowed{};
        for (std::size_t c = 0; c < num_classes; ++c) {
            is_allowed[c] = mayWrite(head, cursor, event, static_cast<int>(c));
            if (!is_allowed[c]) m_weights[c] = 0;
            sum += m_weights[c];
            num_allowed += is_allowed[c];
        }
        double tempered_sum = 0;
        for (std::size_t c = 0; c < num_classes; ++c) {
            if (!is_allowed[c]) continue;
            const double by_rule =
                sum > 0 ? (1 - kFloor) * m_weights[c] / sum + kFloor / num_allowed : 1.0 / num_allowed;
            m_weights[c] = m_task->temperature == 1 ? by_rule : std::pow(by_rule, 1 / m_task->temperature);
            tempered_sum += m_weights[c];
        }
        float* const row = m_rows.data() + r * num_classes;
        for (std::size_t c = 0; c < num_classes; ++c)
            row[c] = is_allowed[c] ? static_cast<float>(std::log(m_weights[c] / tempered_sum))
                                   : -std::numeric_limits<float>::infinity();
    }
    return m_rows;
}

void RuleDecoder::choose(Head head, std::span<const int> classes) {
    for (std::size_t r = 0; r < m_writing.size(); ++r) {
        Event& event = m_events[at(m_writing[r])];
        switch (head) {
        case Head::kBar:
            if (classes[r] == kBarHeadBarLine) event = kBarLine;
            break;
        case Head::kPosition: event.position = classes[r]; break;
        case Head::kPart: event.part = classes[r]; break;
        case Head::kPitch: event.pitch = classes[r]; break;
        case Head::kDuration: event.duration = classes[r]; break;
        case Head::kVelocity: event.velocity = classes[r]; break;
        }
    }
    if (head == Head::kBar) std::erase_if(m_writing, [&](int i) { return m_events[at(i)].is_bar_line; });
}

class RulePrior final : public Prior {
public:
    std::string name() const override { return "rules"; }
    std::unique_ptr<Decoder> begin(const WritingTask& task, int num_particles) const override {
        auto rules = std::make_shared<RuleTask>();
        rules->frame = task.frame;
        rules->voices = voicesOf(task.frame);
        rules->density = densityFactor(task.frame);
        rules->temperature = task.temperature;
        return std::make_unique<RuleDecoder>(std::move(rules), num_particles);
    }
};

} // namespace

PriorPtr makeRulePrior() { return std::make_shared<RulePrior>(); }

} // namespace chainsong
