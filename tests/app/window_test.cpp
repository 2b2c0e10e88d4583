#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "app/dialogs/action_sheet.h"
#include "app/dialogs/export_dialog.h"
#include "app/example/example.h"
#include "app/studio.h"
#include "app/window/main_window.h"
#include "engine/io/midi_file.h"
#include "tests/app/sandbox.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/piano_roll/piano_roll.h"
#include "widgets/prompt_bar/prompt_bar.h"
#include "widgets/variation_cards/variation_cards.h"

using namespace chainsong;

namespace {

constexpr int kLongest_ms = 120'000;

/// A studio at its first start, without weights and with silent output.
struct Running {
    Sandbox sandbox;
    Studio studio;
    Running() {
        studio.leaveSilently();
        studio.open({});
        QVERIFY2(QTest::qWaitForWindowActive(&studio.window()), "the window never became active");
        QTRY_VERIFY_WITH_TIMEOUT(!studio.composing().modelName().isEmpty(), 10'000);
        parts().roll->setFocus();
    }
    const WindowParts& parts() { return studio.window().parts(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* const focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : &studio.window(), key, modifiers);
    }
    void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    Score score() { return *studio.document().score(); }
    bool runs() { return studio.composing().isRunning(); }
};

} // namespace

class WindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_first_window_shows_the_example_and_says_what_is_missing() {
        Running r;
        QVERIFY(*r.parts().roll->score() == examplePiece());
        // No weights: composing goes on by rules, and the user reads so.
        QVERIFY(r.parts().message->isVisible());
        QVERIFY(r.parts().message->message().text.contains(QStringLiteral("composing with rules only")));
    }

    void space_plays_and_pauses_and_home_goes_back() {
        Running r;
        QSignalSpy playing(&r.studio.sound(), &SoundDesk::playingChanged);
        r.press(Qt::Key_Space);
        QTRY_COMPARE(playing.size(), 1);
        QTRY_VERIFY(r.studio.sound().position().value > 100);
        r.press(Qt::Key_Space);
        QTRY_COMPARE(playing.size(), 2);
        QVERIFY(!r.studio.sound().isPlaying());
        QVERIFY(r.studio.sound().position().value > 0);
        r.press(Qt::Key_Home);
        QTRY_COMPARE(r.studio.sound().position().value, 0);
    }

    void space_belongs_to_a_focused_button_and_to_text() {
        Running r;
        QPushButton button(&r.studio.window());
        button.show();
        button.setFocus();
        QSignalSpy clicked(&button, &QPushButton::clicked);
        QTest::keyClick(&button, Qt::Key_Space);
        QCOMPARE(clicked.size(), 1);
        r.parts().prompt->focusPrompt();
        r.type(QStringLiteral("a b"));
        QCOMPARE(r.parts().prompt->prompt(), QStringLiteral("a b"));
        QTest::qWait(50);
        QVERIFY(!r.studio.sound().isPlaying());
    }

    void composing_by_keyboard_yields_cards_and_undo_restores_the_example() {
        Running r;
        r.press(Qt::Key_Slash);
        r.type(QStringLiteral("a waltz in D minor for piano, 4 bars"));
        r.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(r.runs());
        QTRY_VERIFY_WITH_TIMEOUT(!r.runs(), kLongest_ms);
        QVERIFY(r.parts().cards->numCards() >= 1);
        QVERIFY(!(r.score() == examplePiece()));
        QCOMPARE(r.score().metres.front().metre, (Metre{3, 4}));
        QCOMPARE(numBars(r.score()), 4);
        r.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(r.score() == examplePiece());
    }

