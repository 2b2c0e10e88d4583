#include "widgets/piano_roll/piano_roll.h"

#include "widgets/piano_roll/roll_accessible.h"
#include "widgets/piano_roll/roll_certainty.h"
#include "widgets/piano_roll/roll_scene.h"

#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsong {

PianoRoll::PianoRoll(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_score(std::make_shared<const Score>()) {
    installRollAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Piano roll"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_coords.scroll_y_px = m_coords.y(84); // C6 at the top until there are notes
    rebuild();
}

PianoRoll::~PianoRoll() = default;

void PianoRoll::showScore(ScorePtr score, std::vector<NoteRef> selected) {
    if (!score) score = std::make_shared<const Score>();
    if (score != m_score) m_certainty = carriedOver(m_certainty, *m_score, *score);
    m_score = std::move(score);
    m_audition = nullptr;
    m_gesture.reset();
    m_track = std::clamp(m_track, 0, std::max(0, static_cast<int>(m_score->tracks.size()) - 1));
    rebuild();
    std::erase_if(selected, [&](const NoteRef& ref) { return !find(ref); });
    setSelection(std::move(selected));
}

void PianoRoll::showTrack(int track) {
    if (track == m_track || track < 0 || track >= static_cast<int>(shown().tracks.size())) return;
    m_track = track;
    rollNotesChanged(*this);
    repaintAll();
}

void PianoRoll::showPlayhead(Tick at, bool is_playing) {
    if (is_playing && !m_is_playing) m_is_follow_suspended = false;
    const double old_x = playheadX();
    m_is_playing = is_playing;
    m_playhead = at;
    if (is_playing) follow(at);
    for (const double x : {old_x, playheadX()}) {
        viewport()->update(QRect(static_cast<int>(x) - 7, 0, 15, viewport()->height()));
    }
}

void PianoRoll::showLoop(std::optional<TickRange> loop, bool is_on) {
    m_loop = loop;
    m_is_loop_on = is_on;
    repaintAll();
}

void PianoRoll::showCertainty(RollCertainty certainty) {
    m_certainty = std::move(certainty);
    updateLayout();
}

void PianoRoll::showRegion(std::optional<BarRange> region, RegionState state) {
    m_region = region;
    m_region_state = state;
    repaintAll();
}

void PianoRoll::showAudition(ScorePtr variation) {
    if (variation == m_audition) return;
    m_audition = std::move(variation);
    m_gesture.reset();
    setSelection({});
    rebuild();
}

void PianoRoll::rebuild() {
    m_metres = MetreMap(shown().metres);
    m_indices.clear();
    for (const Track& track : shown().tracks) m_indices.emplace_back(track.notes);
    m_original_indices.clear();
    if (m_audition) {
        for (const Track& track : m_score->tracks) m_original_indices.emplace_back(track.notes);
    }
    rollNotesChanged(*this);
    updateLayout();
}

void PianoRoll::updateLayout() {
    m_layout = rollLayout(viewport()->size(), !m_certainty.undecided_bits_per_beat.empty());
    updateScrollBars();
    repaintAll();
}

void PianoRoll::updateScrollBars() {
    const bool was_by_itself = std::exchange(m_is_scrolling_by_itself, true);
    const Tick end = std::max(shown().end, lastNoteEnd(shown()));
    constexpr double kLongest = 1e9;
    const double width = std::min(kLongest, m_coords.width(end) + m_layout.notes.width() * 0.4);
    const auto fit = [](QScrollBar* bar, double content, int page, double value) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(content)) - page));
        bar->setPageStep(page);
        bar->setSingleStep(40);
        bar->setValue(static_cast<int>(std::lround(value)));
    };
    const double x = m_coords.scroll_x_px;
    const double y = m_coords.scroll_y_px;
    // What is being looked at stays in view even behind the end.
    fit(horizontalScrollBar(), std::max(width, std::min(kLongest, x + m_layout.notes.width())),
        m_layout.notes.width(), x);
    fit(verticalScrollBar(), m_coords.contentHeight(), m_layout.notes.height(), y);
    m_coords.scroll_x_px = horizontalScrollBar()->value();
    m_coords.scroll_y_px = verticalScrollBar()->value();
    m_is_scrolling_by_itself = was_by_itself;
}

