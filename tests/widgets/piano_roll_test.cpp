// Clicks, drags and keys on the piano roll: each asks for the right edit, and none changes the score.
#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "widgets/piano_roll/piano_roll.h"

#include <cmath>

using namespace chainsong;

namespace {

// Two voices in 4/4: C4 and E4 a beat each, then a bar of G4; and a low C3.
ScorePtr smallScore() {
    Score score;
    score.keys = {{{}, Key{0, Mode::kMajor}}};
    score.tracks.push_back({.name = "upper",
        .notes = {{{0}, {480}, 60, 80}, {{480}, {480}, 64, 90}, {{1920}, {1920}, 67, 100}}});
    score.tracks.push_back({.name = "lower", .notes = {{{0}, {1920}, 48, 70}}});
    score.end = {4 * 1920};
    return std::make_shared<const Score>(score);
}

struct Bench {
    PianoRoll roll;
    Bench() {
        roll.resize(900, 700);
        roll.showScore(smallScore());
        roll.setGrid({120});
        roll.show();
        roll.zoomToFit();
        QApplication::setActiveWindow(&roll);
        roll.setFocus();
    }
    QPoint at(Tick tick, int key) const {
        const QRect area = roll.noteArea();
        return {area.left() + static_cast<int>(std::lround(roll.coords().x(tick))) + 1,
            area.top() + static_cast<int>(roll.coords().y(key) + roll.coords().key_height_px / 2)};
    }
    void press(QPoint point, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(roll.viewport(), Qt::LeftButton, modifiers, point);
    }
    void move(QPoint point, Qt::KeyboardModifiers modifiers = {}) {
        QMouseEvent event(QEvent::MouseMove, point, roll.viewport()->mapToGlobal(point), Qt::NoButton,
            Qt::LeftButton, modifiers);
        QApplication::sendEvent(roll.viewport(), &event);
    }
    void release(QPoint point, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseRelease(roll.viewport(), Qt::LeftButton, modifiers, point);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
        press(from, modifiers);
        move((from + to) / 2, modifiers);
        move(to, modifiers);
        release(to, modifiers);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&roll, key, modifiers); }
};

template <class Wanted> Wanted only(const QSignalSpy& spy) {
    if (spy.size() != 1) return {};
    const Edit edit = spy[0][0].value<Edit>();
    return std::holds_alternative<Wanted>(edit) ? std::get<Wanted>(edit) : Wanted{};
}

} // namespace

class PianoRollTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void double_click_on_empty_grid_asks_for_a_note_on_the_grid() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        QTest::mouseDClick(bench.roll.viewport(), Qt::LeftButton, {}, bench.at({1290}, 66));
        const auto edit = only<AddNotes>(edits);
        QCOMPARE(edit.notes.size(), 1U);
        QCOMPARE(edit.track, 0);
        QCOMPARE(edit.notes[0].start.value, 1200);
        QCOMPARE(edit.notes[0].key, 66);
        QCOMPARE(bench.roll.score()->tracks[0].notes.size(), 3U); // it only asked
    }

    void double_click_on_a_note_asks_to_erase_it() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        QTest::mouseDClick(bench.roll.viewport(), Qt::LeftButton, {}, bench.at({600}, 64));
        QCOMPARE(only<EraseNotes>(edits).notes, (std::vector<NoteRef>{{0, 1}}));
    }

    void the_draw_tool_draws_pitch_and_length_in_one_drag() {
        Bench bench;
        bench.roll.setTool(RollTool::kDraw);
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        QSignalSpy heard(&bench.roll, &PianoRoll::notePreviewRequested);
        bench.drag(bench.at({960}, 70), bench.at({960 + 700}, 72));
        const auto edit = only<AddNotes>(edits);
        QCOMPARE(edit.notes.size(), 1U);
        QCOMPARE(edit.notes[0].start.value, 960);
        QCOMPARE(edit.notes[0].key, 72);
        QCOMPARE(edit.notes[0].length.value % 120, 0);
        QVERIFY(edit.notes[0].length.value >= 600 && edit.notes[0].length.value <= 840);
        QVERIFY(heard.size() >= 2); // by ear: each pitch on the way
    }

    void dragging_a_note_moves_it_by_whole_grids_and_semitones() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.drag(bench.at({100}, 60), bench.at({100 + 250}, 62));
        const auto edit = only<ChangeNotes>(edits);
        QCOMPARE(edit.notes, (std::vector<NoteRef>{{0, 0}}));
        QCOMPARE(edit.move.value, 240);
        QCOMPARE(edit.transpose, 2);
    }

    void alt_bypasses_the_grid() {
        Bench bench;
        for (int i = 0; i < 6; ++i) bench.roll.zoomIn();
        bench.roll.zoomToFit();
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        const QPoint from = bench.at({1920 + 200}, 67);
        bench.drag(from, from + QPoint(23, 0), Qt::AltModifier);
        const auto edit = only<ChangeNotes>(edits);
        QVERIFY(edit.move.value > 0);
        const double pixels = static_cast<double>(edit.move.value) * bench.roll.coords().pixels_per_tick;
        QVERIFY(std::abs(pixels - 23) < 1.5);
    }

    void a_group_stops_at_the_start_of_the_piece() {
        Bench bench;
        bench.roll.selectAll();
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.drag(bench.at({600}, 64), bench.at({120}, 65));
        QCOMPARE(only<ChangeNotes>(edits).move.value, 0);
        QCOMPARE(only<ChangeNotes>(edits).transpose, 1);
    }

    void dragging_the_right_edge_changes_the_length() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        const QRect rect = bench.roll.noteRect({0, 2});
        const QPoint edge(rect.right() - 2, rect.center().y());
        const int beat_px = static_cast<int>(std::lround(480 * bench.roll.coords().pixels_per_tick));
        bench.drag(edge, edge + QPoint(beat_px, 0));
        const auto edit = only<ChangeNotes>(edits);
        QCOMPARE(edit.lengthen.value, 480);
        QCOMPARE(edit.move.value, 0);
    }

    void ctrl_drag_copies() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.drag(bench.at({100}, 60), bench.at({100 + 960}, 60), Qt::ControlModifier);
        const auto edit = only<AddNotes>(edits);
        QCOMPARE(edit.notes.size(), 1U);
        QCOMPARE(edit.notes[0].start.value, 960);
        QCOMPARE(edit.notes[0].velocity_127, 80);
    }

    void escape_during_a_drag_asks_for_nothing() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.press(bench.at({100}, 60));
        bench.move(bench.at({900}, 65));
        bench.key(Qt::Key_Escape);
        bench.release(bench.at({900}, 65));
        QCOMPARE(edits.size(), 0);
    }

    void a_marquee_selects_shift_adds_and_ctrl_toggles() {
        Bench bench;
        bench.drag(bench.at({0}, 62) - QPoint(-1, 0), bench.at({200}, 58));
        QCOMPARE(bench.roll.selection(), (std::vector<NoteRef>{{0, 0}}));
        bench.drag(bench.at({1000}, 69), bench.at({2500}, 66), Qt::ShiftModifier);
        QCOMPARE(bench.roll.selection(), (std::vector<NoteRef>{{0, 0}, {0, 2}}));
        QTest::mouseClick(bench.roll.viewport(), Qt::LeftButton, Qt::ControlModifier, bench.at({100}, 60));
        QCOMPARE(bench.roll.selection(), (std::vector<NoteRef>{{0, 2}}));
        QTest::mouseClick(bench.roll.viewport(), Qt::LeftButton, {}, bench.at({4000}, 66));
        QVERIFY(bench.roll.selection().empty());
    }

    void select_all_takes_the_voice_first_and_then_the_piece() {
        Bench bench;
        bench.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(bench.roll.selection().size(), 3U);
        bench.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(bench.roll.selection().size(), 4U);
        bench.key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(bench.roll.selection().empty());
    }

    void keys_ask_for_their_edits_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<int>("transpose");
        QTest::addColumn<int>("move");
        QTest::addColumn<int>("lengthen");
        QTest::addColumn<int>("louder");
        const int none = Qt::NoModifier;
        QTest::newRow("up") << int(Qt::Key_Up) << none << 1 << 0 << 0 << 0;
        QTest::newRow("shift+down") << int(Qt::Key_Down) << int(Qt::ShiftModifier) << -12 << 0 << 0 << 0;
        QTest::newRow("ctrl+up") << int(Qt::Key_Up) << int(Qt::ControlModifier) << 12 << 0 << 0 << 0;
        QTest::newRow("right") << int(Qt::Key_Right) << none << 0 << 120 << 0 << 0;
        QTest::newRow("alt+left") << int(Qt::Key_Left) << int(Qt::AltModifier) << 0 << -1 << 0 << 0;
        QTest::newRow("shift+right") << int(Qt::Key_Right) << int(Qt::ShiftModifier) << 0 << 0 << 120 << 0;
        QTest::newRow("plus") << int(Qt::Key_Plus) << none << 0 << 0 << 0 << 5;
        QTest::newRow("minus") << int(Qt::Key_Minus) << none << 0 << 0 << 0 << -5;
    }
    void keys_ask_for_their_edits() {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(int, transpose);
        QFETCH(int, move);
        QFETCH(int, lengthen);
        QFETCH(int, louder);
        Bench bench;
        bench.roll.select({{0, 1}});
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.key(static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifiers>(modifiers));
        QCOMPARE(edits.size(), 1);
        const auto edit = only<ChangeNotes>(edits);
        QCOMPARE(edit.notes, (std::vector<NoteRef>{{0, 1}}));
        QCOMPARE(edit.transpose, transpose);
        QCOMPARE(static_cast<int>(edit.move.value), move);
        QCOMPARE(static_cast<int>(edit.lengthen.value), lengthen);
        QCOMPARE(edit.louder, louder);
    }

    void alt_up_stays_in_the_scale_and_q_quantises_and_del_erases() {
        Bench bench;
        bench.roll.select({{0, 1}});
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.key(Qt::Key_Up, Qt::AltModifier);
        bench.key(Qt::Key_Q);
        bench.key(Qt::Key_Delete);
        QCOMPARE(edits.size(), 3);
        QCOMPARE(std::get<TransposeInScale>(edits[0][0].value<Edit>()).steps, 1);
        QCOMPARE(std::get<Quantise>(edits[1][0].value<Edit>()).grid.value, 120);
        QCOMPARE(std::get<EraseNotes>(edits[2][0].value<Edit>()).notes.size(), 1U);
    }

    void duplicate_puts_the_copy_behind_the_selection_on_the_grid() {
        Bench bench;
        bench.roll.select({{0, 0}, {0, 1}});
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.key(Qt::Key_D, Qt::ControlModifier);
        const auto edit = only<AddNotes>(edits);
        QCOMPARE(edit.notes.size(), 2U);
        QCOMPARE(edit.notes[0].start.value, 960);
    }

    void the_note_cursor_writes_music_without_a_mouse() {
        Bench bench;
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        bench.key(Qt::Key_Right); // appears
        bench.key(Qt::Key_Right);
        bench.key(Qt::Key_Up);
        bench.key(Qt::Key_Return);
        const auto edit = only<AddNotes>(edits);
        QCOMPARE(edit.notes.size(), 1U);
        QCOMPARE(edit.notes[0].start.value, 120);
        QCOMPARE(edit.notes[0].length.value, 120);
    }

    void tab_walks_the_notes_and_leaves_at_the_end() {
        QWidget window;
        auto* roll = new PianoRoll;
        auto* next = new QPushButton("next");
        auto* column = new QVBoxLayout(&window);
        column->addWidget(roll);
        column->addWidget(next);
        window.resize(600, 500);
        window.show();
        QApplication::setActiveWindow(&window);
        roll->showScore(smallScore());
        roll->setFocus();
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(roll, Qt::Key_Tab);
            QCOMPARE(roll->selection(), (std::vector<NoteRef>{{0, i}}));
        }
        QTest::keyClick(roll, Qt::Key_Backtab);
        QCOMPARE(roll->selection(), (std::vector<NoteRef>{{0, 1}}));
        QTest::keyClick(roll, Qt::Key_Tab);
        QTest::keyClick(roll, Qt::Key_Tab);
        QVERIFY(next->hasFocus());
    }

    void space_digits_r_and_p_are_left_to_the_window() {
        class Window : public QWidget {
        public:
            QList<int> keys;

        protected:
            void keyPressEvent(QKeyEvent* event) override { keys << event->key(); }
        };
        Window window;
        auto* roll = new PianoRoll(&window);
        roll->showScore(smallScore(), {{0, 0}});
        window.show();
        QSignalSpy edits(roll, &PianoRoll::editRequested);
        for (const Qt::Key key : {Qt::Key_Space, Qt::Key_1, Qt::Key_0, Qt::Key_R, Qt::Key_P, Qt::Key_Return})
            QTest::keyClick(roll, key);
        QCOMPARE(window.keys,
            (QList<int>{Qt::Key_Space, Qt::Key_1, Qt::Key_0, Qt::Key_R, Qt::Key_P, Qt::Key_Return}));
        QCOMPARE(edits.size(), 0);
    }

    void the_velocity_lane_moves_the_whole_selection() {
        Bench bench;
        bench.roll.select({{0, 0}, {0, 1}});
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        const int bottom = bench.roll.viewport()->height() - 1;
        const QPoint stem(bench.at({480}, 60).x(), bottom - 90 * 60 / 127);
        bench.drag(stem, stem - QPoint(0, 10));
        const auto edit = only<ChangeNotes>(edits);
        QCOMPARE(edit.notes.size(), 2U);
        QVERIFY2(edit.louder >= 19 && edit.louder <= 23, qPrintable(QString::number(edit.louder)));
    }

    void painting_over_the_velocity_lane_is_one_gesture() {
        Bench bench;
        QSignalSpy one(&bench.roll, &PianoRoll::editRequested);
        QSignalSpy many(&bench.roll, &PianoRoll::editsRequested);
        const int bottom = bench.roll.viewport()->height() - 1;
        bench.drag({bench.at({0}, 60).x(), bottom - 50}, {bench.at({1920}, 60).x() + 2, bottom - 20},
            Qt::ControlModifier);
        QCOMPARE(one.size() + many.size(), 1);
        QCOMPARE(many[0][0].value<std::vector<Edit>>().size(), 3U);
    }

    void the_ruler_seeks_loops_and_chooses_bars() {
        Bench bench;
        QSignalSpy seeks(&bench.roll, &PianoRoll::seekRequested);
        QSignalSpy loops(&bench.roll, &PianoRoll::loopChanged);
        QSignalSpy regions(&bench.roll, &PianoRoll::regionSelected);
        const auto x = [&](std::int64_t tick) { return bench.at({tick}, 60).x() + 1; };
        QTest::mouseClick(bench.roll.viewport(), Qt::LeftButton, {}, {x(1920), 8});
        QCOMPARE(seeks.size(), 1);
        QCOMPARE(seeks[0][0].value<Tick>().value, 1920);
        bench.drag({x(1920), 8}, {x(3840), 8});
        QCOMPARE(loops.size(), 1);
        const auto loop = loops[0][0].value<std::optional<TickRange>>();
        QCOMPARE(loop->from.value, 1920);
        QCOMPARE(loop->to.value, 3840);
        bench.drag({x(2000), 34}, {x(5000), 34});
        QCOMPARE(regions.size(), 1);
        QCOMPARE(regions[0][0].toInt(), 1);
        QCOMPARE(regions[0][1].toInt(), 3);
    }

    void clicking_another_voice_asks_for_it() {
        Bench bench;
        QSignalSpy tracks(&bench.roll, &PianoRoll::trackRequested);
        QTest::mouseClick(bench.roll.viewport(), Qt::LeftButton, {}, bench.at({900}, 48));
        QCOMPARE(tracks.size(), 1);
        QCOMPARE(tracks[0][0].toInt(), 1);
        QCOMPARE(bench.roll.selection(), (std::vector<NoteRef>{{1, 0}}));
    }

    void a_click_on_a_ghost_adopts_it() {
        Bench bench;
        const Note ghost{{480}, {480}, 62};
        bench.roll.showCertainty({.note_share_unit = {{1, 0.6, 1}, {1}},
            .ghosts = {{0, ghost, 0.3}},
            .undecided_bits_per_beat = {0, 1}});
        bench.roll.setUncertaintyView(UncertaintyView::kGhosts);
        QSignalSpy adopted(&bench.roll, &PianoRoll::ghostAdopted);
        QTest::mouseClick(bench.roll.viewport(), Qt::LeftButton, {}, bench.at({600}, 62));
        QCOMPARE(adopted.size(), 1);
        QCOMPARE(adopted[0][1].value<Note>(), ghost);
    }

    void an_auditioned_variation_cannot_be_edited() {
        Bench bench;
        bench.roll.showAudition(smallScore());
        QSignalSpy edits(&bench.roll, &PianoRoll::editRequested);
        QTest::mouseDClick(bench.roll.viewport(), Qt::LeftButton, {}, bench.at({600}, 64));
        bench.drag(bench.at({100}, 60), bench.at({900}, 65));
        bench.key(Qt::Key_Delete);
        QCOMPARE(edits.size(), 0);
    }

    void an_auditioned_variation_shows_what_it_changes() {
        Bench bench;
        Score other = *bench.roll.score();
        other.tracks[0].notes[1].key = 65;
        bench.roll.showAudition(std::make_shared<const Score>(other));
        const QRect added = bench.roll.noteRect({0, 1});
        const QImage changed = bench.roll.viewport()->grab().toImage();
        bench.roll.showAudition(bench.roll.score());
        const QImage same = bench.roll.viewport()->grab().toImage();
        // One semitone lower stood the note that is left out: hollow, where nothing is otherwise.
        const QRect left_out = added.translated(0, added.height());
        QVERIFY(changed.copy(added) != same.copy(added));
        QVERIFY(changed.copy(left_out) != same.copy(left_out));
        const QRect untouched = bench.roll.noteRect({0, 2}).adjusted(0, 2, 0, -2);
        QCOMPARE(changed.copy(untouched), same.copy(untouched));
    }

    void a_pointer_that_rests_on_a_note_is_told_why_it_is_there() {
        Bench bench;
        bench.roll.setReasonOf(
            [](int track, int note) { return QStringLiteral("because %1.%2").arg(track).arg(note); });
        const QPoint point = bench.at({600}, 64);
        QHelpEvent help(QEvent::ToolTip, point, bench.roll.viewport()->mapToGlobal(point));
        QApplication::sendEvent(bench.roll.viewport(), &help);
        QVERIFY2(QToolTip::text().endsWith(QStringLiteral("because 0.1")), qPrintable(QToolTip::text()));
    }

    void notes_can_be_read_aloud() {
        Bench bench;
        RollCertainty known;
        known.note_share_unit = {{1, 1, 0.62}, {1}};
        bench.roll.showCertainty(known);
        QCOMPARE(bench.roll.spokenNote({0, 2}),
            QString("G4, bar 2 beat 1, length 4 beats, velocity 100, 62 % sure"));
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&bench.roll);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 3);
        QCOMPARE(list->child(2)->role(), QAccessible::ListItem);
        QVERIFY(list->child(2)->text(QAccessible::Name).startsWith("G4, bar 2"));
        bench.roll.select({{0, 2}});
        QVERIFY(list->child(2)->state().selected);
        QVERIFY(bench.roll.spokenPlace().contains("G4"));
    }

    void a_frame_costs_what_is_visible_not_what_there_is() {
        const auto paintedOf = [](int num_notes) {
            Score score;
            score.tracks.resize(1);
            for (int i = 0; i < num_notes; ++i)
                score.tracks[0].notes.push_back({{i * 120}, {120}, static_cast<std::uint8_t>(50 + i % 24)});
            score.tracks[0].notes[0].length = {120 * num_notes}; // a pedal through the whole piece
            score.end = {120 * num_notes};
            PianoRoll roll;
            roll.resize(1200, 700);
            roll.showScore(std::make_shared<const Score>(score));
            roll.centreOnNotes();
            roll.grab();
            return roll.numNotesPainted();
        };
        const int few = paintedOf(1000);
        QVERIFY(few > 20 && few < 1000);
        QCOMPARE(paintedOf(100'000), few);
    }

    void the_playhead_is_followed_until_the_user_scrolls() {
        Bench bench;
        bench.roll.setFollowMode(FollowMode::kPaged);
        for (int i = 0; i < 8; ++i) bench.roll.zoomIn();
        bench.roll.showPlayhead({0}, true);
        bench.roll.showPlayhead({7000}, true);
        QVERIFY(bench.roll.coords().x({7000}) < bench.roll.noteArea().width());
        const QPointF middle = bench.roll.noteArea().center();
        QWheelEvent wheel(middle, bench.roll.viewport()->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton,
            Qt::ShiftModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(bench.roll.viewport(), &wheel);
        const double before = bench.roll.coords().scroll_x_px;
        bench.roll.showPlayhead({7600}, true);
        QCOMPARE(bench.roll.coords().scroll_x_px, before);
    }

    void odd_scores_are_drawn_too() {
        PianoRoll roll;
        roll.resize(300, 200);
        roll.showScore(nullptr);
        roll.grab();
        QTest::keyClick(&roll, Qt::Key_Tab);
        QTest::keyClick(&roll, Qt::Key_A, Qt::ControlModifier);
        QTest::mouseDClick(roll.viewport(), Qt::LeftButton, {}, {150, 100});
        roll.zoomToFit();
        roll.zoomToSelection();
        Score far;
        far.tracks.push_back({.name = "far", .notes = {{{1LL << 32}, {1LL << 30}, 127}}});
        roll.showScore(std::make_shared<const Score>(normalised(far)));
        roll.zoomToFit();
        roll.grab();
        QVERIFY(!roll.picture({640, 360}).isNull());
    }
};

QTEST_MAIN(PianoRollTest)
#include "piano_roll_test.moc"