    void resampling_offers_cards_and_changes_nothing_until_one_is_kept() {
        Running r;
        QVERIFY(r.studio.document().apply(SetTempo{90}, QStringLiteral("Tempo"), 0));
        const Score before = r.score();
        r.parts().roll->showRegion(BarRange{2, 3});
        r.press(Qt::Key_R);
        QVERIFY(r.runs());
        QTRY_VERIFY_WITH_TIMEOUT(!r.runs(), kLongest_ms);
        QCOMPARE(r.parts().cards->numCards(), 4);
        QVERIFY(r.score() == before);
        r.press(Qt::Key_2);
        QCOMPARE(r.studio.composing().auditioned(), 2);
        QVERIFY(r.score() == before);
        r.press(Qt::Key_Backslash);
        r.press(Qt::Key_2);
        const Score wanted = *r.studio.composing().heard();
        r.press(Qt::Key_Return);
        QVERIFY(r.score() == wanted);
        // Outside the chosen bar every note is as it was.
        const MetreMap metres(before.metres);
        QVERIFY(
            slice(r.score(), {}, metres.barStart(2)).tracks == slice(before, {}, metres.barStart(2)).tracks);
        r.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(r.score() == before);
    }

    void four_pieces_lie_on_the_way_to_another_and_the_piece_stays_until_one_is_kept() {
        Running r;
        const Score before = r.score();
        Score other = examplePiece();
        for (Track& track : other.tracks) track.program = 73;
        r.studio.composing().composeTowards(other);
        QTRY_VERIFY_WITH_TIMEOUT(!r.runs(), kLongest_ms);
        QCOMPARE(r.studio.document().variations().variations.size(), std::size_t(4));
        QVERIFY(r.score() == before);
        r.studio.composing().accept(4);
        QVERIFY(r.score() != before);
        QCOMPARE(r.score().tracks.front().program, 73); // three quarters of the way: the other's instrument
        r.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(r.score() == before);
        r.studio.composing().composeTowards(Score{});
        QVERIFY(!r.runs());
        QVERIFY(r.parts().message->message().text.contains(QStringLiteral("no notes")));
    }

    void phrases_are_chosen_told_and_a_missing_library_is_no_harm() {
        Running r;
        r.studio.actions()["phrases_none"].trigger();
        QVERIFY(r.studio.preferences().phraseLibrary().isEmpty());
        qputenv("CHAINSONG_PHRASES", r.sandbox.path("nowhere.library").toUtf8());
        r.studio.actions()["phrases_own"].trigger();
        QVERIFY(r.parts().message->isVisible());
        QVERIFY(r.parts().message->message().text.contains(QStringLiteral("nowhere.library")));
        QVERIFY(r.studio.preferences().phraseLibrary().isEmpty());
        qunsetenv("CHAINSONG_PHRASES");
    }

    void how_original_a_piece_is_stands_next_to_music_of_people() {
        Running r;
        r.studio.actions()["originality"].trigger();
        const auto boxes = r.studio.window().findChildren<QMessageBox*>();
        QCOMPARE(boxes.size(), 1);
        QVERIFY(boxes.first()->text().contains(QStringLiteral("Music of people")));
        QVERIFY(boxes.first()->text().contains(QString::fromStdString(r.score().tracks.front().name)));
        boxes.first()->close();
    }

    void escape_stops_a_run_at_once_and_leaves_the_notes() {
        Running r;
        r.studio.composing().writePrompt(QStringLiteral("a long fugue for four voices, 64 bars"));
        r.press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(r.runs());
        QElapsedTimer clock;
        clock.start();
        r.press(Qt::Key_Escape);
        QVERIFY(!r.runs());
        QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(r.score() == examplePiece());
    }

    void the_window_answers_while_it_composes() {
        Running r;
        r.studio.composing().writePrompt(QStringLiteral("a fugue for four voices, 32 bars"));
        r.press(Qt::Key_Return, Qt::ControlModifier);
        QElapsedTimer clock;
        qint64 longest_ms = 0;
        for (int i = 0; i < 40 && r.runs(); ++i) {
            clock.start();
            QTest::qWait(5);
            longest_ms = std::max(longest_ms, clock.elapsed());
        }
        r.studio.composing().stop();
        // A frame may be late on a busy machine; half a second of silence would be a frozen window.
        QVERIFY2(longest_ms < 500, qPrintable(QString::number(longest_ms)));
    }