void PianoRoll::setCoords(const RollCoords& coords) {
    m_coords = coords;
    updateScrollBars();
    repaintAll();
}

void PianoRoll::repaintAll() {
    m_is_canvas_stale = true;
    viewport()->update();
}

void PianoRoll::scrollContentsBy(int, int) {
    if (m_is_scrolling_by_itself) return;
    m_coords.scroll_x_px = horizontalScrollBar()->value();
    m_coords.scroll_y_px = verticalScrollBar()->value();
    m_is_follow_suspended = m_is_playing; // a manual scroll wins until the next Play
    repaintAll();
}

void PianoRoll::follow(Tick at) {
    if (m_follow == FollowMode::kOff || m_is_follow_suspended || m_gesture) return;
    const double width = m_layout.notes.width();
    const double x = m_coords.x(at);
    const bool is_outside = x < 0 || x > width - 4;
    if (m_follow == FollowMode::kPaged && !is_outside) return;
    const double lead = m_follow == FollowMode::kPaged ? 0.04 : 0.33;
    RollCoords coords = m_coords;
    coords.scroll_x_px = std::max(0.0, std::round(m_coords.width(at) - lead * width));
    if (coords != m_coords) setCoords(coords);
}

double PianoRoll::playheadX() const { return m_layout.notes.left() + m_coords.x(m_playhead); }

QRect PianoRoll::noteArea() const { return m_layout.notes; }

QRect PianoRoll::noteRect(NoteRef ref) const {
    const Note* note = find(ref);
    return note ? m_coords.rect(*note).translated(m_layout.notes.topLeft()).toAlignedRect() : QRect();
}

const Note* PianoRoll::find(NoteRef ref) const {
    const auto& tracks = shown().tracks;
    if (ref.track < 0 || ref.track >= static_cast<int>(tracks.size())) return nullptr;
    const auto& notes = tracks[static_cast<std::size_t>(ref.track)].notes;
    return ref.index < 0 || ref.index >= static_cast<int>(notes.size())
        ? nullptr
        : &notes[static_cast<std::size_t>(ref.index)];
}

std::vector<Note> PianoRoll::selectedNotes() const {
    std::vector<Note> notes;
    for (const NoteRef& ref : m_selection) notes.push_back(*find(ref));
    return notes;
}

void PianoRoll::setSelection(std::vector<NoteRef> notes) {
    std::ranges::sort(notes);
    if (notes == m_selection) return;
    m_selection = std::move(notes);
    repaintAll();
    Q_EMIT selectionChanged(m_selection);
}

void PianoRoll::ask(std::vector<Edit> edits) {
    if (edits.empty() || m_audition) return;
    if (edits.size() == 1)
        Q_EMIT editRequested(edits.front());
    else
        Q_EMIT editsRequested(edits);
}

RollScene PianoRoll::scene() const {
    return {.score = shown(),
        .indices = m_indices,
        .metres = m_metres,
        .coords = m_coords,
        .layout = m_layout,
        .theme = themeOf(palette()),
        .track = m_track,
        .selection = m_selection,
        .certainty = m_audition || m_certainty.note_share_unit.empty() ? nullptr : &m_certainty,
        .uncertainty = m_uncertainty,
        .region = m_region,
        .region_state = m_region_state,
        .loop = m_loop,
        .is_loop_on = m_is_loop_on,
        .grid = m_grid,
        .is_scale_highlighted = m_is_scale_highlighted,
        .are_names_shown = m_are_names_shown,
        .are_others_shown = m_are_others_shown,
        .gesture = m_gesture ? &*m_gesture : nullptr,
        .original = m_audition ? m_score.get() : nullptr,
        .original_indices = m_original_indices};
}

