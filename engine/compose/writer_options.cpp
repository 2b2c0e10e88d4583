#include "engine/compose/writer.h"

#include <algorithm>
#include <cmath>

// What each head may choose, and the choice itself: the only place where probabilities meet constraints.
namespace chainsong {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

int classOf(const Event& event, Head head) {
    switch (head) {
    case Head::kBar: return event.is_bar_line ? kBarHeadBarLine : kBarHeadNote;
    case Head::kPosition: return event.position;
    case Head::kPart: return event.part;
    case Head::kPitch: return event.pitch;
    case Head::kDuration: return event.duration;
    case Head::kVelocity: return event.velocity;
    }
    return 0;
}

void setClass(Event& event, Head head, int choice) {
    switch (head) {
    case Head::kBar: event = choice == kBarHeadBarLine ? kBarLine : Event{}; break;
    case Head::kPosition: event.position = choice; break;
    case Head::kPart: event.part = choice; break;
    case Head::kPitch: event.pitch = choice; break;
    case Head::kDuration: event.duration = choice; break;
    case Head::kVelocity: event.velocity = choice; break;
    }
}

std::string_view headWords(Head head) {
    switch (head) {
    case Head::kBar: return "neither a further note nor the bar's end is possible";
    case Head::kPosition: return "no place in the bar is left for a note";
    case Head::kPart: return "no voice may play there";
    case Head::kPitch: return "no pitch is possible";
    case Head::kDuration: return "no length is possible";
    case Head::kVelocity: return "no loudness is possible";
    }
    return "";
}

KeySet keysAbove(int key) { return ~KeySet() << at(key + 1); }
KeySet keysBelow(int key) { return ~KeySet() >> at(128 - key); }

} // namespace

KeySet Writer::freeKeys(int particle, int position, int part) const {
    const Place here = place(particle);
    KeySet keys = m_plan->free_keys[at(here.cursor.bar())][at(part)];
    if (keys.none()) return keys;
    const Key& key = here.bar().key;
    if (!here.cursor.isBarStart() && position == here.cursor.position()) {
        if (part < here.cursor.lastPart()) return {};
        if (part == here.cursor.lastPart()) keys &= keysAbove(midiKeyOf(here.cursor.lastPitch(), key));
    }
    if (const Event* given = nextGiven(particle); given && given->position == position && given->part == part)
        keys &= keysBelow(midiKeyOf(given->pitch, key));
    const int step = here.cursor.barStartStep() + position;
    for (const auto& sounding : here.cursor.sounding()) // no part strikes a key that it still holds
        if (sounding.part == part && sounding.end_step > step) keys.reset(at(sounding.key));
    for (const RulePtr& rule : m_plan->rules) {
        if (!rule->isHard()) continue;
        if (keys.none() || !rule->admitsNote(here, position, part)) return {};
        rule->limitKeysHere(here, position, part, keys);
    }
    return keys;
}

bool Writer::hasFreeNote(int particle, int position) const {
    for (int part = 0; part < static_cast<int>(m_plan->frame.parts.size()); ++part)
        if (freeKeys(particle, position, part).any()) return true;
    return false;
}

void Writer::listOptions(int particle, Head head) {
    m_options.clear();
    if (!m_particles[at(particle)].is_alive) return;
    switch (head) {
    case Head::kBar: return listBarOptions(particle);
    case Head::kPosition: return listPositions(particle);
    case Head::kPart: return listParts(particle);
    case Head::kPitch: return listPitches(particle);
    case Head::kDuration: return listDurations(particle);
    case Head::kVelocity:
        if (m_particles[at(particle)].is_given)
            m_options.push_back({nextGiven(particle)->velocity});
        else
            for (int v = 0; v < kNumVelocityClasses; ++v) m_options.push_back({v});
    }
}

void Writer::listBarOptions(int particle) {
    const Place here = place(particle);
    if (nextGiven(particle)) { // a given note is never passed over
        m_options.push_back({kBarHeadNote});
        return;
    }
    const bool has_room = here.written.notes_in_bar < m_plan->most_notes_a_bar
        && std::all_of(m_plan->rules.begin(), m_plan->rules.end(),
            [&](const RulePtr& rule) { return !rule->isHard() || rule->admitsMoreNotes(here); });
    for (int position = here.cursor.position(); has_room && here.cursor.allowsPosition(position);
         ++position) {
        if (!hasFreeNote(particle, position)) continue;
        m_options.push_back({kBarHeadNote});
        break;
    }
    double log_factor = 0;
    for (const RulePtr& rule : m_plan->rules) {
        if (rule->isHard() && !rule->admitsBarLine(here)) return;
        log_factor += rule->logFactorOfBar(here);
    }
    m_options.push_back({kBarHeadBarLine, std::exp(log_factor)});
}

void Writer::listPositions(int particle) {
    const EventCursor& cursor = m_decoder->cursor(particle);
    const Event* given = nextGiven(particle);
    const bool has_room = m_particles[at(particle)].written.notes_in_bar < m_plan->most_notes_a_bar;
    for (int position = cursor.position(); cursor.allowsPosition(position); ++position) {
        const bool is_given = given && given->position == position;
        if (is_given || (has_room && hasFreeNote(particle, position))) m_options.push_back({position});
        if (is_given) return;
    }
}

