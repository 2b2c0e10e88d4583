#pragma once

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/prior.h"
#include "engine/model/prompt/chip.h"
#include "engine/music/score.h"
#include "engine/music/statistics.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsong {

/// Where a constraint holds. Empty lists and absent bounds mean everywhere.
struct Scope {
    std::vector<int> tracks; // from 0
    std::optional<int> first_bar; // from 0
    std::optional<int> past_last_bar;
    bool operator==(const Scope&) const = default;
};

/// A wish as a value: it can be saved, shown as a chip, switched off, and named when it fails.
struct Constraint {
    std::string name; // "key", "range", "pinned", … as in the table of constraints.h
    std::string value; // its parameter in words: "D minor", "C3-C5"
    Scope scope;
    bool is_hard = true;
    double weight = 1; // soft ones only
    bool is_on = true;
    bool operator==(const Constraint&) const = default;
};
/// "range:C3-C5", "range@tracks=1;bars=2-4:C3-C5", "key:D minor", "density~0.5:medium" (~weight makes it
/// soft). Tracks and bars count from 1 in the text. The error says what is wrong and which names there are.
Result<Constraint> parseConstraint(std::string_view spec);
std::string specOf(const Constraint& constraint);

struct ComposeRequest {
    std::string prompt;
    std::vector<Chip> edited_chips; // win over the prompt
    std::optional<Score> prime; // MIDI wins for the notes: it is kept, and continued up to `bars`
    std::vector<Constraint> constraints;
    std::vector<RememberedPhrase> remembered; // phrases to be reminded of: see remember.h
    double temperature = 1;
    int num_particles = 32;
    int num_pieces = 1;
    int num_sweeps = 0; // particle-Gibbs sweeps of each chain after the first draw: the live traces
    std::uint64_t seed = 1;
    int num_threads = 1;
};

struct ResampleRequest {
    Score score;
    int first_bar = 0; // from 0
    int past_last_bar = 1;
    std::vector<int> tracks; // empty = all
    std::optional<std::pair<int, int>> keys; // only notes between these MIDI keys (both included) are free
    std::string prompt;
    std::vector<Chip> edited_chips;
    std::vector<Constraint> constraints;
    std::vector<RememberedPhrase> remembered;
    double temperature = 1;
    int num_particles = 16;
    int num_sweeps = 4;
    int num_pieces = 4; // cards
    std::uint64_t seed = 1;
    int num_threads = 1;
};

struct ConstraintReport {
    std::string name;
    bool is_hard = true;
    bool is_satisfied = true;
    std::string detail; // "bar 3: G#4 is outside D minor"
};

/// One note that could stand in the piece, and the share of draws in which it does.
struct Ghost {
    int track = 0;
    Note note;
    double share_unit = 0;
};

/// What the draws say of a score's notes.
struct Posterior {
    /// For track t and note i of the shown score: share of (weighted) draws that have that pitch at that
    /// onset.
    std::vector<std::vector<double>> note_share_unit;
    std::vector<Ghost> ghosts; // the likeliest other notes, at most three an onset
    std::vector<double> undecided_bits_per_beat;
    int num_draws = 0;
};

/// One finished piece.
struct Draw {
    Score score;
    double log_density = 0; // nats: the prior's, constraints included, up to the constant
    int num_changed_notes = 0; // resampling: against the original
};

/// A new point in the trace of one chain.
struct TracePoint {
    int chain = 0;
    int draw = 0;
    bool is_warm_up = false;
    PieceSummary summary;
};

struct ComposeResult {
    std::vector<Draw> draws; // the pieces asked for, the best-weighted first
    Posterior posterior; // of draws.front()
    std::vector<std::vector<PieceSummary>> traces; // one a chain, in order of draws
    std::vector<Chip>
        request_chips; // what was asked for in the end, defaults included (source kUser or kGrammar)
    std::vector<TextSpan> not_understood;
    std::vector<std::string> notices;
    std::vector<RememberedPhrase> remembered; // that the prior could look at
    double log_evidence = 0;
    std::vector<double> ess_per_bar_line;
    std::vector<ConstraintReport> constraints;
    double seconds = 0;
    std::uint64_t seed = 0;
    std::string model; // Prior::name()
};

/// All are called on the composing thread, and may be empty.
struct ComposeCallbacks {
    OnProgress on_progress;
    std::function<void(const TracePoint&)> on_trace;
    std::function<void(const Draw&, int index)> on_draw; // a card is ready
};

/// Composes a piece from nothing but the request. Stops within 50 ms of a stop request, with the Error
/// `kStopped`. Same request, same prior: same result, on any number of threads.
Result<ComposeResult> compose(const Prior& prior, const ComposeRequest& request,
    const ComposeCallbacks& callbacks, std::stop_token stop);
/// Draws other notes for a region of a piece; everything outside it and every pinned note stays.
Result<ComposeResult> resample(const Prior& prior, const ResampleRequest& request,
    const ComposeCallbacks& callbacks, std::stop_token stop);

/// `what` of the Error that a stopped job returns; callers stay silent about it.
inline constexpr std::string_view kStopped = "stopped";

} // namespace chainsong
