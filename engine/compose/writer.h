#pragma once

#include "engine/base/random.h"
#include "engine/compose/constraints.h"
#include "engine/compose/rule.h"
#include "engine/model/prior.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace chainsong {

/// What is to be written, under which rules. Immutable; many writers share it.
struct WritingPlan {
    PieceFrame frame;
    FrameMap map;
    std::vector<Event> past; // all that stands before first_bar
    int first_bar = 0; // of the frame: the region to write
    int past_last_bar = 0;
    GivenNotes given; // must be written when their place comes; right of the region they merely stand
    std::vector<RulePtr> rules;
    /// For each bar of the frame and part: the keys that a particle may choose. Empty: the part is not free
    /// there.
    std::vector<std::array<KeySet, kMaxParts>> free_keys;
    double temperature = 1;
    int most_notes_a_bar = 96; // a bound on mad models; given notes are not stopped by it
    /// False leaves the feasible mass out of the weights: plain masking, biased. For comparisons and as
    /// planted fault.
    bool keeps_weights = true;

    int num_steps = 0; // of the whole frame

    int regionBars() const { return past_last_bar - first_bar; }
    WritingTask task() const;
};

/// A place in time at which particles wait for each other: the first event at or past it.
struct Boundary {
    int bar = 0; // of the frame
    int position = 0; // 0: the bar line before that bar
};

/// Particles that write one region together, event by event: the particle system of SMC and particle Gibbs.
/// Each head's choice is drawn from the prior's row under the rules' mask, and the mass that the mask left
/// goes into the weight.
class Writer {
public:
    /// One particle at the region's start, which has read the past.
    Writer(std::shared_ptr<const WritingPlan> plan, const Prior& prior);
    Writer(const Writer& other);
    Writer(Writer&&) = default;
    Writer& operator=(const Writer&) = delete;

    /// The one particle becomes `num_particles`, with random streams of their own.
    void spread(int num_particles, std::uint64_t seed, std::uint64_t stream);
    void setRandomStreams(std::uint64_t seed, std::uint64_t stream);
    /// From here on written() and logDensity() begin anew. Needed before a copy is used on another thread.
    void forgetWritten();
    void setBoundaries(std::vector<Boundary> boundaries);
    /// The last particle follows these events; those right of them are looked at, but not written.
    void follow(std::span<const Event> reference);
    /// Events behind the last boundary that the final weights must foresee.
    void setRight(std::span<const Event> right) { m_right.assign(right.begin(), right.end()); }
    void setStop(std::stop_token stop) { m_stop = std::move(stop); }
    void setLookAheadBars(int bars) { m_look_ahead_bars = bars; }

    int numParticles() const { return static_cast<int>(m_particles.size()); }
    bool isDone() const { return m_next_boundary >= m_boundaries.size(); }
    bool advance(std::span<double> log_increments);
    void resample(std::span<const int> ancestors);
    bool scoreReference(std::span<double> log_scores);

    /// The first particle writes exactly these events; false if the rules or the prior forbid it, or a stop
    /// came.
    bool readOn(std::span<const Event> events);

    /// What a particle has written since the Writer was made or last spread, bar lines included.
    std::vector<Event> written(int particle) const;
    /// The last `num_bars` bars of it.
    std::vector<Event> lastBars(int particle, int num_bars) const;
    /// log p of these events, soft rules included.
    double logDensity(int particle) const {
        return m_particles[static_cast<std::size_t>(particle)].log_density;
    }
    int bar(int particle) const { return m_decoder->cursor(particle).bar(); }
    bool isStopped() const { return m_stop.stop_requested(); }
    /// Where and why particles last found no way on: "a note's pitch", or nothing.
    const std::string& lastTrouble() const { return m_last_trouble; }

private:
    enum class Mode { kDraw, kFollow, kScore };
    struct Particle {
        Written written;
        Event event;
        bool is_given = false; // the event being written
        bool is_alive = true;
        Mode mode = Mode::kDraw;
        int node = -1;
        int script_next = 0;
        double log_density = 0;
        double log_increment = 0;
    };
    struct Node {
        Event event;
        int parent = -1;
    };
    struct Option {
        int choice = 0;
        double factor = 1; // of the target
        double guide = 1; // of the proposal alone
    };

    Place place(int particle) const;
    const Event* nextGiven(int particle) const;
    const Event* scripted(const Particle& particle) const;
    KeySet freeKeys(int particle, int position, int part) const;
    bool hasFreeNote(int particle, int position) const;
    bool isPast(int particle, const Boundary& boundary) const;

    void collectActive(const Boundary& boundary);
    bool writeEvent();
    void writeHead(Head head);
    void listOptions(int particle, Head head);
    void listBarOptions(int particle);
    void listPositions(int particle);
    void listParts(int particle);
    void listPitches(int particle);
    void listDurations(int particle);
    int choose(int particle, Head head, std::span<const float> row);
    void finishEvent(int particle);
    bool runScript(std::span<const Event> script, std::span<double> log_scores);

    std::shared_ptr<const WritingPlan> m_plan;
    std::unique_ptr<Decoder> m_decoder;
    std::vector<Particle> m_particles;
    std::shared_ptr<std::vector<Node>> m_nodes; // a tree that only grows; particles hold its leaves
    std::vector<Rng> m_rngs; // one a slot
    std::vector<Boundary> m_boundaries;
    std::size_t m_next_boundary = 0;
    std::vector<Event> m_script, m_right;
    int m_look_ahead_bars = 1;
    std::stop_token m_stop;
    std::string m_last_trouble;

    // Room that every event uses again.
    std::vector<int> m_active, m_classes;
    std::vector<Option> m_options;
    std::array<double, 128> m_by_key{};
};

} // namespace chainsong