void Writer::listParts(int particle) {
    const Event* given = nextGiven(particle);
    const int position = m_particles[at(particle)].event.position;
    for (int part = 0; part < static_cast<int>(m_plan->frame.parts.size()); ++part) {
        const bool is_given = given && given->position == position && given->part == part;
        if (is_given || freeKeys(particle, position, part).any()) m_options.push_back({part});
        if (is_given) return;
    }
}

void Writer::listPitches(int particle) {
    const Place here = place(particle);
    const Event& event = m_particles[at(particle)].event;
    const bool is_drums = m_plan->frame.parts[at(event.part)].is_drums;
    const Key& key = here.bar().key;
    const KeySet keys = freeKeys(particle, event.position, event.part);
    m_by_key.fill(1);
    for (const RulePtr& rule : m_plan->rules) {
        if (rule->isHard()) continue;
        KeySet liked = ~KeySet();
        rule->limitKeys(here.cursor.bar(), event.part, liked);
        rule->limitKeysHere(here, event.position, event.part, liked);
        if (liked.all()) continue;
        for (std::size_t k = 0; k < 128; ++k)
            if (!liked.test(k)) m_by_key[k] *= std::exp(-rule->weight());
    }
    for (std::size_t k = 0; k < 128; ++k)
        if (keys.test(k))
            m_options.push_back({pitchClassOf(static_cast<int>(k), is_drums, key), m_by_key[k]});
    const Event* given = nextGiven(particle);
    if (given && given->position == event.position && given->part == event.part)
        m_options.push_back({given->pitch});

    m_by_key.fill(1);
    bool is_guided = false;
    for (const RulePtr& rule : m_plan->rules)
        is_guided |= rule->guide(here, event.position, event.part, m_by_key);
    if (!is_guided) return;
    for (Option& option : m_options) option.guide = m_by_key[at(midiKeyOf(option.choice, key))];
}

void Writer::listDurations(int particle) {
    Particle& p = m_particles[at(particle)];
    const Place here = place(particle);
    const Event* given = nextGiven(particle);
    const int key = midiKeyOf(p.event.pitch, here.bar().key);
    p.is_given = given && given->position == p.event.position && given->part == p.event.part
        && given->pitch == p.event.pitch;
    if (p.is_given) {
        const bool is_admitted = std::all_of(m_plan->rules.begin(), m_plan->rules.end(),
            [&](const RulePtr& rule) { return !rule->isHard() || rule->admitsGiven(here, p.event, key); });
        if (is_admitted) m_options.push_back({given->duration});
        return;
    }
    const int step = here.cursor.barStartStep() + p.event.position;
    int longest = std::min(kMaxDuration, m_plan->num_steps - step);
    for (const PlacedNote& coming : here.given.from(p.event.part, step)) {
        if (coming.start_step - step >= longest) break;
        if (coming.key == key) longest = coming.start_step - step;
    }
    for (const RulePtr& rule : m_plan->rules)
        if (rule->isHard())
            longest = std::min(longest, rule->longestSteps(here, p.event.position, p.event.part, key));
    for (int steps = 1; steps <= longest; ++steps) m_options.push_back({steps - 1});
}

int Writer::choose(int particle, Head head, std::span<const float> row) {
    Particle& p = m_particles[at(particle)];
    const Event* script = scripted(p);
    const Option* chosen = nullptr;
    double mass = 0;
    if (p.mode == Mode::kScore) {
        for (const Option& option : m_options)
            if (option.choice == classOf(*script, head)) chosen = &option;
    } else {
        for (const Option& option : m_options)
            mass += std::exp(static_cast<double>(row[at(option.choice)])) * option.factor * option.guide;
        double left = p.mode == Mode::kDraw && mass > 0 ? m_rngs[at(particle)].uniform() * mass : 0;
        for (const Option& option : m_options) {
            const double weight =
                std::exp(static_cast<double>(row[at(option.choice)])) * option.factor * option.guide;
            if (!(weight > 0)) continue;
            if (p.mode == Mode::kFollow) {
                if (option.choice == classOf(*script, head)) chosen = &option;
                continue;
            }
            chosen = &option;
            if ((left -= weight) < 0) break;
        }
    }
    const double log_p = chosen ? static_cast<double>(row[at(chosen->choice)]) + std::log(chosen->factor) : 0;
    if (!chosen || !std::isfinite(log_p)) {
        // No way on. The decoder still wants a class: any that it holds possible.
        if (p.is_alive) m_last_trouble = headWords(head);
        p.is_alive = false;
        const int any = static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
        setClass(p.event, head, any);
        return any;
    }
    p.log_density += log_p;
    if (p.mode == Mode::kScore)
        p.log_increment += log_p;
    else if (m_plan->keeps_weights)
        p.log_increment += std::log(mass) - std::log(chosen->guide);
    setClass(p.event, head, chosen->choice);
    return chosen->choice;
}

} // namespace chainsong
