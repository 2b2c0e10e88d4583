#include "widgets/piano_roll/piano_roll.h"
#include "widgets/piano_roll/roll_certainty.h"
#include "widgets/piano_roll/roll_scene.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace chainsong {

void PianoRoll::setTool(RollTool tool) {
    if (tool == m_tool) return;
    m_tool = tool;
    updateCursorShape(viewport()->mapFromGlobal(QCursor::pos()));
    Q_EMIT toolChanged(tool);
}

void PianoRoll::setGrid(Tick grid) {
    if (grid == m_grid || grid.value < 0) return;
    m_grid = grid;
    repaintAll();
    Q_EMIT gridChanged(grid);
}

void PianoRoll::setFollowMode(FollowMode mode) {
    m_is_follow_suspended = false;
    if (mode == m_follow) return;
    m_follow = mode;
    Q_EMIT followModeChanged(mode);
}

void PianoRoll::cycleFollowMode() {
    setFollowMode(m_follow == FollowMode::kOff ? FollowMode::kPaged
            : m_follow == FollowMode::kPaged   ? FollowMode::kContinuous
                                               : FollowMode::kOff);
}

void PianoRoll::setUncertaintyView(UncertaintyView view) {
    if (view == m_uncertainty) return;
    m_uncertainty = view;
    repaintAll();
    Q_EMIT uncertaintyViewChanged(view);
}

void PianoRoll::cycleUncertaintyView() {
    using View = UncertaintyView;
    setUncertaintyView(m_uncertainty == View::kOff ? View::kConfidence
            : m_uncertainty == View::kConfidence   ? View::kGhosts
                                                   : View::kOff);
}

void PianoRoll::setScaleHighlighted(bool is_on) {
    m_is_scale_highlighted = is_on;
    repaintAll();
}

void PianoRoll::setNoteNamesShown(bool is_on) {
    m_are_names_shown = is_on;
    repaintAll();
}

void PianoRoll::setOtherTracksShown(bool is_on) {
    m_are_others_shown = is_on;
    repaintAll();
}

void PianoRoll::select(std::vector<NoteRef> notes) {
    std::erase_if(notes, [&](const NoteRef& ref) { return !find(ref); });
    setSelection(std::move(notes));
}

void PianoRoll::selectAll() {
    const auto& tracks = shown().tracks;
    const auto allOf = [&](int track) {
        std::vector<NoteRef> refs;
        const int count = static_cast<int>(tracks[static_cast<std::size_t>(track)].notes.size());
        for (int i = 0; i < count; ++i) refs.push_back({track, i});
        return refs;
    };
    if (m_track >= static_cast<int>(tracks.size())) return;
    std::vector<NoteRef> chosen = allOf(m_track);
    if (chosen == m_selection) { // asked twice: the other tracks too
        chosen.clear();
        for (int track = 0; track < static_cast<int>(tracks.size()); ++track)
            std::ranges::copy(allOf(track), std::back_inserter(chosen));
    }
    setSelection(std::move(chosen));
}

void PianoRoll::selectNone() { setSelection({}); }

void PianoRoll::invertSelection() {
    if (m_track >= static_cast<int>(shown().tracks.size())) return;
    std::vector<NoteRef> chosen;
    const int count = static_cast<int>(shown().tracks[static_cast<std::size_t>(m_track)].notes.size());
    for (int i = 0; i < count; ++i) {
        if (!std::ranges::binary_search(m_selection, NoteRef{m_track, i})) chosen.push_back({m_track, i});
    }
    setSelection(std::move(chosen));
}

void PianoRoll::zoomIn() { setCoords(m_coords.zoomedTime(1.25, m_layout.notes.width() / 2.0)); }
void PianoRoll::zoomOut() { setCoords(m_coords.zoomedTime(0.8, m_layout.notes.width() / 2.0)); }

