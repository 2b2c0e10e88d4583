#pragma once

#include "engine/model/prompt/tokens.h"
#include "engine/music/key.h"

#include <optional>

namespace chainsong {

/// A key that a prompt names, and the tokens that name it.
struct NamedKey {
    Key key;
    std::size_t num_tokens = 0;
    double confidence = 1;
};
/// The key whose name begins at `first`: "D minor", "B-flat major", "F#m", "d-Moll", "Es-Dur", "升F小调",
/// "bB大调", "A dorian"; a bare "G" only after "in" or "key of". "a minor key" names none.
std::optional<NamedKey> namedKeyAt(const std::vector<Token>& tokens, std::size_t first);

} // namespace chainsong
