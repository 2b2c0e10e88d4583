#include "engine/playback/schedule.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr int kClickAccentKey = 76; // high wood block
constexpr int kClickKey = 77; // low wood block
constexpr int kClickAccentVelocity = 115;
constexpr int kClickVelocity = 85;
constexpr Tick kClickLength{kTicksPerQuarter / 16};

std::uint8_t clamped127(int value, int lowest = 0) {
    return static_cast<std::uint8_t>(std::clamp(value, lowest, 127));
}

/// By tick; what ends comes first. The rest keeps its order: on shared channels each note follows its
/// program.
bool comesEarlier(const MidiMessage& a, const MidiMessage& b) {
    if (a.at != b.at) return a.at < b.at;
    return a.kind == MidiMessageKind::kNoteOff && b.kind != MidiMessageKind::kNoteOff;
}

/// A note with the channel it sounds on, before overlaps are resolved.
struct Voiced {
    Tick start;
    Tick end;
    std::uint8_t channel;
    std::uint8_t key;
    std::uint8_t velocity_127;
    std::uint8_t program;
    int track;
};

std::vector<Voiced> audibleNotes(const Score& score, const Mix& mix, const ChannelPlan& plan) {
    std::vector<Voiced> notes;
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        if (!isAudible(mix, t)) continue;
        const auto channel = static_cast<std::uint8_t>(plan.channel_of_track[t]);
        const std::uint8_t program = clamped127(score.tracks[t].program);
        for (const Note& note : score.tracks[t].notes) {
            const Tick end = std::max(note.end(), note.start + Tick{1});
            notes.push_back({note.start, end, channel, clamped127(note.key), clamped127(note.velocity_127, 1),
                program, static_cast<int>(t)});
        }
    }
    return notes;
}

/// Cuts each note where its key is struck again on the same channel, and joins notes that begin together.
void resolveOverlaps(std::vector<Voiced>& notes) {
    std::stable_sort(notes.begin(), notes.end(), [](const Voiced& a, const Voiced& b) {
        const std::size_t a_key = keyIndex(a.channel, a.key);
        const std::size_t b_key = keyIndex(b.channel, b.key);
        return a_key != b_key ? a_key < b_key : a.start < b.start;
    });
    std::size_t kept = 0;
    for (const Voiced& note : notes) {
        if (kept > 0 && notes[kept - 1].channel == note.channel && notes[kept - 1].key == note.key) {
            Voiced& previous = notes[kept - 1];
            if (previous.start == note.start) {
                previous.end = std::max(previous.end, note.end);
                previous.velocity_127 = std::max(previous.velocity_127, note.velocity_127);
                continue;
            }
            previous.end = std::min(previous.end, note.start);
        }
        notes[kept++] = note;
    }
    notes.resize(kept);
}

std::vector<MidiMessage> messagesOf(const std::vector<Voiced>& notes, const ChannelPlan& plan) {
    std::vector<MidiMessage> messages;
    messages.reserve(notes.size() * 2);
    for (const Voiced& note : notes) {
        const auto add = [&](Tick at, MidiMessage message) {
            message.at = at;
            message.track = note.track;
            messages.push_back(message);
        };
        // A shared channel takes the program just before each note; notes already sounding keep theirs.
        if (plan.has_many_programs[note.channel]) add(note.start, program(note.channel, note.program));
        add(note.start, noteOn(note.channel, note.key, note.velocity_127));
        add(note.end, noteOff(note.channel, note.key));
    }
    std::stable_sort(messages.begin(), messages.end(), comesEarlier);
    return messages;
}

std::vector<MidiMessage> setupMessages(const Score& score, const Mix& mix, const ChannelPlan& plan) {
    std::vector<MidiMessage> messages;
    std::bitset<kNumChannels> is_told;
    for (std::size_t t = 0; t < score.tracks.size(); ++t) {
        const Track& track = score.tracks[t];
        const int channel = plan.channel_of_track[t];
        if (track.notes.empty() || is_told[static_cast<std::size_t>(channel)]) continue;
        is_told.set(static_cast<std::size_t>(channel));
        const TrackMix wish = t < mix.tracks.size() ? mix.tracks[t] : TrackMix{};
        messages.push_back(control(channel, kBankController, 0));
        messages.push_back(program(channel, clamped127(track.program)));
        messages.push_back(
            control(channel, kVolumeController, clamped127(wish.volume_127.value_or(track.volume_127))));
        messages.push_back(
            control(channel, kPanController, clamped127(wish.pan_127.value_or(track.pan_127))));
    }
    return messages;
}

} // namespace

