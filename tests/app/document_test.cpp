#include <QSignalSpy>
#include <QTest>

#include "app/composing/diagnosing.h"
#include "app/document/document.h"
#include "app/example/example.h"
#include "engine/base/random.h"

using namespace chainsong;

namespace {

ChangeNotes change(NoteRef note, int move_ticks, int semitones) {
    ChangeNotes edit;
    edit.notes = {note};
    edit.move = Tick{move_ticks};
    edit.transpose = semitones;
    return edit;
}

/// The example, with an undo list of its own.
struct Piece {
    Document document;
    Piece() { document.open(std::make_shared<const Score>(examplePiece()), {}, true); }
    Status nudge(NoteRef note, std::int64_t now_ms) {
        return document.apply(change(note, 120, 0), QStringLiteral("Move"), now_ms);
    }
    Status raise(NoteRef note, std::int64_t now_ms) {
        return document.apply(change(note, 0, 1), QStringLiteral("Transpose"), now_ms);
    }
    std::size_t numSteps() const { return document.history().steps().size(); }
};

} // namespace

class DocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void undo_and_redo_bring_back_exactly_what_was_there() {
        Piece piece;
        const Score before = *piece.document.score();
        QVERIFY(piece.raise({0, 0}, 0));
        const Score after = *piece.document.score();
        QVERIFY(!(after == before));
        piece.document.undo();
        QVERIFY(*piece.document.score() == before);
        piece.document.redo();
        QVERIFY(*piece.document.score() == after);
    }

    void nudges_within_half_a_second_are_one_step() {
        Piece piece;
        QVERIFY(piece.nudge({3, 0}, 1000));
        QVERIFY(piece.nudge(piece.document.touched().front(), 1300));
        QVERIFY(piece.nudge(piece.document.touched().front(), 1800));
        QCOMPARE(piece.numSteps(), std::size_t{2});
        piece.document.undo();
        QVERIFY(*piece.document.score() == examplePiece());
    }

    void a_pause_another_verb_or_another_note_begins_a_new_step() {
        Piece piece;
        QVERIFY(piece.nudge({3, 0}, 1000));
        QVERIFY(piece.nudge(piece.document.touched().front(), 1501));
        QVERIFY(piece.raise(piece.document.touched().front(), 1600));
        QVERIFY(piece.raise({1, 0}, 1700));
        QCOMPARE(piece.numSteps(), std::size_t{5});
    }

    void nothing_merges_across_a_save() {
        Piece piece;
        QVERIFY(piece.nudge({3, 0}, 1000));
        piece.document.seal();
        QVERIFY(piece.nudge(piece.document.touched().front(), 1100));
        QCOMPARE(piece.numSteps(), std::size_t{3});
    }

    void nothing_merges_after_an_undo() {
        Piece piece;
        QVERIFY(piece.raise({0, 0}, 1000));
        QVERIFY(piece.raise({0, 0}, 5000));
        piece.document.undo();
        QVERIFY(piece.raise({0, 0}, 5100));
        QCOMPARE(piece.numSteps(), std::size_t{3});
    }

    void an_edit_that_changes_nothing_leaves_no_step() {
        Piece piece;
        QSignalSpy changed(&piece.document, &Document::scoreChanged);
        QVERIFY(piece.document.apply(change({0, 0}, 0, 0), QStringLiteral("Move"), 0));
        QCOMPARE(changed.size(), 0);
        QVERIFY(!piece.document.history().canUndo());
    }

    void an_edit_of_a_note_that_is_not_there_says_so_and_changes_nothing() {
        Piece piece;
        const Status status = piece.raise({7, 0}, 0);
        QVERIFY(!status);
        QVERIFY(!status.error().what.empty());
        QVERIFY(*piece.document.score() == examplePiece());
    }

    void variations_are_beside_the_piece_until_one_is_kept() {
        Piece piece;
        VariationSet set;
        set.original = piece.document.score();
        piece.document.offer(set);
        Score other = examplePiece();
        other.title = "other";
        piece.document.offer(Variation{.score = std::make_shared<const Score>(other)});
        QVERIFY(*piece.document.score() == examplePiece());
        QVERIFY(!piece.document.history().canUndo());
        piece.document.replace(piece.document.variations().variations.front().score, QStringLiteral("Keep"));
        QVERIFY(*piece.document.score() == other);
        piece.document.undo();
        QVERIFY(*piece.document.score() == examplePiece());
    }

    void a_long_history_forgets_its_oldest_steps_but_never_the_newest() {
        Piece piece;
        for (int i = 0; i < 1200; ++i)
            QVERIFY(piece.document.apply(SetTempo{60.0 + i % 90}, QStringLiteral("Tempo"), i * 1000));
        QCOMPARE(piece.numSteps(), History::kMaxSteps);
        QCOMPARE(piece.document.history().position(), History::kMaxSteps - 1);
        QCOMPARE(piece.document.score()->tempos.front(), tempoAt({}, 60.0 + 1199 % 90));
    }

    void the_example_fills_eight_bars_for_four_voices() {
        const Score score = examplePiece();
        QCOMPARE(score.tracks.size(), std::size_t{4});
        QCOMPARE(score.end.value, Metre{}.barLength().value * 8);
        for (const Track& track : score.tracks) {
            QVERIFY(track.notes.size() >= 10);
            for (const Note& note : track.notes) QVERIFY(isInScale(note.key, score.keys.front().key));
        }
    }

    void chains_that_agree_are_good_and_chains_apart_are_not() {
        const auto draws = [](double offset) {
            std::vector<std::vector<PieceSummary>> chains(4);
            for (std::size_t c = 0; c < chains.size(); ++c) {
                Rng rng(17 + c);
                for (int i = 0; i < 400; ++i) {
                    const double shift = c == 0 ? offset : 0;
                    chains[c].push_back({rng.normal() + shift, 60 + rng.normal() + shift, 2 + rng.normal(),
                        3 + rng.normal()});
                }
            }
            return chains;
        };
        QCOMPARE(diagnosisOf(draws(0)).verdict, Verdict::kGood);
        QCOMPARE(diagnosisOf(draws(9)).verdict, Verdict::kNotYet);
        QCOMPARE(diagnosisOf({}).verdict, Verdict::kTooEarly);
    }
};

QTEST_GUILESS_MAIN(DocumentTest)
#include "document_test.moc"