void PianoRoll::zoomToSelection() {
    const std::vector<Note> notes = selectedNotes();
    if (notes.empty()) return zoomToFit();
    Tick from = notes.front().start;
    Tick to = from;
    int lowest = 127;
    int highest = 0;
    for (const Note& note : notes) {
        from = std::min(from, note.start);
        to = std::max(to, note.end());
        lowest = std::min<int>(lowest, note.key);
        highest = std::max<int>(highest, note.key);
    }
    zoomTo({from, to}, lowest, highest);
}

void PianoRoll::zoomToFit() {
    int lowest = 127;
    int highest = 0;
    for (const Track& track : shown().tracks) {
        for (const Note& note : track.notes) {
            lowest = std::min<int>(lowest, note.key);
            highest = std::max<int>(highest, note.key);
        }
    }
    if (lowest > highest) return zoomTo({{}, m_metres.barStart(8)}, 48, 84);
    zoomTo({{}, std::max(shown().end, lastNoteEnd(shown()))}, lowest, highest);
}

void PianoRoll::zoomTo(TickRange range, int lowest_key, int highest_key) {
    const QSize area = m_layout.notes.size();
    const double ticks =
        static_cast<double>(std::max<std::int64_t>(kTicksPerQuarter, (range.to - range.from).value));
    const int keys = highest_key - lowest_key + 1;
    RollCoords coords;
    coords.pixels_per_tick = std::clamp(area.width() * 0.96 / ticks, kMinPixelsPerTick, kMaxPixelsPerTick);
    coords.key_height_px = std::clamp<double>(std::floor(area.height() / (keys + 4.0)), kMinKeyHeight, 22);
    coords.scroll_x_px =
        std::max(0.0, coords.width(range.from) - (range.from.value > 0 ? area.width() * 0.02 : 0));
    const double middle = (127 - (lowest_key + highest_key) / 2.0 + 0.5) * coords.key_height_px;
    coords.scroll_y_px = std::max(0.0, middle - area.height() / 2.0);
    setCoords(coords);
}

void PianoRoll::centreOnNotes() {
    double sum = 0;
    double count = 0;
    for (const Track& track : shown().tracks) {
        for (const Note& note : track.notes) {
            sum += note.key;
            ++count;
        }
    }
    RollCoords coords = m_coords;
    coords.scroll_x_px = 0;
    coords.scroll_y_px = std::max(
        0.0, (127.5 - (count > 0 ? sum / count : 66)) * coords.key_height_px - m_layout.notes.height() / 2.0);
    setCoords(coords);
}

void PianoRoll::eraseSelection() {
    if (!m_selection.empty()) ask({EraseNotes{m_selection}});
}

void PianoRoll::transposeSelection(int semitones) {
    if (m_selection.empty()) return;
    const Note first = *find(m_selection.front());
    if (m_selection.size() == 1) previewNote(std::clamp(first.key + semitones, 0, 127), first.velocity_127);
    ask({ChangeNotes{.notes = m_selection, .move = {}, .lengthen = {}, .transpose = semitones}});
}

void PianoRoll::transposeSelectionInScale(int steps) {
    if (!m_selection.empty()) ask({TransposeInScale{m_selection, steps}});
}

void PianoRoll::nudgeSelection(Tick by) {
    if (!m_selection.empty()) ask({ChangeNotes{.notes = m_selection, .move = by, .lengthen = {}}});
}

void PianoRoll::lengthenSelection(Tick by) {
    if (!m_selection.empty()) ask({ChangeNotes{.notes = m_selection, .move = {}, .lengthen = by}});
}

void PianoRoll::changeSelectionVelocity(int by_127) {
    if (!m_selection.empty())
        ask({ChangeNotes{.notes = m_selection, .move = {}, .lengthen = {}, .louder = by_127}});
}

void PianoRoll::pinSelection(bool is_pinned) {
    if (!m_selection.empty()) ask({PinNotes{m_selection, is_pinned}});
}