    void a_musician_exports_midi_by_keyboard_only() {
        Running r;
        const QString path = r.sandbox.path("mine.mid");
        r.press(Qt::Key_E, Qt::ControlModifier);
        auto* const dialog = r.studio.window().findChild<ExportDialog*>();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QTRY_COMPARE(QApplication::focusWidget(), dialog->findChild<QLineEdit*>());
        r.press(Qt::Key_A, Qt::ControlModifier);
        r.type(path);
        QCOMPARE(dialog->path(), path);
        r.press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20'000);
        QTRY_VERIFY(r.parts().message->message().text.contains(QStringLiteral("mine.mid")));
        const auto read = readMidiFile(path.toStdString());
        QVERIFY(read);
        QCOMPARE(numNotes(read->score), numNotes(examplePiece()));
    }

    void every_export_format_names_its_file_and_is_written() {
        Running r;
        for (const auto& [format, name] : {std::pair{ExportFormat::kMidiAsPerformed, "a.mid"},
                 {ExportFormat::kMusicXml, "a.musicxml"}, {ExportFormat::kPicture, "a.png"}}) {
            ExportDialog dialog(r.sandbox.path("a"), format, nullptr);
            QCOMPARE(dialog.path(), r.sandbox.path(name));
            r.studio.files().exportTo(dialog.path(), format, r.studio.document().score());
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(dialog.path()), 20'000);
        }
    }

    void no_two_actions_share_a_key() {
        QMap<QString, QString> taken;
        for (const ActionSpec& spec : actionSpecs())
            for (const QString& keys :
                QString::fromLatin1(spec.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                const QString text = QKeySequence::fromString(keys).toString();
                QVERIFY2(!text.isEmpty(), spec.id);
                // Return and Escape mean the variations while there are some, and the roll's cursor
                // otherwise.
                const QString who = taken.value(text);
                QVERIFY2(who.isEmpty() || text == QLatin1String("Return"),
                    qPrintable(who + QLatin1Char(' ') + QLatin1String(spec.id)));
                taken.insert(text, QString::fromLatin1(spec.id));
            }
    }

    void every_action_is_in_a_menu_does_something_and_can_be_found() {
        Running r;
        QSet<QAction*> in_menus;
        for (QMenu* menu : r.studio.window().findChildren<QMenu*>())
            for (QAction* action : menu->actions()) in_menus.insert(action);
        for (QAction* action : r.studio.actions().all()) {
            QVERIFY2(in_menus.contains(action), qPrintable(action->objectName()));
            QVERIFY2(r.studio.actions().isConnected(action->objectName().toStdString()),
                qPrintable(action->objectName()));
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
        }
        ActionSheet sheet(r.studio.actions(), nullptr);
        QCOMPARE(sheet.numShown(), static_cast<int>(actionSpecs().size()));
        sheet.filter(QStringLiteral("resample"));
        QCOMPARE(sheet.numShown(), 1);
    }

    void docks_have_names_and_the_layout_comes_back() {
        Running r;
        MainWindow& window = r.studio.window();
        for (const QDockWidget* dock : window.findChildren<QDockWidget*>())
            QVERIFY(!dock->objectName().isEmpty());
        const QByteArray before = window.layoutState();
        r.press(Qt::Key_F2, Qt::ControlModifier);
        QVERIFY(r.parts().history->isVisible());
        window.restoreLayout({}, before);
        QVERIFY(!r.parts().history->isVisible());
    }

    void another_language_keeps_the_piece_and_speaks_at_once() {
        Running r;
        QVERIFY(r.studio.document().apply(SetTempo{77}, QStringLiteral("Tempo"), 0));
        const Score before = r.score();
        r.studio.setLanguage(QStringLiteral("de"));
        QCOMPARE(
            r.studio.window().findChild<QMenuBar*>()->actions().first()->text(), QStringLiteral("&Datei"));
        QVERIFY(*r.parts().roll->score() == before);
        QVERIFY(r.studio.document().history().canUndo());
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
