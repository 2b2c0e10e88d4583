#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/model/events.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chainsong {

/// What a prior is asked to write: a frame, and the notes that stand already, wherever they are.
struct WritingTask {
    PieceFrame frame;
    /// Notes known beforehand, bar by bar: pins, other voices, everything right of a region. The prior may look at
    /// them (infilling); that they are really written is the constraints' business. Empty = none.
    std::vector<std::vector<Event>> given;
    double temperature = 1;  // > 0; p^(1/T), renormalised head by head
    bool notes_looks = false;  // the decoder keeps what it looked at, for looks()
};

/// Something that a prior looked at while it wrote an event, and the share of its attention.
struct Look {
    enum class What { kNothing, kWord, kChip, kPastBar, kGivenBar, kPhrase };
    What what = What::kNothing;
    int index = 0;  // of wordsOf(prompt), learntChips(chips), the frame's bars, or its remembered phrases
    double share_unit = 0;
};

/// Many half-written pieces, stepped together. One thread at a time. An event is written like this:
///   beginEvent({0, 2, 5})                 particles that go on; the others wait (at a bar line, say)
///   headLogProbs(kBar)  → choose(kBar, …)
///   headLogProbs(kPosition) → choose …    rows now only for the particles that chose a note, see writing()
///   … kPart, kPitch, kDuration, kVelocity
///   endEvent()                            each particle's state moves past its event
class Decoder {
public:
    virtual ~Decoder() = default;

    virtual int numParticles() const = 0;
    /// Lets all particles read a common past (which may end inside a bar). Only before the first beginEvent.
    virtual void readPast(std::span<const Event> events) = 0;

    virtual void beginEvent(std::span<const int> particles) = 0;
    /// The particles that the rows of headLogProbs stand for, in order.
    virtual std::span<const int> writing() const = 0;
    /// Natural log probabilities given everything chosen before, rows of numClasses(head), one row for each of
    /// writing(). Each row sums to 1 (as probabilities) over what the cursor allows; the rest is -infinity.
    /// Valid until the next call.
    virtual std::span<const float> headLogProbs(Head head) = 0;
    /// One class for each of writing().
    virtual void choose(Head head, std::span<const int> classes) = 0;
    virtual void endEvent() = 0;

    virtual const EventCursor& cursor(int particle) const = 0;
    /// What the particle looks at for the event being written; shares sum to 1. Empty for priors without attention, or if
    /// the task did not ask for it.
    virtual std::vector<Look> looks(int /*particle*/) const { return {}; }
    /// Particle i goes on from where particle ancestors[i] stands. ancestors.size() is the new number of particles.
    virtual void resample(std::span<const int> ancestors) = 0;
    /// An independent copy, to look ahead with (ancestor sampling) and throw away.
    virtual std::unique_ptr<Decoder> clone() const = 0;
};

/// A distribution over pieces, written event by event. Immutable: many threads may call begin.
class Prior {
public:
    virtual ~Prior() = default;
    /// "muse 0.1 (sha256 …)" or "rules": stored with every result.
    virtual std::string name() const = 0;
    virtual std::unique_ptr<Decoder> begin(const WritingTask& task, int num_particles) const = 0;
    /// True if notes outside the key are rare and well placed without being forbidden.
    virtual bool knowsKeys() const { return false; }
    /// Which bars of a piece like this might come again, drawn from what the prior knows of such pieces; one for each bar. Empty if
    /// it knows nothing of forms.
    virtual std::vector<BarForm> drawForm(const PieceFrame& /*frame*/, Rng& /*rng*/) const { return {}; }
};
using PriorPtr = std::shared_ptr<const Prior>;

/// The prior that needs no weights: beats, scale steps and small intervals by rule. "Composing with rules only."
PriorPtr makeRulePrior();

}  // namespace chainsong
