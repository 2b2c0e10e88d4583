#pragma once

#include <QString>

#include "engine/compose/explain.h"

namespace chainsong {

/// Why a note is there, in two lines: what the model thought of its pitch, and what it looked at. `prompt` is
/// the text whose words are named.
QString reasonText(
    const NoteExplanation& reason, const Note& note, const Key& key, const std::string& prompt);

} // namespace chainsong
