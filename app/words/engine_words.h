#pragma once

#include <QString>

#include <string>

namespace chainsong {

/// A sentence of the engine in the user's language, as far as it is known; else as it is. The engine knows no
/// languages: it speaks English, and numbers and names stand where the patterns have %1, %2 …
QString engineText(const std::string& sentence);

} // namespace chainsong