void PianoRoll::quantiseSelection(double strength_unit) {
    if (!m_selection.empty() && m_grid.value > 0) ask({Quantise{m_selection, m_grid, strength_unit}});
}

void PianoRoll::duplicateSelection() {
    const std::vector<Note> notes = selectedNotes();
    if (notes.empty()) return;
    Tick from = notes.front().start;
    Tick to = from;
    for (const Note& note : notes) {
        from = std::min(from, note.start);
        to = std::max(to, note.end());
    }
    RollGesture copy{.kind = RollGesture::Kind::kCopy, .notes = m_selection};
    const Tick grid{std::max<std::int64_t>(1, m_grid.value)};
    const Tick length = to - from;
    copy.move = {(length.value + grid.value - 1) / grid.value * grid.value};
    ask(editsOf(copy, shown(), m_track));
}

void PianoRoll::showMostUndecidedBeat() {
    const auto& bits = m_certainty.undecided_bits_per_beat;
    if (bits.empty()) return;
    int beat = static_cast<int>(std::ranges::max_element(bits) - bits.begin());
    int bar = 0;
    for (; beat >= m_metres.metreOfBar(bar).beats; ++bar) beat -= m_metres.metreOfBar(bar).beats;
    const Tick at = m_metres.barStart(bar) + m_metres.metreOfBar(bar).beatLength() * beat;
    RollCoords coords = m_coords;
    coords.scroll_x_px = std::max(0.0, coords.width(at) - m_layout.notes.width() / 2.0);
    setCoords(coords);
    Q_EMIT seekRequested(at);
}

QString PianoRoll::spokenNote(NoteRef ref) const {
    const Note* note = find(ref);
    if (!note) return {};
    const BarBeat place = m_metres.barBeatAt(note->start);
    const Tick beat = m_metres.metreOfBar(m_metres.barAt(note->start)).beatLength();
    const double beats = static_cast<double>(note->length.value) / static_cast<double>(beat.value);
    QString text = tr("%1, bar %2 beat %3")
                       .arg(QString::fromStdString(noteName(note->key, keyAt(shown(), note->start))))
                       .arg(place.bar)
                       .arg(place.beat);
    if (place.rest.value > 0)
        text += tr(" plus %1")
                    .arg(QLocale().toString(
                        static_cast<double>(place.rest.value) / static_cast<double>(beat.value), 'g', 3));
    text +=
        beats == 1 ? tr(", length 1 beat") : tr(", length %1 beats").arg(QLocale().toString(beats, 'g', 3));
    text += tr(", velocity %1").arg(note->velocity_127);
    const auto& shares = m_certainty.note_share_unit;
    const auto track = static_cast<std::size_t>(ref.track);
    const auto index = static_cast<std::size_t>(ref.index);
    if (!m_audition && track < shares.size() && index < shares[track].size())
        text += tr(", %1 % sure").arg(std::lround(100 * shares[track][index]));
    if (note->is_pinned) text += tr(", pinned");
    return text;
}

QString PianoRoll::spokenPlace() const {
    const BarBeat played = m_metres.barBeatAt(std::max(Tick{}, m_playhead));
    QString text = tr("Playhead at bar %1 beat %2.").arg(played.bar).arg(played.beat);
    if (m_selection.size() == 1)
        text += QLatin1Char(' ') + tr("Selected: %1.").arg(spokenNote(m_selection.front()));
    else if (!m_selection.empty())
        text += QLatin1Char(' ') + tr("%1 notes selected.").arg(m_selection.size());
    else if (m_cursor) {
        const BarBeat place = m_metres.barBeatAt(m_cursor->at);
        text += QLatin1Char(' ')
            + tr("Cursor on %1, bar %2 beat %3.")
                  .arg(QString::fromStdString(noteName(m_cursor->key, keyAt(shown(), m_cursor->at))))
                  .arg(place.bar)
                  .arg(place.beat);
    }
    return text;
}

} // namespace chainsong
