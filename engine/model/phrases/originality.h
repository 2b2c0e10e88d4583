#pragma once

#include "engine/model/phrases/known_runs.h"
#include "engine/model/phrases/phrase_library.h"

#include <optional>
#include <vector>

namespace chainsong {

/// Where the longest run of a voice stands in a library.
struct RunPlace {
    PhraseSource source;
    int track = 0; // of that piece
};

/// One voice of a piece against what is known.
struct VoiceOriginality {
    int track = 0; // of the score
    SharedRuns training; // with the training corpus; nothing if its runs are not known
    SharedRuns library; // with a phrase library
    std::optional<RunPlace> place; // in the library
};

/// How close a piece comes to music that exists, voice by voice. Either of the two may be absent.
struct Originality {
    bool has_training = false, has_library = false;
    std::vector<VoiceOriginality> voices;
    std::vector<HumanRuns> human; // what held-out music of people shares with the training corpus
};
Originality originalityOf(const Score& score, const KnownRuns* training, const PhraseLibrary* library);

/// The longest run that a voice shares with any voice of a library, exactly; and where.
SharedRuns sharedRuns(
    const Voice& voice, const PhraseLibrary& library, std::optional<RunPlace>* place = nullptr);

} // namespace chainsong
