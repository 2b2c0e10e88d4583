#include "engine/model/muse/echo.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace chainsong {
namespace {

constexpr int kLongestMatch = 16; // notes; longer ones are not told apart

int strengthOf(int matched_notes) {
    return matched_notes == 0 ? 0 : matched_notes <= 2 ? 1 : matched_notes <= 7 ? 2 : 3;
}

/// Finds the lag under which the end of `notes` repeats itself the longest; the shortest of equals. `placeOf`
/// gives a note's place and identity without its bar, in the order of `notes`.
template <class Note, class PlaceOf>
EchoMemory::Echo longestRepetition(std::span<const Note> notes, PlaceOf placeOf) {
    const Note& last = notes.back();
    int best = 0, best_lag = 0;
    for (int lag = 1;
         lag <= EchoMemory::kMostEchoLag && last.bar - lag >= notes.front().bar && best < kLongestMatch;
         ++lag) {
        const auto image =
            std::lower_bound(notes.begin(), notes.end(), last, [&](const Note& note, const Note& sought) {
                return std::tuple(note.bar, placeOf(note)) < std::tuple(sought.bar - lag, placeOf(sought));
            });
        auto j = image - notes.begin();
        int matched = 0;
        for (auto i = static_cast<std::ptrdiff_t>(notes.size()) - 1; j >= 0 && matched < kLongestMatch;
             --i, --j, ++matched) {
            const Note &now = notes[static_cast<std::size_t>(i)], &then = notes[static_cast<std::size_t>(j)];
            if (then.bar != now.bar - lag || placeOf(then) != placeOf(now)) break;
        }
        if (matched > best) best = matched, best_lag = lag;
    }
    return {strengthOf(best), best_lag};
}

} // namespace

void EchoMemory::advance(const Event& event) {
    if (event.is_bar_line) {
        ++m_bar;
        m_position = m_part = m_pitch = -1;
        m_rank = 0;
        forgetOldBars();
        return;
    }
    const bool continues_chord = event.position == m_position && event.part == m_part;
    m_rank = continues_chord ? m_rank + 1 : 0;
    m_position = event.position;
    m_part = event.part;
    m_pitch = event.pitch;
    const auto small = [](int value) { return static_cast<std::int16_t>(value); };
    const Note note{m_bar, small(event.position), small(event.part), small(event.pitch),
        small(event.duration), small(event.velocity), small(m_rank)};
    auto& part = m_parts[static_cast<std::size_t>(event.part)];
    part.push_back(note);
    m_all.push_back(note);
    m_melody_echo[static_cast<std::size_t>(event.part)] = longestRepetition(
        std::span<const Note>(part), [](const Note& n) { return std::tuple(n.position, n.pitch); });
    m_rhythm_echo = longestRepetition(
        std::span<const Note>(m_all), [](const Note& n) { return std::tuple(n.position, n.part, n.rank); });
}

EchoMemory::Place EchoMemory::nextPlace(int lag) const {
    const int bar = m_bar - lag;
    if (lag <= 0 || bar < 0) return {};
    const auto next = std::upper_bound(m_all.begin(), m_all.end(),
        std::tuple(bar, m_position, m_part, m_rank), [](const auto& sought, const Note& note) {
            return sought < std::tuple(int(note.bar), int(note.position), int(note.part), int(note.rank));
        });
    if (next == m_all.end() || next->bar != bar) return {kEchoBarLine, kNoEcho};
    return {next->position, next->part};
}

const EchoMemory::Note* EchoMemory::noteAt(int lag, int part, int position, int lowest_pitch) const {
    const int bar = m_bar - lag;
    if (lag <= 0 || bar < 0) return nullptr;
    const auto& notes = m_parts[static_cast<std::size_t>(part)];
    const auto found = std::lower_bound(notes.begin(), notes.end(), std::tuple(bar, position, lowest_pitch),
        [](const Note& note, const auto& sought) {
            return std::tuple(int(note.bar), int(note.position), int(note.pitch)) < sought;
        });
    return found != notes.end() && found->bar == bar && found->position == position ? &*found : nullptr;
}

int EchoMemory::pitchAt(int lag, int part, int position) const {
    const bool continues_chord = part == m_part && position == m_position;
    const Note* const note = noteAt(lag, part, position, continues_chord ? m_pitch + 1 : 0);
    return note ? note->pitch : kNoEcho;
}

int EchoMemory::durationAt(int lag, int part, int position, int pitch) const {
    const Note* const note = noteAt(lag, part, position, pitch);
    return note ? note->duration : kNoEcho;
}

int EchoMemory::velocityAt(int lag, int part, int position, int pitch) const {
    const Note* const note = noteAt(lag, part, position, pitch);
    return note ? note->velocity : kNoEcho;
}

void EchoMemory::forgetOldBars() {
    constexpr int kEvery = 8; // bars
    if (m_bar % kEvery != 0) return;
    const auto forget = [oldest = m_bar - kMostEchoLag](std::vector<Note>& notes) {
        notes.erase(notes.begin(),
            std::find_if(notes.begin(), notes.end(), [&](const Note& note) { return note.bar >= oldest; }));
    };
    for (auto& part : m_parts) forget(part);
    forget(m_all);
}

} // namespace chainsong
