// Milliseconds of processor time a frame of the piano roll with 100 000 notes.
//   QT_QPA_PLATFORM=offscreen roll_bench
#include <QApplication>
#include <QPixmap>
#include <QScrollBar>
#include <QTextStream>

#include "engine/base/random.h"
#include "widgets/piano_roll/piano_roll.h"
#include "widgets/theme/theme.h"

#include <algorithm>
#include <ctime>
#include <functional>

using namespace chainsong;

namespace {

double medianMs(int repeats, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        const std::clock_t from = std::clock();
        work();
        times.push_back(1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC);
    }
    std::ranges::nth_element(times, times.begin() + repeats / 2);
    return times[static_cast<std::size_t>(repeats / 2)];
}

ScorePtr crowd(int num_notes) {
    Rng rng(1);
    Score score;
    score.tracks.resize(4);
    for (int i = 0; i < num_notes; ++i) {
        const auto track = static_cast<std::size_t>(i % 4);
        score.tracks[track].notes.push_back({{i / 4 * 120}, {120 + static_cast<std::int64_t>(rng.below(360))},
            static_cast<std::uint8_t>(36 + rng.below(60))});
    }
    return std::make_shared<const Score>(normalised(score));
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    applyTheme(application, Theme::kDark);
    QTextStream out(stdout);
    const ScorePtr score = crowd(100'000);
    PianoRoll roll;
    roll.resize(1600, 900);
    QPixmap screen(roll.size());
    const auto frame = [&] { roll.render(&screen); };
    out << "roll, open 100 000 notes: " << medianMs(1, [&] {
        roll.showScore(score);
        roll.show();
        frame();
    }) << " ms\n";
    roll.centreOnNotes();
    int place = 0;
    const auto scroll = [&] {
        roll.horizontalScrollBar()->setValue(place += 173);
        frame();
    };
    out << "roll, scroll frame: " << medianMs(60, scroll) << " ms (" << roll.numNotesPainted()
        << " notes drawn)\n";
    Tick playhead;
    roll.setFollowMode(FollowMode::kOff);
    out << "roll, playhead frame: " << medianMs(60, [&] {
        playhead = playhead + Tick{10};
        roll.showPlayhead(playhead, true);
        roll.viewport()->repaint(QRect(100, 0, 16, roll.height()));
    }) << " ms\n";
    for (int i = 0; i < 16; ++i) roll.zoomOut();
    out << "roll, far out: " << medianMs(20, scroll) << " ms (" << roll.numNotesPainted()
        << " notes drawn)\n";
    roll.zoomToFit();
    out << "roll, whole piece: "
        << medianMs(20,
               [&] {
                   roll.setNoteNamesShown(true);
                   frame();
               })
        << " ms (" << roll.numNotesPainted() << " notes drawn)\n";
    return 0;
}
