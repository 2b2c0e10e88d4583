#include <QSignalSpy>
#include <QTest>

#include "app/composing/explaining.h"
#include "app/example/example.h"
#include "app/words/reason_words.h"

using namespace chainsong;

namespace {

NoteExplanation::Influence word(int first, int past_last, double share) {
    return {NoteExplanation::Influence::Kind::kWord, {first, past_last}, {}, 0, {}, share};
}

} // namespace

class ReasonsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_piece_left_alone_is_explained_note_by_note() {
        Explaining explaining;
        QSignalSpy explained(&explaining, &Explaining::explained);
        const auto piece = std::make_shared<const Score>(examplePiece());
        explaining.ask(piece, "", {});
        explaining.setPrior(makeRulePrior());
        QVERIFY(explained.wait(30'000));
        for (int track = 0; track < static_cast<int>(piece->tracks.size()); ++track)
            QVERIFY(explaining.reasonOf(piece, track, 0));
        QVERIFY(!explaining.reasonOf(piece, 99, 0));
    }

    void what_was_known_of_the_piece_before_is_not_said_of_the_piece_now() {
        Explaining explaining;
        QSignalSpy explained(&explaining, &Explaining::explained);
        const auto before = std::make_shared<const Score>(examplePiece());
        explaining.setPrior(makeRulePrior());
        explaining.ask(before, "", {});
        QVERIFY(explained.wait(30'000));
        const auto now = std::make_shared<const Score>(examplePiece());
        explaining.ask(now, "", {});
        QVERIFY(!explaining.reasonOf(before, 0, 0));
        QVERIFY(!explaining.reasonOf(now, 0, 0));
    }

    void a_reason_names_the_other_pitches_and_the_words() {
        const std::string prompt = "悲伤的 waltz";
        NoteExplanation reason;
        reason.pitch_probability = 0.34;
        reason.choices = {{69, 0.41}, {62, 0.34}, {65, 0.12}, {70, 0.004}};
        reason.influences = {word(4, 9, 0.22), word(0, 2, 0.10), word(2, 3, 0.001)};
        reason.influences.push_back({NoteExplanation::Influence::Kind::kEarlierBar, {}, {}, 2, {}, 0.18});
        const QString text = reasonText(reason, {.start = {}, .length = {480}, .key = 62}, {2, Mode::kMinor}, prompt);
        QCOMPARE(text,
            QStringLiteral("Model: 34 % for this pitch; else A4 41 %, F4 12 %\n"
                           "It looked at “waltz” 22 %, “悲伤” 10 %, bar 3 18 %"));
    }
};

QTEST_MAIN(ReasonsTest)
#include "reasons_test.moc"
