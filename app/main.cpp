#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include <cstdio>

#include "app/screenshot/screenshot.h"
#include "app/studio.h"

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("chainsong"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CHAINSONG_VERSION));
    QApplication::setApplicationDisplayName(QStringLiteral("Chainsong"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.chainsong.Chainsong"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/chainsong.svg")));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A studio for composing by inference."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("file"),
        QStringLiteral("A project, a MIDI file or a soundfont."), QStringLiteral("[file…]"));
    chainsong::addScreenshotOptions(parser);
    parser.process(application);

    if (chainsong::wantsScreenshot(parser)) return chainsong::takeScreenshot(parser);

    chainsong::Studio studio;
    studio.open(parser.positionalArguments());
    return QApplication::exec();
}
