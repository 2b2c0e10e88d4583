#include "engine/compose/job.h"

#include "engine/music/tempo_map.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr int kBarsBefore = 16, kBarsBehind = 8; // what the prior sees around the region
constexpr int kLowestDrum = 35, kHighestDrum = 81; // General MIDI's kit

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The base's notes as events, bar by bar, in the frame's parts and keys.
Result<std::vector<std::vector<Event>>> keptEvents(
    const PieceFrame& frame, const Score& base, const std::vector<int>& tracks_of_parts) {
    Score score;
    score.end = {};
    for (std::size_t p = 0; p < frame.parts.size(); ++p) {
        Track track;
        track.program = frame.parts[p].program;
        track.is_drums = frame.parts[p].is_drums;
        track.notes = base.tracks[at(tracks_of_parts[p])].notes;
        score.tracks.push_back(std::move(track));
    }
    for (const BarFrame& bar : frame.bars) {
        score.keys.push_back({score.end, bar.key});
        score.metres.push_back({score.end, bar.metre});
        score.end = score.end + bar.metre.barLength();
    }
    for (Track& track : score.tracks)
        std::erase_if(track.notes, [&](const Note& note) { return note.start >= score.end; });
    auto piece = toEvents(score);
    if (!piece) return piece.error();
    std::vector<std::vector<Event>> by_bar(frame.bars.size());
    std::size_t bar = 0;
    for (const Event& event : piece->events) {
        if (event.is_bar_line)
            ++bar;
        else if (bar < by_bar.size())
            by_bar[bar].push_back(event);
    }
    return by_bar;
}

KeySet firstFreeKeys(const RegionWish& wish, const Part& part, int track) {
    const bool is_free =
        wish.tracks.empty() || std::find(wish.tracks.begin(), wish.tracks.end(), track) != wish.tracks.end();
    if (!is_free) return {};
    return part.is_drums ? wish.keys & keysBetween(kLowestDrum, kHighestDrum) : wish.keys;
}

/// Fills in the keys that are free; fails where hard constraints leave none though each alone leaves some.
Status freeTheKeys(WritingPlan& plan, const RegionWish& wish) {
    const std::size_t num_parts = plan.frame.parts.size();
    plan.free_keys.resize(plan.frame.bars.size());
    for (int bar = plan.first_bar; bar < plan.past_last_bar; ++bar) {
        bool has_any = !plan.given.by_bar[at(bar)].empty();
        std::string names;
        for (std::size_t p = 0; p < num_parts; ++p) {
            KeySet& keys = plan.free_keys[at(bar)][p];
            keys = firstFreeKeys(wish, plan.frame.parts[p], plan.map.track_of_part[p]);
            const bool was_free = keys.any();
            for (const RulePtr& rule : plan.rules) {
                if (!rule->isHard()) continue;
                const KeySet before = keys;
                rule->limitKeys(bar, static_cast<int>(p), keys);
                if (keys != before && names.find(rule->name()) == std::string::npos)
                    names += (names.empty() ? "" : ", ") + rule->name();
            }
            has_any = has_any || keys.any() || !was_free;
        }
        if (!has_any)
            return Error{
                "no note can keep all of these constraints at once: " + names + "; loosen one of them",
                "bar " + std::to_string(bar + plan.map.first_bar + 1)};
    }
    return Done{};
}

/// Pinned notes that one voice cannot sound together are told before anything is drawn.
Status checkPins(const WritingPlan& plan, const Score& base, const std::vector<Constraint>& constraints) {
    for (const Constraint& c : constraints) {
        if (c.name != "polyphony" || !c.is_on || !c.is_hard) continue;
        const auto most = static_cast<std::size_t>(std::max(1, std::atoi(c.value.c_str())));
        for (int p = 0; p < static_cast<int>(plan.frame.parts.size()); ++p) {
            const auto& notes = base.tracks[at(plan.map.track_of_part[at(p)])].notes;
            for (const Note& note : notes) {
                if (!note.is_pinned) continue;
                std::string names = noteName(note.key);
                std::size_t count = 1;
                for (const Note& other : notes) {
                    const bool is_together = other.is_pinned && &other != &note && other.start <= note.start
                        && note.start < other.end();
                    if (!is_together) continue;
                    ++count;
                    names += " and " + noteName(other.key);
                }
                if (count <= most) continue;
                const int bar = MetreMap(base.metres).barAt(note.start);
                if (!plan.map.reaches(c.scope, bar - plan.map.first_bar, p)) continue;
                return Error{names + " are pinned to the same time in the "
                        + partName(plan.frame.parts[at(p)]) + ", which sounds " + c.value
                        + (most == 1 ? " note" : " notes") + " at once (polyphony)",
                    "bar " + std::to_string(bar + 1)};
            }
        }
    }
    return Done{};
}

} // namespace

