#pragma once

#include <QString>

#include "engine/model/phrases/originality.h"

namespace chainsong {

/// How much of a piece stands elsewhere, voice by voice, next to what music of people shares: a few lines.
QString originalityText(const Originality& originality, const Score& score);

} // namespace chainsong
