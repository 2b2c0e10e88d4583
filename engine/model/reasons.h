#pragma once

#include "engine/model/prior.h"

#include <stop_token>
#include <vector>

namespace chainsong {

/// Why a note: what the prior thought of it, and where it looked.
struct NoteReason {
    double log_prob = 0; // nats; all heads of the note together, given all before it
    double pitch_prob = 0; // of its pitch alone, given its place, part and all before it
    struct Choice {
        int pitch = 0; // class of kPitch
        double prob = 0;
    };
    std::vector<Choice> pitches; // the likeliest, falling; at most four, the note's own may be among them
    std::vector<Look> looks; // falling by share; at most five; empty for a prior that looks at nothing
};

/// One reason for each note of `events` (bar lines left out), in their order: reads the piece once with one
/// particle. Stopped early, it returns those that it has.
std::vector<NoteReason> reasonsOf(
    const Prior& prior, WritingTask task, const std::vector<Event>& events, std::stop_token stop);

} // namespace chainsong