Result<Job> makeJob(const PieceFrame& frame, Score base, std::vector<int> tracks_of_parts,
    const RegionWish& wish, const std::vector<Constraint>& constraints, double temperature) {
    auto kept = keptEvents(frame, base, tracks_of_parts);
    if (!kept) return kept.error();
    const int first = std::max(0, wish.first_bar - kBarsBefore);
    const int last = std::min(static_cast<int>(frame.bars.size()), wish.past_last_bar + kBarsBehind);

    auto plan = std::make_shared<WritingPlan>();
    plan->frame = frame;
    plan->frame.bars.assign(frame.bars.begin() + first, frame.bars.begin() + last);
    plan->map = {first, std::move(tracks_of_parts)};
    plan->first_bar = wish.first_bar - first;
    plan->past_last_bar = wish.past_last_bar - first;
    plan->temperature = temperature;
    plan->most_notes_a_bar = 48 + 24 * static_cast<int>(frame.parts.size());
    for (const BarFrame& bar : plan->frame.bars) plan->num_steps += bar.numSteps();

    std::vector<std::vector<Event>> given(kept->begin() + first, kept->begin() + last);
    for (int b = 0; b < plan->first_bar; ++b) {
        plan->past.insert(plan->past.end(), given[at(b)].begin(), given[at(b)].end());
        plan->past.push_back(kBarLine);
    }
    plan->given = givenNotes(plan->frame, std::move(given));
    for (const Constraint& constraint : constraints) {
        if (!constraint.is_on) continue;
        auto rule = makeRule(constraint, plan->frame, plan->map);
        if (!rule) return Error{sentence(rule.error()), constraint.name};
        if (*rule) plan->rules.push_back(*std::move(rule));
    }
    if (const Status checked = checkPins(*plan, base, constraints); !checked) return checked.error();
    if (const Status freed = freeTheKeys(*plan, wish); !freed) return freed.error();
    return Job{std::move(plan), std::move(base), wish};
}

Tick Job::frameStart() const {
    // The metres of the base say where its bars begin; the frame holds the same bars.
    return MetreMap(base.metres).barStart(plan->map.first_bar);
}

Tick Job::regionStart() const { return MetreMap(base.metres).barStart(wish.first_bar); }

std::vector<std::vector<Note>> Job::newNotes(const RegionDraw& draw) const {
    std::vector<std::vector<Note>> notes(base.tracks.size());
    Tick bar_start = regionStart();
    int bar = plan->first_bar;
    for (const Event& event : draw.events) {
        if (event.is_bar_line) {
            bar_start = bar_start + plan->frame.bars[at(bar++)].metre.barLength();
            continue;
        }
        const auto& given = plan->given.by_bar[at(bar)];
        const bool is_given = std::any_of(given.begin(), given.end(), [&](const Event& note) {
            return note.position == event.position && note.part == event.part && note.pitch == event.pitch;
        });
        if (is_given) continue;
        Note note;
        note.start = bar_start + Tick{event.position * kTicksPerStep};
        note.length = std::min(Tick{(event.duration + 1) * kTicksPerStep}, base.end - note.start);
        note.key = static_cast<std::uint8_t>(midiKeyOf(event.pitch, plan->frame.bars[at(bar)].key));
        note.velocity_127 = static_cast<std::uint8_t>(event.velocity * 16 + 8);
        notes[at(plan->map.track_of_part[at(event.part)])].push_back(note);
    }
    return notes;
}

Score Job::assembled(const RegionDraw& draw) const {
    Score score = base;
    const auto notes = newNotes(draw);
    for (std::size_t t = 0; t < notes.size(); ++t) {
        auto& all = score.tracks[t].notes;
        all.insert(all.end(), notes[t].begin(), notes[t].end());
        std::stable_sort(all.begin(), all.end(), comesBefore);
    }
    return score;
}

std::vector<ConstraintReport> reportsOf(
    const Job& job, const std::vector<Constraint>& constraints, const RegionDraw& draw) {
    const WritingPlan& plan = *job.plan;
    const GivenNotes none(plan.frame.bars.size()); // here every note is judged alike, given or not
    std::vector<ConstraintReport> reports;
    for (const Constraint& constraint : constraints) {
        if (!constraint.is_on) continue;
        ConstraintReport report{constraint.name, constraint.is_hard, true, constraint.value};
        const auto rule = makeRule(constraint, plan.frame, plan.map);
        if (!rule || !*rule) {
            reports.push_back(std::move(report));
            continue;
        }
        EventCursor cursor(plan.frame);
        Written written;
        const auto complain = [&](const std::string& what) {
            if (!report.is_satisfied) return;
            report.is_satisfied = false;
            report.detail = "bar " + std::to_string(cursor.bar() + plan.map.first_bar + 1) + ": " + what;
        };
        const auto read = [&](const Event& event, bool is_region) {
            const Place here{plan.frame, cursor, written, none};
            if (event.is_bar_line) {
                const bool is_kept =
                    (*rule)->isHard() ? (*rule)->admitsBarLine(here) : (*rule)->logFactorOfBar(here) == 0;
                if (is_region && !is_kept) complain("the bar does not keep it");
                written.startBar();
            } else {
                const int key = midiKeyOf(event.pitch, here.bar().key);
                KeySet keys = ~KeySet();
                (*rule)->limitKeys(cursor.bar(), event.part, keys);
                (*rule)->limitKeysHere(here, event.position, event.part, keys);
                if (is_region
                    && (!keys.test(at(key)) || !(*rule)->admitsNote(here, event.position, event.part)))
                    complain(noteName(key, here.bar().key) + " of the "
                        + partName(plan.frame.parts[at(event.part)]) + " does not keep it");
                written.add(event, false, cursor, plan.frame);
            }
            cursor.advance(event, plan.frame);
        };
        for (const Event& event : plan.past) read(event, false);
        for (const Event& event : draw.events) read(event, true);
        reports.push_back(std::move(report));
    }
    return reports;
}

} // namespace chainsong