Schedule::Schedule(const Score& score, const Mix& mix, bool with_metronome)
    : m_tempos(score.tempos)
    , m_metres(score.metres)
    , m_end(std::max(score.end, lastNoteEnd(score)))
    , m_has_metronome(with_metronome) {
    const ChannelPlan plan = planChannels(score.tracks);
    m_setup = setupMessages(score, mix, plan);
    std::vector<Voiced> notes = audibleNotes(score, mix, plan);
    resolveOverlaps(notes);
    m_messages = messagesOf(notes, plan);
}

void Schedule::appendWindow(Tick from, Tick to, std::vector<MidiMessage>& out) const {
    const std::size_t before = out.size();
    const auto first = std::lower_bound(m_messages.begin(), m_messages.end(), from,
        [](const MidiMessage& message, Tick at) { return message.at < at; });
    const auto last = std::lower_bound(
        first, m_messages.end(), to, [](const MidiMessage& message, Tick at) { return message.at < at; });
    out.insert(out.end(), first, last);
    if (m_has_metronome) {
        appendClicks(from, to, out);
        std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), comesEarlier);
    }
    for (std::size_t i = before; i < out.size(); ++i) out[i].at_s = m_tempos.secondsAt(out[i].at);
}

void Schedule::appendClicks(Tick from, Tick to, std::vector<MidiMessage>& out) const {
    // Computed window by window, never stored: a hostile file can last for months.
    const Tick first = std::max(Tick{0}, from - kClickLength);
    const Tick last = std::min(to, m_end);
    if (first >= last) return;
    for (int bar = m_metres.barAt(first); m_metres.barStart(bar) < last; ++bar) {
        const Tick bar_start = m_metres.barStart(bar);
        const Tick bar_end = std::min(m_metres.barStart(bar + 1), m_end);
        const Tick beat = std::max(m_metres.metreOfBar(bar).beatLength(), kClickLength + Tick{1});
        for (Tick at = bar_start; at < bar_end; at = at + beat) {
            const bool is_accent = at == bar_start;
            const int key = is_accent ? kClickAccentKey : kClickKey;
            MidiMessage on = noteOn(kDrumChannel, key, is_accent ? kClickAccentVelocity : kClickVelocity);
            MidiMessage off = noteOff(kDrumChannel, key);
            on.at = at;
            off.at = at + kClickLength;
            if (from <= on.at && on.at < to) out.push_back(on);
            if (from <= off.at && off.at < to) out.push_back(off);
        }
    }
}

ChannelKeys Schedule::soundingAt(Tick at) const {
    ChannelKeys keys;
    for (const MidiMessage& message : m_messages) {
        if (message.at > at) break;
        if (message.kind == MidiMessageKind::kNoteOn) keys.set(keyIndex(message.channel, message.first));
        if (message.kind == MidiMessageKind::kNoteOff) keys.reset(keyIndex(message.channel, message.first));
    }
    return keys;
}

std::optional<int> Schedule::freeChannel() const {
    std::bitset<kNumChannels> is_used;
    is_used.set(kDrumChannel);
    for (const MidiMessage& message : m_setup) is_used.set(message.channel);
    for (int channel = kNumChannels - 1; channel >= 0; --channel)
        if (!is_used[static_cast<std::size_t>(channel)]) return channel;
    return std::nullopt;
}

std::vector<MidiMessage> Schedule::setupOf(int channel) const {
    std::vector<MidiMessage> messages;
    for (const MidiMessage& message : m_setup)
        if (message.channel == channel) messages.push_back(message);
    return messages;
}

Schedule countIn(const Score& score, Tick from, int num_bars) {
    const MetreMap metres(score.metres);
    const TempoMap tempos(score.tempos);
    const Metre metre = metres.metreOfBar(metres.barAt(from));
    Score bars;
    bars.tempos = {tempoAt({}, tempos.tempoBpmAt(from))};
    bars.metres = {{{}, metre}};
    bars.end = metre.barLength() * num_bars;
    return Schedule(bars, {}, /*with_metronome=*/true);
}

} // namespace chainsong
