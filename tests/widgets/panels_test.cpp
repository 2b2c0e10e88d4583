// Prompt bar, transport, voices, cards, diagnostics and messages: what they show and what they ask.
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>

#include "widgets/diagnostics_table/diagnostics_table.h"
#include "widgets/message_bar/message_bar.h"
#include "widgets/message_bar/status_strip.h"
#include "widgets/prompt_bar/chip_row.h"
#include "widgets/prompt_bar/prompt_bar.h"
#include "widgets/prompt_bar/prompt_edit.h"
#include "widgets/transport_bar/transport_bar.h"
#include "widgets/variation_cards/variation_card_view.h"
#include "widgets/variation_cards/variation_cards.h"
#include "widgets/voices_panel/voices_panel.h"

#include <limits>

using namespace chainsong;

namespace {

QPushButton* buttonOf(const QWidget& widget, const QString& text) {
    for (auto* button : widget.findChildren<QPushButton*>()) {
        if (button->text() == text) return button;
    }
    return nullptr;
}

QToolButton* toolOf(const QWidget& widget, const QString& name) {
    for (auto* button : widget.findChildren<QToolButton*>()) {
        if (button->accessibleName() == name) return button;
    }
    return nullptr;
}

ScorePtr twoVoices() {
    Score score;
    score.tracks.push_back(
        {.name = "Violin", .program = 40, .notes = {{{0}, {480}, 60}, {{480}, {480}, 62}}});
    score.tracks.push_back({.name = "Cello", .program = 42, .notes = {{{0}, {960}, 48}}});
    score.end = {1920};
    return std::make_shared<const Score>(score);
}

} // namespace

class PanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typing_a_prompt_and_enter_composes() {
        PromptBar bar;
        bar.show();
        QSignalSpy edited(&bar, &PromptBar::promptEdited);
        QSignalSpy composed(&bar, &PromptBar::composeRequested);
        QSignalSpy cancelled(&bar, &PromptBar::cancelRequested);
        auto* edit = bar.findChild<PromptEdit*>();
        QTest::keyClicks(edit, "a waltz");
        QCOMPARE(edited.back()[0].toString(), QString("a waltz"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(composed.size(), 1);
        QCOMPARE(bar.prompt(), QString("a waltz")); // no line break
        bar.setRunning(true);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(composed.size(), 1);
        QTest::mouseClick(buttonOf(bar, "Cancel"), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
    }

    void a_megabyte_on_the_clipboard_is_cut_to_one_line() {
        PromptBar bar;
        bar.show();
        QApplication::clipboard()->setText(QString("line\n").repeated(200'000));
        bar.findChild<PromptEdit*>()->paste();
        QVERIFY(bar.prompt().size() <= kMaxPromptLength);
        QVERIFY(!bar.prompt().contains('\n'));
        bar.setPrompt(QString("x").repeated(1 << 20));
        QCOMPARE(bar.prompt().size(), kMaxPromptLength);
    }

    void understood_words_are_tinted_and_colours_are_no_edit() {
        PromptBar bar;
        bar.setPrompt(
            QStringLiteral("\U0001F3B5 waltz like rain")); // the first character takes two UTF-16 units
        QSignalSpy edited(&bar, &PromptBar::promptEdited);
        bar.showParsed({{"style", "Style", "waltz", false, 1, {2, 7}}}, {{8, 17}});
        QCOMPARE(edited.size(), 0);
        const QTextBlock block = bar.findChild<PromptEdit*>()->document()->firstBlock();
        bool is_found = false;
        for (const auto& range : block.layout()->formats()) {
            if (range.format.background().style() == Qt::NoBrush) continue;
            is_found = true;
            QCOMPARE(block.text().mid(range.start, range.length), QString("waltz"));
        }
        QVERIFY(is_found);
    }

    void chips_are_edited_and_removed_in_place() {
        PromptBar bar;
        bar.show();
        bar.setPrompt("in D minor");
        bar.showParsed(
            {{"key", "Key", "D minor", false, 1, {3, 10}}, {"bars", "Bars", "16", true, 1, {}}}, {});
        QSignalSpy edited(&bar, &PromptBar::chipEdited);
        QSignalSpy removed(&bar, &PromptBar::chipRemoved);
        auto* chips = bar.findChild<ChipRow*>();
        QCOMPARE(chips->chips().size(), 2U);
        ChipView* key = chips->chips()[0];
        QTest::mouseClick(key, Qt::LeftButton);
        auto* editor = key->findChild<QLineEdit*>();
        editor->setText("E minor");
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited[0][0].toString(), QString("key"));
        QCOMPARE(edited[0][1].toString(), QString("E minor"));
        QTest::keyClick(key, Qt::Key_F2);
        editor->setText("F minor");
        QTest::keyClick(editor, Qt::Key_Escape);
        QCOMPARE(edited.size(), 1); // taken back
        QTest::keyClick(chips->chips()[1], Qt::Key_Delete);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed[0][0].toString(), QString("bars"));
    }

    void temperature_bars_and_seed_go_in_and_come_out() {
        PromptBar bar;
        QSignalSpy seeds(&bar, &PromptBar::seedChanged);
        QCOMPARE(bar.temperature(), 1.0);
        bar.setTemperature(2);
        QCOMPARE(bar.temperature(), 2.0);
        bar.setTemperature(100);
        QCOMPARE(bar.temperature(), 2.0);
        bar.setBars(16);
        QCOMPARE(bar.bars(), 16);
        bar.setSeed(9'007'199'254'740'993ULL);
        QCOMPARE(bar.seed(), 9'007'199'254'740'993ULL);
        QTest::mouseClick(toolOf(bar, "Another seed"), Qt::LeftButton);
        QCOMPARE(seeds.size(), 1);
        QCOMPARE(seeds[0][0].toULongLong(), bar.seed());
    }

    void showing_a_state_of_the_transport_asks_for_nothing() {
        TransportBar bar;
        QSignalSpy tempo(&bar, &TransportBar::tempoRequested);
        QSignalSpy volume(&bar, &TransportBar::volumeRequested);
        QSignalSpy output(&bar, &TransportBar::outputChosen);
        bar.showTempo(96);
        bar.showVolume(0.5);
        bar.showOutputs({"a", "b"}, 1);
        bar.showPosition({3, 2, {240}}, 65.25);
        bar.showPeak(1.5, 0);
        bar.showPlaying(true);
        bar.grab();
        QCOMPARE(tempo.size() + volume.size() + output.size(), 0);
        QVERIFY(toolOf(bar, "Pause"));
        QStringList texts;
        for (const auto* label : bar.findChildren<QLabel*>()) texts << label->text();
        QVERIFY(texts.contains("3.2.50"));
        QVERIFY(texts.contains("1:05.2") || texts.contains("1:05.3"));
    }

    void transport_buttons_say_what_they_are_for() {
        TransportBar bar;
        bar.show();
        QSignalSpy play(&bar, &TransportBar::playPauseRequested);
        QSignalSpy loop(&bar, &TransportBar::loopRequested);
        QSignalSpy panic(&bar, &TransportBar::panicRequested);
        QSignalSpy tempo(&bar, &TransportBar::tempoRequested);
        QTest::mouseClick(toolOf(bar, "Play"), Qt::LeftButton);
        QTest::mouseClick(toolOf(bar, "Loop"), Qt::LeftButton);
        QTest::mouseClick(toolOf(bar, "Panic"), Qt::LeftButton);
        bar.findChild<QDoubleSpinBox*>()->setValue(140);
        QCOMPARE(play.size(), 1);
        QCOMPARE(loop[0][0].toBool(), true);
        QCOMPARE(panic.size(), 1);
        QCOMPARE(tempo[0][0].toDouble(), 140.0);
    }

    void voices_leave_as_edits() {
        VoicesPanel panel;
        panel.show();
        panel.showScore(twoVoices());
        QSignalSpy edits(&panel, &VoicesPanel::editRequested);
        QSignalSpy mutes(&panel, &VoicesPanel::muteRequested);
        const auto named = [&](const QString& name) {
            QList<QToolButton*> found;
            for (auto* button : panel.findChildren<QToolButton*>()) {
                if (button->accessibleName() == name) found << button;
            }
            return found;
        };
        QTest::mouseClick(named("Mute")[1], Qt::LeftButton);
        QCOMPARE(mutes[0][0].toInt(), 1);
        QTest::mouseClick(named("Pin all")[0], Qt::LeftButton);
        QCOMPARE(std::get<PinNotes>(edits[0][0].value<Edit>()).notes, (std::vector<NoteRef>{{0, 0}, {0, 1}}));
        auto* name = panel.findChildren<QLineEdit*>()[0];
        name->setFocus();
        QTest::keyClicks(name, "!");
        QTest::keyClick(name, Qt::Key_Return);
        const auto set = std::get<SetTrack>(edits[1][0].value<Edit>());
        QCOMPARE(QString::fromStdString(set.name), QString("Violin!"));
        QCOMPARE(set.program, 40);
        QTest::mouseClick(buttonOf(panel, "Add a voice"), Qt::LeftButton);
        QVERIFY(std::holds_alternative<AddTrack>(edits[2][0].value<Edit>()));
        panel.showScore(std::make_shared<const Score>());
        panel.grab();
    }

    void cards_are_heard_by_digit_and_kept_by_enter() {
        VariationCards cards;
        cards.resize(260, 500);
        cards.show();
        cards.showOriginal(twoVoices(), "bar 3");
        for (int i = 0; i < 10; ++i)
            cards.addCard({.score = twoVoices(), .log_density = -3.2 - i, .num_changed = 5, .num_notes = 12});
        QCOMPARE(cards.numCards(), kMaxCards);
        QSignalSpy heard(&cards, &VariationCards::auditionRequested);
        QSignalSpy kept(&cards, &VariationCards::acceptRequested);
        QSignalSpy starred(&cards, &VariationCards::starRequested);
        QTest::keyClick(&cards, Qt::Key_2);
        QCOMPARE(heard[0][0].toInt(), 2);
        QTest::keyClick(&cards, Qt::Key_Return);
        QCOMPARE(kept.size(), 0); // nothing is heard yet
        cards.showAuditioned(2);
        QTest::keyClick(&cards, Qt::Key_Return);
        QCOMPARE(kept[0][0].toInt(), 2);
        QTest::mouseClick(buttonOf(cards, "Keep variation 2"), Qt::LeftButton);
        QCOMPARE(kept.size(), 2);
        QTest::keyClick(&cards, Qt::Key_1, Qt::ShiftModifier);
        QCOMPARE(starred[0][0].toInt(), 1);
        QTest::mouseClick(cards.findChildren<VariationCardView*>()[3], Qt::LeftButton, {}, {20, 30});
        QCOMPARE(heard.back()[0].toInt(), 3);
        cards.grab();
    }

    void dragging_a_card_asks_once_for_a_file() {
        VariationCards cards;
        cards.resize(260, 500);
        cards.show();
        cards.showOriginal(twoVoices(), "bar 3");
        cards.addCard({.score = twoVoices()});
        QSignalSpy drags(&cards, &VariationCards::dragRequested);
        QSignalSpy heard(&cards, &VariationCards::auditionRequested);
        auto* card = cards.findChildren<VariationCardView*>()[1];
        QTest::mousePress(card, Qt::LeftButton, {}, {20, 30});
        for (const int x : {40, 60, 80}) {
            QMouseEvent move(QEvent::MouseMove, QPointF(x, 30), card->mapToGlobal(QPointF(x, 30)),
                Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(card, &move);
        }
        QTest::mouseRelease(card, Qt::LeftButton, {}, {80, 30});
        QCOMPARE(drags.size(), 1);
        QCOMPARE(drags[0][0].toInt(), 1);
        QCOMPARE(heard.size(), 0);
    }

    void the_worst_quantity_stands_first_and_nan_is_a_dash() {
        DiagnosticsTable table;
        const double nan = std::numeric_limits<double>::quiet_NaN();
        table.showRows({{"a", 1, 1, 0.1, 600, 500, 1.001, Verdict::kGood},
            {"b", 1, 1, 0.1, 30, 20, 1.3, Verdict::kNotYet},
            {"c", 1, 1, nan, nan, nan, nan, Verdict::kTooEarly},
            {"d", 1, 1, 0.1, 200, 90, 1.03, Verdict::kKeepGoing}});
        const auto* view = table.findChild<QTableWidget*>();
        QStringList order;
        for (int row = 0; row < table.numRows(); ++row) order << view->item(row, 0)->text();
        QCOMPARE(order, (QStringList{"b", "d", "c", "a"}));
        QCOMPARE(view->item(2, 2)->text(), QString("–"));
        QVERIFY(view->item(0, 1)->text().contains("not yet"));
        for (int column = 0; column < view->columnCount(); ++column)
            QVERIFY(!view->horizontalHeaderItem(column)->toolTip().isEmpty());
    }

    void a_message_offers_its_action_and_goes() {
        MessageBar bar;
        QSignalSpy actions(&bar, &MessageBar::actionRequested);
        bar.showMessage(
            {MessageKind::kProblem, "No sound device found: <b>hw:0</b>.", "choose", "Choose output…"});
        QVERIFY(!bar.isHidden());
        QTest::mouseClick(buttonOf(bar, "Choose output…"), Qt::LeftButton);
        QCOMPARE(actions[0][0].toString(), QString("choose"));
        QVERIFY(bar.isHidden());
    }

    void progress_can_be_cancelled_and_idle_cannot() {
        StatusStrip strip;
        strip.show();
        QSignalSpy cancelled(&strip, &StatusStrip::cancelRequested);
        strip.showProgress({"Composing", 0.4});
        QTest::mouseClick(buttonOf(strip, "Cancel"), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        strip.showIdle("Ready");
        QVERIFY(buttonOf(strip, "Cancel")->isHidden());
    }
};

QTEST_MAIN(PanelsTest)
#include "panels_test.moc"
