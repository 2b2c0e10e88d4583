#pragma once

#include <QCoreApplication>
#include <QPainter>
#include <QRect>

#include <optional>
#include <span>
#include <vector>

#include "engine/music/edit.h"
#include "engine/music/score.h"
#include "engine/music/tempo_map.h"
#include "widgets/piano_roll/note_index.h"
#include "widgets/piano_roll/roll_coords.h"
#include "widgets/piano_roll/roll_gesture.h"
#include "widgets/piano_roll/roll_types.h"
#include "widgets/theme/theme.h"

namespace chainsong {

RollLayout rollLayout(QSize viewport, bool has_undecided_strip);
constexpr int kRulerHeight = 42;
constexpr int kKeyboardWidth = 60;

/// Everything that a picture of the roll depends on; borrowed for the time of painting.
struct RollScene {
    const Score& score;
    std::span<const NoteIndex> indices;
    const MetreMap& metres;
    RollCoords coords;
    RollLayout layout;
    Theme theme = Theme::kLight;
    int track = 0;
    std::span<const NoteRef> selection;
    const RollCertainty* certainty = nullptr;
    UncertaintyView uncertainty = UncertaintyView::kOff;
    std::optional<BarRange> region;
    RegionState region_state = RegionState::kSelected;
    std::optional<TickRange> loop;
    bool is_loop_on = false;
    Tick grid;
    bool is_scale_highlighted = false;
    bool are_names_shown = false;
    bool are_others_shown = true;
    const RollGesture* gesture = nullptr;
    const Score* original = nullptr; // what an auditioned variation is compared with
    std::span<const NoteIndex> original_indices = {};

    Tick firstVisible() const { return coords.tick(0); }
    Tick pastVisible() const { return coords.tick(layout.notes.width()) + Tick{1}; }
};

// The painters draw in viewport coordinates and keep to their own rectangle.
void paintGrid(QPainter& painter, const RollScene& scene);
/// Returns how many notes were drawn: what the cost of a frame grows with.
int paintNotes(QPainter& painter, const RollScene& scene);
void paintGhosts(QPainter& painter, const RollScene& scene);
/// What a variation adds (framed, with a plus) and what it leaves out (hollow).
void paintDifference(QPainter& painter, const RollScene& scene);
void paintRegion(QPainter& painter, const RollScene& scene);
void paintLegend(QPainter& painter, const RollScene& scene);
void paintRuler(QPainter& painter, const RollScene& scene);
void paintKeyboard(QPainter& painter, const RollScene& scene, std::optional<int> lit_key);
void paintVelocities(QPainter& painter, const RollScene& scene);
void paintUndecided(QPainter& painter, const RollScene& scene);
/// What the mouse is about to do: moved notes, the note being drawn, the marquee.
void paintGesture(QPainter& painter, const RollScene& scene);
/// One note as it stands on the canvas.
struct NoteLook {
    QColor color;
    bool is_selected = false;
    double share_unit = 1; // how sure; below 1 it fades, below 0.5 it is hatched
    QString label;
};
void paintNote(
    QPainter& painter, const QRectF& rect, const Note& note, const NoteLook& look, const ThemeColors& colors);

/// The roll's texts, for functions that are not members of it.
struct RollText {
    Q_DECLARE_TR_FUNCTIONS(PianoRoll)
};

bool isBlackKey(int key);
QFont smallFont(int pixel_size);
/// 1, 2, 4, 8 …: every how many bars a line or number fits if each needs `min_width_px`.
int barStride(const RollScene& scene, double min_width_px);

} // namespace chainsong
