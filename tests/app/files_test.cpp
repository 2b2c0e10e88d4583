#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include "app/example/example.h"
#include "app/files/file_desk.h"
#include "app/files/recovery.h"
#include "tests/app/sandbox.h"

using namespace chainsong;

namespace {

struct Desk {
    Preferences preferences;
    Document document;
    FileDesk files{document, preferences};
    Desk() { files.openExample(); }
    void raiseFirst() {
        ChangeNotes edit;
        edit.notes = {{0, 0}};
        edit.transpose = 2;
        QVERIFY(document.apply(edit, QStringLiteral("Transpose"), 0));
    }
};

} // namespace

class FilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void what_is_saved_comes_back_with_its_wishes_and_can_be_undone() {
        Sandbox sandbox;
        const QString path = sandbox.path("waltz.chainsong");
        Score saved;
        Wishes wishes;
        wishes.prompt = "a slow waltz in D minor";
        wishes.edited_chips = {{.name = "bars", .value = 12.0, .source = ChipSource::kUser, .evidence = {}}};
        wishes.seed = 18'446'744'073'709'551'557ULL;
        wishes.temperature = 0.8;
        {
            Desk desk;
            desk.raiseFirst();
            desk.document.setWishes(wishes);
            QVERIFY(desk.files.saveAs(path));
            saved = *desk.document.score();
        }
        Desk again;
        again.files.open(path);
        QVERIFY(*again.document.score() == saved);
        QVERIFY(again.document.wishes() == wishes);
        QVERIFY(again.document.history().canUndo());
        again.document.undo();
        QVERIFY(*again.document.score() == normalised(examplePiece()));
    }

    void every_step_of_a_saved_piece_is_in_its_file_without_asking() {
        Sandbox sandbox;
        const QString path = sandbox.path("steps.chainsong");
        Desk desk;
        desk.raiseFirst();
        QVERIFY(desk.files.saveAs(path));
        QVERIFY(desk.document.apply(SetTempo{71}, QStringLiteral("Tempo"), 9000));
        QVERIFY(desk.files.save()); // waits for the keeper, writes nothing of its own
        Desk other;
        other.files.open(path);
        QVERIFY(*other.document.score() == *desk.document.score());
    }

    void a_piece_without_a_name_is_kept_from_its_first_change_on() {
        Sandbox sandbox;
        Desk desk;
        QVERIFY(!desk.files.isUnsaved());
        desk.raiseFirst();
        QVERIFY(desk.files.isUnsaved());
        desk.document.undo(); // a second record: the keeper has written the first
        const QDir recovery(stateFolder() + QStringLiteral("/recovery"));
        QCOMPARE(recovery.entryList({QStringLiteral("*.chainsong")}, QDir::Files).size(), 1);
    }

    void what_a_dead_session_left_is_offered_and_restored() {
        Sandbox sandbox;
        Score work;
        {
            Desk desk;
            desk.raiseFirst();
            work = *desk.document.score();
        } // as after a crash: nobody left the piece
        // The file's name carries a living process; give it one that is gone.
        QProcess gone;
        gone.start(QStringLiteral("true"), {});
        QVERIFY(gone.waitForStarted());
        const qint64 dead = gone.processId();
        QVERIFY(gone.waitForFinished());
        QDir recovery(stateFolder() + QStringLiteral("/recovery"));
        const QString name = recovery.entryList({QStringLiteral("*.chainsong")}, QDir::Files).value(0);
        QVERIFY(!name.isEmpty());
        QString of_the_dead = name;
        of_the_dead.replace(QString::number(QCoreApplication::applicationPid()), QString::number(dead));
        QVERIFY(recovery.rename(name, of_the_dead));

        Desk desk;
        QSignalSpy offered(&desk.files, &FileDesk::messaged);
        desk.files.offerRecovery();
        QCOMPARE(offered.size(), 1);
        QCOMPARE(offered[0][0].value<Message>().action_id, QStringLiteral("recover"));
        desk.files.recover();
        QVERIFY(*desk.document.score() == work);
        QVERIFY(desk.files.isUnsaved());
    }

    void a_broken_file_gives_one_sentence_and_leaves_the_piece_alone() {
        Sandbox sandbox;
        const QString path = sandbox.path("broken.mid");
        QFile broken(path);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("MThd but no more");
        broken.close();
        Desk desk;
        desk.raiseFirst();
        const Score before = *desk.document.score();
        QSignalSpy told(&desk.files, &FileDesk::messaged);
        desk.files.open(path);
        desk.files.open(sandbox.path("absent.chainsong"));
        QCOMPARE(told.size(), 2);
        QVERIFY(told[0][0].value<Message>().text.contains(QStringLiteral("broken.mid")));
        QVERIFY(*desk.document.score() == before);
    }

    void a_folder_that_cannot_be_written_is_told_and_nothing_is_lost() {
        Sandbox sandbox;
        Desk desk;
        desk.raiseFirst();
        const Score before = *desk.document.score();
        QSignalSpy told(&desk.files, &FileDesk::messaged);
        QVERIFY(!desk.files.saveAs(sandbox.path("no/such/folder/waltz.chainsong")));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].value<Message>().action_id, QStringLiteral("save_as"));
        QVERIFY(*desk.document.score() == before);
        QVERIFY(desk.files.isUnsaved());
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "files_test.moc"
