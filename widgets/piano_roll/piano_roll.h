#pragma once

#include <QAbstractScrollArea>
#include <QPixmap>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/music/edit.h"
#include "engine/music/score.h"
#include "engine/music/tempo_map.h"
#include "widgets/piano_roll/note_index.h"
#include "widgets/piano_roll/roll_coords.h"
#include "widgets/piano_roll/roll_gesture.h"
#include "widgets/piano_roll/roll_types.h"

class QPainter;

namespace chainsong {

struct RollScene;

/// Draws the score it is given and asks for edits; it never changes a note. The owner applies the edit and
/// calls showScore() again. The keys of its own (arrows, V D E, Z …) work while it has the focus; Space,
/// digits, R and P are left to the window.
class PianoRoll final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PianoRoll(QWidget* parent = nullptr);
    ~PianoRoll() override;

    /// Shows a score; `selected` are the notes that shall be selected in it (touchedBy() after an edit).
    void showScore(ScorePtr score, std::vector<NoteRef> selected = {});
    /// The track that is edited; the other tracks stand behind it.
    void showTrack(int track);
    void showPlayhead(Tick at, bool is_playing);
    void showLoop(std::optional<TickRange> loop, bool is_on);
    /// Nothing known: an empty RollCertainty.
    void showCertainty(RollCertainty certainty);
    /// Who knows why a note is there: asked when the pointer rests on one; an empty answer is not shown.
    using ReasonOf = std::function<QString(int track, int note)>;
    void setReasonOf(ReasonOf reason_of) { m_reason_of = std::move(reason_of); }
    /// The region that was chosen, or in which the sampler is at work: dashed, with everything else dimmed.
    void showRegion(std::optional<BarRange> region, RegionState state = RegionState::kSelected);
    /// A score to audition in place of the shown one; read-only until cleared with nullptr.
    void showAudition(ScorePtr variation);

    const ScorePtr& score() const { return m_score; }
    const std::vector<NoteRef>& selection() const { return m_selection; }
    int track() const { return m_track; }
    Tick grid() const { return m_grid; }
    RollTool tool() const { return m_tool; }
    FollowMode followMode() const { return m_follow; }
    UncertaintyView uncertaintyView() const { return m_uncertainty; }
    std::optional<BarRange> region() const { return m_region; }
    const RollCoords& coords() const { return m_coords; }
    /// How many notes the last full repaint drew: what the cost of a frame grows with.
    int numNotesPainted() const { return m_num_notes_painted; }
    /// What a screen reader is told of a note: "G4, bar 2 beat 3, length 1 beat, velocity 90, 62 % sure".
    QString spokenNote(NoteRef ref) const;
    /// Where the keyboard's note cursor, the playhead and the selection are, in one sentence (Alt+0).
    QString spokenPlace() const;
    /// The note area within the viewport, and the rectangle of a note there: for hit tests and hints laid
    /// over the roll.
    QRect noteArea() const;
    QRect noteRect(NoteRef ref) const;
    /// The whole piece fitted into a picture of that size, on white.
    QImage picture(QSize size) const;

public Q_SLOTS:
    void setTool(chainsong::RollTool tool);
    void setGrid(chainsong::Tick grid);
    void setFollowMode(chainsong::FollowMode mode);
    void cycleFollowMode();
    void setUncertaintyView(chainsong::UncertaintyView view);
    void cycleUncertaintyView();
    void setScaleHighlighted(bool is_on);
    void setNoteNamesShown(bool is_on);
    void setOtherTracksShown(bool is_on);
    void select(std::vector<chainsong::NoteRef> notes);
    void selectAll();
    void selectNone();
    void invertSelection();
    void zoomIn();
    void zoomOut();
    void zoomToSelection();
    void zoomToFit();
    /// Scrolls so that the notes lie in the middle of the height, from the first bar.
    void centreOnNotes();
    void eraseSelection();
    void transposeSelection(int semitones);
    void transposeSelectionInScale(int steps);
    void nudgeSelection(chainsong::Tick by);
    void lengthenSelection(chainsong::Tick by);
    void changeSelectionVelocity(int by_127);
    void pinSelection(bool is_pinned);
    void quantiseSelection(double strength_unit = 1);
    void duplicateSelection();
    /// Moves the view to the beat the draws disagree about most.
    void showMostUndecidedBeat();

Q_SIGNALS:
    void editRequested(const chainsong::Edit& edit);
    /// Edits of one gesture that belong together (a copy over several tracks, painted velocities): apply them
    /// in order, as one step of the undo list.
    void editsRequested(const std::vector<chainsong::Edit>& edits);
    void selectionChanged(const std::vector<chainsong::NoteRef>& notes);
    /// A drag over the ruler's lower half.
    void regionSelected(int first_bar, int past_last_bar);
    void regionCleared();
    void seekRequested(chainsong::Tick at);
    /// Alt+click on the ruler: let the user hear what sounds there.
    void chordPreviewRequested(chainsong::Tick at);
    void loopChanged(const std::optional<chainsong::TickRange>& loop);
    void notePreviewRequested(int track, int key, int velocity_127);
    void ghostAdopted(int track, const chainsong::Note& note);
    /// A note of another track was clicked.
    void trackRequested(int track);
    void toolChanged(chainsong::RollTool tool);
    void gridChanged(chainsong::Tick grid);
    void followModeChanged(chainsong::FollowMode mode);
    void uncertaintyViewChanged(chainsong::UncertaintyView view);
    void contextMenuRequested(const QPoint& global_position);

protected:
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct NoteCursor {
        Tick at;
        int key = 60;
    };

