#include "engine/io/project_codec.h"

#include "engine/io/midi_file.h"
#include "engine/io/part_bytes.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace chainsong {
namespace {

// The first byte of a part says what it is. Notes belong to the track before them, tracks to the score before
// them, a score to the variation before it or else to the project.
constexpr char kHeadPart = 'H';
constexpr char kVariationPart = 'V';
constexpr char kScorePart = 'S';
constexpr char kTrackPart = 'T';
constexpr char kNotesPart = 'N';

constexpr std::size_t kMaxNotes = 2 * kMaxMidiNotes;
constexpr std::size_t kMaxTracks = 4096;
constexpr std::size_t kMaxVariations = 1000;
constexpr std::size_t kMaxParts = 4'000'000;
constexpr std::size_t kNotesPerPart = 64; // on average, at least
constexpr std::int64_t kShortestWindow = 4 * kTicksPerQuarter;

std::string encodedHead(const ProjectContent& content) {
    PartWriter out(kHeadPart);
    out.text(content.prompt);
    out.text(content.chips_json);
    out.text(content.model);
    out.number(content.seed);
    out.fraction(content.temperature);
    out.number(content.constraints.size());
    for (const std::string& constraint : content.constraints) out.text(constraint);
    return out.finished();
}

void readHead(PartReader& in, ProjectContent& content) {
    content.prompt = in.text();
    content.chips_json = in.text();
    content.model = in.text();
    content.seed = in.number();
    content.temperature = in.fraction();
    if (!std::isfinite(content.temperature) || content.temperature < 0) content.temperature = 1;
    for (std::size_t left = in.count(); left > 0 && in.isSound(); --left)
        content.constraints.push_back(in.text());
}

std::string encodedFrame(const Score& score) {
    PartWriter out(kScorePart);
    out.text(score.title);
    out.tick(score.end);
    out.number(score.tempos.size());
    for (const TempoChange& change : score.tempos) {
        out.tick(change.at);
        out.number(static_cast<std::uint64_t>(std::max(change.microseconds_per_quarter, 0)));
    }
    out.number(score.metres.size());
    for (const MetreChange& change : score.metres) {
        out.tick(change.at);
        out.byte(change.metre.beats);
        out.byte(change.metre.unit);
    }
    out.number(score.keys.size());
    for (const KeyChange& change : score.keys) {
        out.tick(change.at);
        out.byte(change.key.tonic);
        out.byte(static_cast<int>(change.key.mode));
    }
    out.number(score.markers.size());
    for (const Marker& marker : score.markers) {
        out.tick(marker.at);
        out.text(marker.text);
    }
    return out.finished();
}

void readFrame(PartReader& in, Score& score) {
    score.title = in.text();
    score.end = in.tick();
    for (std::size_t left = in.count(); left > 0 && in.isSound(); --left) {
        const Tick at = in.tick();
        score.tempos.push_back({at, in.number(1, 1'000'000'000)});
    }
    for (std::size_t left = in.count(); left > 0 && in.isSound(); --left) {
        const Tick at = in.tick();
        const int beats = in.byte();
        score.metres.push_back({at, {beats, in.byte()}});
    }
    for (std::size_t left = in.count(); left > 0 && in.isSound(); --left) {
        const Tick at = in.tick();
        const int tonic = in.byte() % 12;
        score.keys.push_back({at, {tonic, static_cast<Mode>(in.byte() % kNumModes)}});
    }
    for (std::size_t left = in.count(); left > 0 && in.isSound(); --left) {
        const Tick at = in.tick();
        score.markers.push_back({at, in.text()});
    }
}

std::string encodedTrack(const Track& track) {
    PartWriter out(kTrackPart);
    out.text(track.name);
    out.byte(track.program);
    out.byte(track.is_drums);
    out.byte(track.volume_127);
    out.byte(track.pan_127);
    return out.finished();
}

void readTrack(PartReader& in, Track& track) {
    track.name = in.text();
    track.program = in.byte();
    track.is_drums = in.byte() != 0;
    track.volume_127 = in.byte();
    track.pan_127 = in.byte();
}

std::string encodedNotes(std::span<const Note> notes) {
    PartWriter out(kNotesPart);
    Tick before{0};
    for (const Note& note : notes) {
        out.tick(note.start - before);
        out.byte(note.key);
        out.byte((note.velocity_127 & 0x7F) | (note.is_pinned ? 0x80 : 0));
        out.tick(note.length);
        before = note.start;
    }
    return out.finished();
}

void readNotes(PartReader& in, std::vector<Note>& notes, std::size_t& budget) {
    Tick at{0};
    for (; !in.isAtEnd() && in.isSound() && budget > 0; --budget) {
        at = std::min(at + in.tick(), kMaxMidiTick);
        Note note{at, {}, static_cast<std::uint8_t>(in.byte() & 0x7F)};
        const int velocity = in.byte();
        note.velocity_127 = static_cast<std::uint8_t>(std::max(velocity & 0x7F, 1));
        note.is_pinned = (velocity & 0x80) != 0;
        note.length = std::max(in.tick(), Tick{1});
        if (in.isSound()) notes.push_back(note);
    }
}

/// Ticks of a stretch of this track that is stored as one part. A power of two, so that an edit rarely
/// changes it.
std::int64_t windowOf(const Track& track) {
    const std::int64_t span = track.notes.back().start.value;
    const auto most_parts =
        static_cast<std::int64_t>(std::max<std::size_t>(track.notes.size() / kNotesPerPart, 1));
    std::int64_t window = kShortestWindow;
    while (span / window > most_parts) window *= 2;
    return window;
}

void appendScore(const Score& score, std::vector<std::string>& parts) {
    parts.push_back(encodedFrame(score));
    for (const Track& track : score.tracks) {
        parts.push_back(encodedTrack(track));
        if (track.notes.empty()) continue;
        const std::int64_t window = windowOf(track);
        for (auto from = track.notes.begin(); from != track.notes.end();) {
            const std::int64_t place = from->start.value / window;
            const auto to = std::find_if(from, track.notes.end(),
                [&](const Note& note) { return note.start.value / window != place; });
            parts.push_back(encodedNotes({from, to}));
            from = to;
        }
    }
}

} // namespace

std::vector<std::string> encodedParts(const ProjectContent& content) {
    std::vector<std::string> parts;
    parts.push_back(encodedHead(content));
    appendScore(content.score, parts);
    for (const ProjectContent::Variation& variation : content.variations) {
        PartWriter out(kVariationPart);
        out.text(variation.name);
        out.fraction(variation.log_density);
        out.byte(variation.is_starred);
        parts.push_back(out.finished());
        appendScore(variation.score, parts);
    }
    return parts;
}

DecodedContent decodedParts(std::span<const std::optional<std::string>> parts) {
    DecodedContent out;
    ProjectContent& content = out.content;
    Score* score = &content.score;
    bool has_head = false, has_frame = false;
    std::size_t note_budget = kMaxNotes;
    for (const std::optional<std::string>& part : parts) {
        if (!part || part->empty()) {
            out.is_complete = false;
            continue;
        }
        PartReader in(std::string_view(*part).substr(1));
        const char kind = part->front();
        if (kind == kHeadPart && !std::exchange(has_head, true)) {
            readHead(in, content);
        } else if (kind == kVariationPart && content.variations.size() < kMaxVariations) {
            ProjectContent::Variation& variation = content.variations.emplace_back();
            variation.name = in.text();
            variation.log_density = in.fraction();
            variation.is_starred = in.byte() != 0;
            score = &variation.score;
            has_frame = false;
        } else if (kind == kScorePart && !std::exchange(has_frame, true)) {
            readFrame(in, *score);
        } else if (kind == kTrackPart && score->tracks.size() < kMaxTracks) {
            readTrack(in, score->tracks.emplace_back());
        } else if (kind == kNotesPart && !score->tracks.empty()) {
            readNotes(in, score->tracks.back().notes, note_budget);
        } else {
            out.is_complete = false;
            continue;
        }
        if (!in.isSound() || !in.isAtEnd()) out.is_complete = false;
    }
    content.score = normalised(std::move(content.score));
    for (ProjectContent::Variation& variation : content.variations)
        variation.score = normalised(std::move(variation.score));
    return out;
}

std::string encodedList(std::span<const std::int64_t> ids) {
    PartWriter out('L');
    std::int64_t before = 0;
    for (const std::int64_t id :
        ids) { // the step to the next, its sign in the lowest bit: mostly 1, one byte
        const std::int64_t step = id - before;
        out.number(static_cast<std::uint64_t>(step < 0 ? -step * 2 + 1 : step * 2));
        before = id;
    }
    return out.finished();
}

std::optional<std::vector<std::int64_t>> decodedList(std::string_view bytes) {
    if (!bytes.starts_with('L')) return {};
    PartReader in(bytes.substr(1));
    std::vector<std::int64_t> ids;
    std::int64_t before = 0;
    while (!in.isAtEnd() && in.isSound()) {
        const std::uint64_t step = in.number();
        const auto size = static_cast<std::int64_t>(std::min<std::uint64_t>(step / 2, 1ull << 40));
        before += step % 2 ? -size : size;
        ids.push_back(before);
        if (ids.size() > kMaxParts) return {};
    }
    if (!in.isSound()) return {};
    return ids;
}

std::int64_t checkSum(std::string_view bytes) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : bytes) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ull;
    return static_cast<std::int64_t>(hash);
}

} // namespace chainsong
