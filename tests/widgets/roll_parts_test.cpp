// The roll's pure parts: coordinates, snapping, the note index, certainty after an edit, the themes'
// contrasts.
#include <QTest>

#include "engine/base/random.h"
#include "widgets/piano_roll/note_index.h"
#include "widgets/piano_roll/roll_certainty.h"
#include "widgets/piano_roll/roll_coords.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/verdict.h"

#include <algorithm>

using namespace chainsong;

class RollPartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ticks_and_keys_survive_the_way_to_pixels_and_back() {
        for (const double pixels_per_tick : {0.01, 0.1, 0.37, 1.0, 2.0}) {
            const RollCoords coords{.pixels_per_tick = pixels_per_tick,
                .key_height_px = 13,
                .scroll_x_px = 211,
                .scroll_y_px = 97};
            for (const std::int64_t value : {0, 1, 479, 480, 12'345, 9'999'999}) {
                const double half_a_tick_px = pixels_per_tick / 2;
                QCOMPARE(coords.tick(coords.x({value}) + half_a_tick_px).value, value);
            }
            for (int key = 0; key < 128; ++key) QCOMPARE(coords.key(coords.y(key) + 6), key);
        }
    }

    void pixels_beyond_the_keyboard_mean_its_ends() {
        const RollCoords coords;
        QCOMPARE(coords.key(-1e6), 127);
        QCOMPARE(coords.key(1e6), 0);
    }

    void zooming_leaves_the_place_under_the_mouse_where_it_is() {
        RollCoords coords{
            .pixels_per_tick = 0.1, .key_height_px = 14, .scroll_x_px = 500, .scroll_y_px = 600};
        const Tick under = coords.tick(300);
        const RollCoords zoomed = coords.zoomedTime(1.7, 300);
        QVERIFY(std::abs(zoomed.x(under) - coords.x(under)) < 1.5);
        QVERIFY(std::abs(coords.zoomedKeys(1.3, 200).key(200) - coords.key(200)) <= 0);
        QCOMPARE(coords.zoomedTime(1e9, 0).pixels_per_tick, kMaxPixelsPerTick);
        QCOMPARE(coords.zoomedTime(1e-9, 0).pixels_per_tick, kMinPixelsPerTick);
    }

    void snapping_finds_the_grid_line_before_or_the_nearest() {
        QCOMPARE(snappedDown({359}, {120}).value, 240);
        QCOMPARE(snappedNear({359}, {120}).value, 360);
        QCOMPARE(snappedDown({-1}, {120}).value, -120);
        QCOMPARE(snappedDown({77}, {0}).value, 77);
    }

    void the_index_finds_exactly_the_notes_that_sound_in_a_stretch() {
        Rng rng(5);
        std::vector<Note> notes;
        for (int i = 0; i < 500; ++i) {
            notes.push_back({{static_cast<std::int64_t>(rng.below(20'000))},
                {static_cast<std::int64_t>(1 + rng.below(i % 50 == 0 ? 15'000 : 400))},
                static_cast<std::uint8_t>(rng.below(128))});
        }
        std::ranges::sort(notes, comesBefore);
        const NoteIndex index(notes);
        for (int trial = 0; trial < 200; ++trial) {
            const Tick from{static_cast<std::int64_t>(rng.below(22'000))};
            const Tick to = from + Tick{static_cast<std::int64_t>(rng.below(3000))};
            std::vector<int> expected;
            for (int i = 0; i < 500; ++i) {
                const Note& note = notes[static_cast<std::size_t>(i)];
                if (note.start < to && note.end() > from) expected.push_back(i);
            }
            std::vector<int> found;
            index.visit(notes, from, to, [&](int i) { found.push_back(i); });
            QCOMPARE(found, expected);
        }
        NoteIndex(std::span<const Note>()).visit({}, {}, {100}, [](int) { QFAIL("there is no note"); });
    }

    void an_edited_note_becomes_certain_and_the_others_keep_their_share() {
        Score before;
        before.tracks.push_back(
            {.name = "a", .notes = {{{0}, {480}, 60}, {{480}, {480}, 62}, {{960}, {480}, 64}}});
        RollCertainty known;
        known.note_share_unit = {{0.3, 0.6, 0.9}};
        Score after = before;
        after.tracks[0].notes[1].key = 65; // the user's
        after.tracks[0].notes.push_back({{1440}, {480}, 67});
        const RollCertainty carried = carriedOver(known, before, after);
        QCOMPARE(carried.note_share_unit[0], (std::vector<double>{0.3, 1.0, 0.9, 1.0}));
    }

    void choices_at_an_onset_are_told_with_what_is_left() {
        Score score;
        score.tracks.push_back({.name = "a", .notes = {{{0}, {480}, 67}}});
        const RollCertainty known{.note_share_unit = {{0.62}},
            .ghosts = {{0, {{0}, {480}, 69}, 0.21}},
            .undecided_bits_per_beat = {},
            .num_draws = 1240,
            .num_chains = 4};
        const QString text = choicesAt(known, score, 0, 0);
        QVERIFY(text.contains("G4 62 %"));
        QVERIFY(text.contains("A4 21 %"));
        QVERIFY(text.contains("rest 17 %"));
        QVERIFY(text.contains("4 chains"));
    }

    void texts_have_contrast_in_both_themes() {
        for (const Theme theme : {Theme::kLight, Theme::kDark}) {
            const ThemeColors& c = themeColors(theme);
            for (const QColor& ground : {c.panel, c.canvas, c.raised}) {
                for (const QColor& ink :
                    {c.text, c.text_muted, c.good, c.keep_going, c.not_yet, c.neutral, c.loop, c.playhead}) {
                    QVERIFY2(
                        contrastRatio(ink, ground) >= 4.5, qPrintable(ink.name() + " on " + ground.name()));
                }
            }
            QVERIFY(contrastRatio(c.accent_text, c.accent) >= 4.5);
            for (int track = 0; track < 8; ++track) {
                QVERIFY2(contrastRatio(trackColor(track, theme), c.canvas) >= 3,
                    qPrintable(trackColor(track, theme).name()));
                QVERIFY(contrastRatio(readableOn(trackColor(track, theme)), trackColor(track, theme)) >= 4.5);
            }
            QCOMPARE(themeOf(themePalette(theme)), theme);
        }
    }

    void verdicts_differ_in_shape_word_and_colour() {
        QStringList shapes;
        QStringList words;
        for (const Verdict verdict :
            {Verdict::kTooEarly, Verdict::kGood, Verdict::kKeepGoing, Verdict::kNotYet}) {
            shapes << verdictShape(verdict);
            words << verdictWord(verdict);
        }
        QCOMPARE(shapes.removeDuplicates(), 0);
        QCOMPARE(words.removeDuplicates(), 0);
    }
};

QTEST_MAIN(RollPartsTest)
#include "roll_parts_test.moc"
