#pragma once

#include <QString>

#include "widgets/theme/theme.h"

namespace chainsong {

/// What Fusion and the palette leave to be said: flat buttons, thin scroll bars, quiet docks.
QString styleSheet(Theme theme);

} // namespace chainsong
