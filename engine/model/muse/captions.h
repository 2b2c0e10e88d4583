#pragma once

#include "engine/base/random.h"
#include "engine/model/corpus.h"
#include "engine/model/events.h"

#include <string>
#include <vector>

namespace chainsong {

/// What a listener could have asked for to get this piece: a few of its tags, instruments, key, metre and tempo, in
/// English or Chinese, in some order, each left out now and then. Different at every call.
std::string captionOf(const CorpusPiece& piece, const PieceFrame& frame, Rng& rng);

/// The tags that say what a piece is ("waltz", "irish"), as chips, in the table's order.
std::vector<Chip> styleChipsOf(const CorpusPiece& piece);

/// The chips that describe a piece of the corpus (style, density), each left out now and then.
std::vector<Chip> chipsOf(const CorpusPiece& piece, const EventPiece& events, Rng& rng);

/// "low", "medium" or "high" by notes a quarter and part.
std::string densityWord(double notes_per_quarter_and_part);

}  // namespace chainsong