void PianoRoll::renderCanvas() {
    const double ratio = devicePixelRatioF();
    const QSize size = (QSizeF(viewport()->size()) * ratio).toSize();
    if (m_canvas.size() != size) m_canvas = QPixmap(size);
    m_canvas.setDevicePixelRatio(ratio);
    const RollScene all = scene();
    QPainter painter(&m_canvas);
    painter.fillRect(viewport()->rect(), themeColors(all.theme).panel);
    paintGrid(painter, all);
    m_num_notes_painted = paintNotes(painter, all);
    paintGhosts(painter, all);
    paintDifference(painter, all);
    paintRegion(painter, all);
    paintRuler(painter, all);
    paintVelocities(painter, all);
    paintUndecided(painter, all);
    paintLegend(painter, all);
    m_is_canvas_stale = false;
}

void PianoRoll::paintEvent(QPaintEvent* event) {
    if (m_is_canvas_stale || (QSizeF(viewport()->size()) * devicePixelRatioF()).toSize() != m_canvas.size())
        renderCanvas();
    QPainter painter(viewport());
    const QRect exposed = event->rect();
    const double ratio = m_canvas.devicePixelRatio();
    painter.drawPixmap(
        QRectF(exposed), m_canvas, QRectF(exposed.topLeft() * ratio, QSizeF(exposed.size()) * ratio));
    paintOverlay(painter, scene(), exposed);
}

void PianoRoll::paintOverlay(QPainter& painter, const RollScene& all, const QRect& exposed) {
    const ThemeColors& colors = themeColors(all.theme);
    if (exposed.intersects(m_layout.keyboard)) paintKeyboard(painter, all, m_lit_key);
    paintGesture(painter, all);
    if (m_cursor && hasFocus()) {
        const Note place{m_cursor->at, m_grid, static_cast<std::uint8_t>(m_cursor->key)};
        painter.save();
        painter.setClipRect(m_layout.notes);
        painter.setPen(QPen(colors.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(m_coords.rect(place).translated(m_layout.notes.topLeft()).adjusted(0, 0, 0, -1));
        painter.restore();
    }
    const double x = std::floor(playheadX()) + 0.5;
    if (x >= m_layout.notes.left() && x <= m_layout.notes.right() + 1) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors.playhead, 1.5));
        painter.drawLine(QPointF(x, m_layout.ruler.height() / 2.0 - 2), QPointF(x, viewport()->height()));
        painter.setBrush(colors.playhead);
        painter.setPen(Qt::NoPen);
        const double y = m_layout.ruler.height() / 2.0 - 1;
        painter.drawPolygon(QPolygonF{QPointF(x - 5.5, y - 8), QPointF(x + 5.5, y - 8), QPointF(x, y + 1)});
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    if (m_audition || hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, m_audition ? 3 : 1));
        painter.drawRect(QRectF(m_layout.notes).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void PianoRoll::resizeEvent(QResizeEvent*) { updateLayout(); }

void PianoRoll::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LanguageChange)
        repaintAll();
}

QImage PianoRoll::picture(QSize size) const {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    RollScene all = scene();
    all.theme = Theme::kLight;
    all.layout = rollLayout(size, !m_certainty.undecided_bits_per_beat.empty());
    all.selection = {};
    all.gesture = nullptr;
    int lowest = 127;
    int highest = 0;
    for (const Track& track : all.score.tracks) {
        for (const Note& note : track.notes) {
            lowest = std::min<int>(lowest, note.key);
            highest = std::max<int>(highest, note.key);
        }
    }
    if (lowest > highest) std::tie(lowest, highest) = std::pair{48, 84};
    const QSize area = all.layout.notes.size();
    const double ticks =
        static_cast<double>(std::max<std::int64_t>(1, std::max(all.score.end, lastNoteEnd(all.score)).value));
    all.coords = {.pixels_per_tick = area.width() / ticks,
        .key_height_px = std::min(kMaxKeyHeight, area.height() / (highest - lowest + 5.0))};
    all.coords.scroll_y_px =
        all.coords.y(highest) - (area.height() - (highest - lowest + 1) * all.coords.key_height_px) / 2;
    QPainter painter(&image);
    painter.fillRect(image.rect(), Qt::white);
    paintGrid(painter, all);
    paintNotes(painter, all);
    paintRuler(painter, all);
    paintKeyboard(painter, all, {});
    paintVelocities(painter, all);
    paintUndecided(painter, all);
    return image;
}

} // namespace chainsong
