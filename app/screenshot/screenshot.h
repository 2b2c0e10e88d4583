#pragma once

class QCommandLineParser;

namespace chainsong {

/// --screenshot and what belongs to it: pictures for the documentation, taken from the real studio at work.
void addScreenshotOptions(QCommandLineParser& parser);
bool wantsScreenshot(const QCommandLineParser& parser);
/// Plays the scene, waits for its results, saves the window's picture; the program's exit status.
int takeScreenshot(const QCommandLineParser& parser);

} // namespace chainsong
