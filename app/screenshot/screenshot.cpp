#include "app/screenshot/screenshot.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QEventLoop>
#include <QPixmap>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

#include "app/screenshot/run_scene.h"
#include "app/studio.h"
#include "app/window/hint.h"
#include "app/window/main_window.h"
#include "widgets/piano_roll/piano_roll.h"

namespace chainsong {
namespace {

constexpr int kLongest_ms = 900'000;
constexpr int kSettle_ms = 700; // plots repaint 25 times a second, docks in a few frames

constexpr const char* kPrompt = "a slow waltz in D minor for piano and cello, 16 bars";

void wait(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Runs the event loop until the desk emits runEnded, or for kLongest_ms.
bool waitForRun(ComposeDesk& desk) {
    if (!desk.isRunning()) return true;
    QEventLoop loop;
    QObject::connect(&desk, &ComposeDesk::runEnded, &loop, &QEventLoop::quit);
    QTimer::singleShot(kLongest_ms, &loop, &QEventLoop::quit);
    loop.exec();
    return !desk.isRunning();
}

bool compose(Studio& studio) {
    studio.composing().writePrompt(QString::fromLatin1(kPrompt));
    studio.actions()["compose"].trigger();
    return waitForRun(studio.composing());
}

/// What the first-run hint proposes: another bar 3 of the example.
bool resampleBarThree(Studio& studio) {
    studio.window().parts().hint->hide();
    studio.window().parts().roll->showRegion(BarRange{2, 3});
    studio.actions()["resample"].trigger();
    return waitForRun(studio.composing());
}

QSize sizeFrom(const QString& text) {
    const QStringList sides = text.split(QLatin1Char('x'));
    const QSize size = sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
    return size.isEmpty() ? QSize(1400, 900) : size;
}

int fail(const char* why) {
    std::fprintf(stderr, "chainsong: %s\n", why);
    return 1;
}

} // namespace

void addScreenshotOptions(QCommandLineParser& parser) {
    const auto add = [&](const char* name, const char* help, const char* value, const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value),
            QString::fromLatin1(standard)});
    };
    add("screenshot", "For makers of documentation: play a scene, save the window's picture, and quit.",
        "file.png");
    add("scene", "With --screenshot: first-run, composed, resampled, or run (run-ranks, run-densities …).",
        "name", "first-run");
    add("theme", "With --screenshot: light or dark.", "name", "light");
    add("size", "With --screenshot: the window's size.", "WxH", "1400x900");
    add("language", "With --screenshot: en, de or zh_CN.", "code", "en");
}

bool wantsScreenshot(const QCommandLineParser& parser) { return parser.isSet(QStringLiteral("screenshot")); }

int takeScreenshot(const QCommandLineParser& parser) {
    QTemporaryDir home; // the picture shows a first start, and leaves the user's own files alone
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    qputenv("XDG_STATE_HOME", home.path().toUtf8());
    const QString scene = parser.value(QStringLiteral("scene"));
    {
        Preferences preferences;
        preferences.setLanguage(parser.value(QStringLiteral("language")));
        preferences.setTheme(parser.value(QStringLiteral("theme")));
    }
    Studio studio;
    studio.leaveSilently();
    studio.window().resize(sizeFrom(parser.value(QStringLiteral("size"))));
    studio.open({});
    wait(kSettle_ms);
    QWidget* shown = &studio.window();
    if (scene == QLatin1String("composed")) {
        if (!compose(studio)) return fail("composing did not end");
    } else if (scene == QLatin1String("resampled")) {
        if (!resampleBarThree(studio)) return fail("resampling did not end");
    } else if (scene == QLatin1String("run") || scene.startsWith(QLatin1String("run-"))) {
        shown = openRunScene(studio, scene.mid(4), sizeFrom(parser.value(QStringLiteral("size"))));
        if (!shown) return fail("the run could not be drawn, or there is no plot of that name");
    } else if (scene != QLatin1String("first-run")) {
        return fail("there is no scene of that name: first-run, composed, resampled, run");
    }
    wait(kSettle_ms);
    const QString path = parser.value(QStringLiteral("screenshot"));
    return shown->grab().save(path) ? 0 : fail("the picture could not be written");
}

} // namespace chainsong
