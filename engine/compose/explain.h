#pragma once

#include "engine/base/result.h"
#include "engine/model/prior.h"
#include "engine/music/score.h"

#include <stop_token>
#include <string>
#include <vector>

namespace chainsong {

/// Why a note stands where it stands, as far as the prior is concerned.
struct NoteExplanation {
    double probability =
        0; // of the note as it is, given the words and everything before it; 0 if it is not known
    double pitch_probability = 0; // of its pitch alone
    struct Choice {
        int key = 60; // MIDI
        double probability = 0;
    };
    std::vector<Choice> choices; // the likeliest pitches there, falling; the note's own may be among them
    struct Influence {
        enum class Kind { kWord, kChip, kEarlierBar, kGivenBar, kPhrase };
        Kind kind = Kind::kWord;
        TextSpan word; // kWord: its place in the prompt
        std::string chip; // kChip: "style=waltz"
        int index = 0; // bars: from 0
        std::string phrase; // kPhrase: where it is from
        double share_unit = 0; // of the attention
    };
    std::vector<Influence> influences; // falling; what looks at nothing is left out
};

/// One explanation for each note of the score: [track][note].
using ScoreExplanation = std::vector<std::vector<NoteExplanation>>;

/// Reads the piece once as the prior would have written it. Fails, with a sentence, on a piece that the prior
/// cannot read (no bars, too many voices), and with kStopped if it is stopped.
Result<ScoreExplanation> explain(const Prior& prior, const Score& score, const std::string& prompt,
    const std::vector<Chip>& edited_chips, const std::vector<RememberedPhrase>& remembered,
    std::stop_token stop);

} // namespace chainsong
