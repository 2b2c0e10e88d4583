#pragma once

#include <QString>

#include <optional>
#include <utility>

#include "engine/music/edit.h"

namespace chainsong {

/// What the undo list calls an edit: "Transpose 3 notes".
QString editText(const Edit& edit);
/// "bar 3", "bars 2–4", "the whole piece": first and past-last bar from 0.
QString barsText(const std::optional<std::pair<int, int>>& bars);
} // namespace chainsong