    // piano_roll.cpp: what is shown, and where
    const Score& shown() const { return m_audition ? *m_audition : *m_score; }
    void rebuild();
    void updateLayout();
    void updateScrollBars();
    void renderCanvas();
    void paintOverlay(QPainter& painter, const RollScene& scene, const QRect& exposed);
    double playheadX() const;
    void setCoords(const RollCoords& coords);
    void zoomTo(TickRange range, int lowest_key, int highest_key);
    void repaintAll();
    void follow(Tick at);
    void setSelection(std::vector<NoteRef> notes);
    void ask(std::vector<Edit> edits);
    std::vector<Note> selectedNotes() const;
    const Note* find(NoteRef ref) const;
    RollScene scene() const;

    // roll_mouse.cpp: gestures
    std::optional<NoteRef> noteAt(QPoint position, bool of_other_tracks) const;
    std::optional<std::size_t> ghostAt(QPoint position) const;
    void pressRuler(const QMouseEvent& event);
    void pressNotes(const QMouseEvent& event);
    void pressOnNote(const QMouseEvent& event, NoteRef ref);
    void pressVelocities(const QMouseEvent& event);
    void dragTo(const QMouseEvent& event);
    void finishGesture(const QMouseEvent& event);
    void selectInMarquee();
    void moveGrabbed(const QMouseEvent& event);
    void previewNote(int key, int velocity_127);
    Tick snapped(Tick at, Qt::KeyboardModifiers modifiers) const;
    TickRange snappedRange(int x0, int x1, Qt::KeyboardModifiers modifiers) const;
    BarRange barsBetween(int x0, int x1) const;
    Tick tickAt(int x) const { return m_coords.tick(x - m_layout.notes.left()); }
    int keyAtY(int y) const { return m_coords.key(y - m_layout.notes.top()); }
    void paintVelocitiesTo(QPoint from, QPoint to);
    int velocityAt(int y) const;
    void eraseAt(QPoint position);
    void updateCursorShape(QPoint position);
    void showHoverText(QPoint position, QPoint global_position);

    // roll_keys.cpp: the keyboard
    bool keyOnSelection(const QKeyEvent& event);
    bool keyOnCursor(const QKeyEvent& event);
    bool keyOfView(const QKeyEvent& event);
    void moveCursor(int keys, int grids);
    void toggleNoteAtCursor();
    bool stepToNote(int direction);
    void ensureSeen(const Note& note);

    ScorePtr m_score;
    ScorePtr m_audition;
    MetreMap m_metres;
    std::vector<NoteIndex> m_indices; // one a track of the shown score
    std::vector<NoteIndex> m_original_indices; // while a variation is auditioned
    std::vector<NoteRef> m_selection; // ascending
    int m_track = 0;
    RollCertainty m_certainty;
    ReasonOf m_reason_of;
    std::optional<TickRange> m_loop;
    bool m_is_loop_on = false;
    std::optional<BarRange> m_region;
    RegionState m_region_state = RegionState::kSelected;
    Tick m_playhead;
    bool m_is_playing = false;
    bool m_is_follow_suspended = false;

    RollTool m_tool = RollTool::kPointer;
    Tick m_grid{kTicksPerQuarter / 4};
    FollowMode m_follow = FollowMode::kPaged;
    UncertaintyView m_uncertainty = UncertaintyView::kConfidence;
    bool m_is_scale_highlighted = true;
    bool m_are_names_shown = true;
    bool m_are_others_shown = true;

    RollCoords m_coords;
    RollLayout m_layout;
    std::optional<RollGesture> m_gesture;
    std::optional<NoteCursor> m_cursor;
    Tick m_last_length{kTicksPerQuarter};
    int m_last_velocity_127 = 96;
    QPixmap m_canvas; // everything but what moves: playhead, gesture, cursor
    bool m_is_canvas_stale = true;
    bool m_is_scrolling_by_itself = false;
    int m_num_notes_painted = 0;
    std::optional<int> m_lit_key; // under the mouse
    int m_last_previewed_key = -1;
};

} // namespace chainsong
