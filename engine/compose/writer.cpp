#include "engine/compose/writer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The beginning of `events` up to and with its n-th bar line.
std::span<const Event> firstBars(std::span<const Event> events, int num_bars) {
    std::size_t count = 0;
    while (count < events.size() && num_bars > 0) num_bars -= events[count++].is_bar_line;
    return events.first(count);
}

} // namespace

WritingTask WritingPlan::task() const {
    WritingTask task{frame, given.by_bar, temperature};
    for (int b = 0; b < first_bar; ++b) task.given[at(b)].clear(); // those are read, not given
    return task;
}

Writer::Writer(std::shared_ptr<const WritingPlan> plan, const Prior& prior)
    : m_plan(std::move(plan))
    , m_decoder(prior.begin(m_plan->task(), 1))
    , m_particles(1)
    , m_nodes(std::make_shared<std::vector<Node>>()) {
    EventCursor cursor(m_plan->frame);
    for (const Event& event : m_plan->past) {
        if (event.is_bar_line)
            m_particles[0].written.startBar();
        else
            m_particles[0].written.add(event, true, cursor, m_plan->frame);
        cursor.advance(event, m_plan->frame);
    }
    m_particles[0].written.startBar();
    if (!m_plan->past.empty()) m_decoder->readPast(m_plan->past);
}

Writer::Writer(const Writer& other)
    : m_plan(other.m_plan)
    , m_decoder(other.m_decoder->clone())
    , m_particles(other.m_particles)
    , m_nodes(other.m_nodes)
    , m_rngs(other.m_rngs)
    , m_boundaries(other.m_boundaries)
    , m_next_boundary(other.m_next_boundary)
    , m_script(other.m_script)
    , m_right(other.m_right)
    , m_look_ahead_bars(other.m_look_ahead_bars)
    , m_stop(other.m_stop)
    , m_last_trouble(other.m_last_trouble) { }

void Writer::spread(int num_particles, std::uint64_t seed, std::uint64_t stream) {
    assert(m_particles.size() == 1);
    forgetWritten();
    m_decoder->resample(std::vector<int>(at(num_particles), 0));
    m_particles.assign(at(num_particles), Particle(m_particles[0]));
    setRandomStreams(seed, stream);
}

void Writer::forgetWritten() {
    m_nodes = std::make_shared<std::vector<Node>>();
    for (Particle& particle : m_particles) {
        particle.node = -1;
        particle.log_density = 0;
        particle.mode = Mode::kDraw;
    }
}

void Writer::setRandomStreams(std::uint64_t seed, std::uint64_t stream) {
    m_rngs.clear();
    for (std::size_t i = 0; i < m_particles.size(); ++i) m_rngs.push_back(rngFor(seed, stream, i));
}

void Writer::setBoundaries(std::vector<Boundary> boundaries) {
    m_boundaries = std::move(boundaries);
    m_next_boundary = 0;
}

void Writer::follow(std::span<const Event> reference) {
    m_script.assign(reference.begin(), reference.end());
    m_particles.back().mode = Mode::kFollow;
    m_particles.back().script_next = 0;
}

Place Writer::place(int particle) const {
    return {m_plan->frame, m_decoder->cursor(particle), m_particles[at(particle)].written, m_plan->given};
}

const Event* Writer::nextGiven(int particle) const {
    const int bar = m_decoder->cursor(particle).bar();
    if (bar < m_plan->first_bar || bar >= m_plan->past_last_bar) return nullptr;
    const auto& notes = m_plan->given.by_bar[at(bar)];
    const std::size_t next = at(m_particles[at(particle)].written.next_given);
    return next < notes.size() ? &notes[next] : nullptr;
}

const Event* Writer::scripted(const Particle& particle) const {
    return particle.mode == Mode::kDraw ? nullptr : &m_script[at(particle.script_next)];
}

bool Writer::isPast(int particle, const Boundary& boundary) const {
    const EventCursor& cursor = m_decoder->cursor(particle);
    if (cursor.bar() != boundary.bar) return cursor.bar() > boundary.bar;
    return boundary.position == 0 || (!cursor.isBarStart() && cursor.position() >= boundary.position);
}

void Writer::collectActive(const Boundary& boundary) {
    m_active.clear();
    for (int i = 0; i < numParticles(); ++i)
        if (m_particles[at(i)].is_alive && !isPast(i, boundary)) m_active.push_back(i);
}

bool Writer::advance(std::span<double> log_increments) {
    for (Particle& particle : m_particles) particle.log_increment = 0;
    const Boundary& boundary = m_boundaries[m_next_boundary++];
    for (collectActive(boundary); !m_active.empty(); collectActive(boundary))
        if (!writeEvent()) return false;
    for (std::size_t i = 0; i < m_particles.size(); ++i)
        log_increments[i] = m_particles[i].is_alive ? m_particles[i].log_increment : kMinusInfinity;
    if (!isDone() || m_right.empty()) return true;

    std::vector<double> right_scores(m_particles.size());
    Writer scorer(*this);
    if (!scorer.runScript(firstBars(m_right, m_look_ahead_bars), right_scores)) return false;
    for (std::size_t i = 0; i < m_particles.size(); ++i) log_increments[i] += right_scores[i];
    return true;
}

void Writer::resample(std::span<const int> ancestors) {
    std::vector<Particle> next;
    next.reserve(ancestors.size());
    for (const int a : ancestors) next.push_back(m_particles[at(a)]);
    if (m_particles.back().mode == Mode::kFollow) { // its past may change; what it will write does not
        for (Particle& particle : next) particle.mode = Mode::kDraw;
        next.back().mode = Mode::kFollow;
        next.back().script_next = m_particles.back().script_next;
    }
    m_particles = std::move(next);
    m_decoder->resample(ancestors);
}

bool Writer::scoreReference(std::span<double> log_scores) {
    const auto rest = std::span(m_script).subspan(at(m_particles.back().script_next));
    std::vector<Event> future(rest.begin(), rest.end());
    future.insert(future.end(), m_right.begin(), m_right.end());
    Writer scorer(*this);
    for (int i = 0; i < numParticles(); ++i) // one that has left the reference's bar can no longer go its way
        if (bar(i) != bar(numParticles() - 1)) scorer.m_particles[at(i)].is_alive = false;
    return scorer.runScript(firstBars(future, m_look_ahead_bars), log_scores);
}

bool Writer::runScript(std::span<const Event> script, std::span<double> log_scores) {
    m_script.assign(script.begin(), script.end());
    for (Particle& particle : m_particles) {
        particle.mode = Mode::kScore;
        particle.script_next = 0;
        particle.log_increment = 0;
    }
    while (true) {
        m_active.clear();
        for (int i = 0; i < numParticles(); ++i) {
            const Particle& particle = m_particles[at(i)];
            if (particle.is_alive && at(particle.script_next) < m_script.size()) m_active.push_back(i);
        }
        if (m_active.empty()) break;
        if (!writeEvent()) return false;
    }
    for (std::size_t i = 0; i < m_particles.size(); ++i)
        log_scores[i] = m_particles[i].is_alive ? m_particles[i].log_increment : kMinusInfinity;
    return true;
}

bool Writer::readOn(std::span<const Event> events) {
    double log_score = 0;
    return runScript(events, {&log_score, 1}) && m_particles[0].is_alive;
}

bool Writer::writeEvent() {
    if (m_stop.stop_requested()) return false;
    m_decoder->beginEvent(m_active);
    for (const int i : m_active) {
        m_particles[at(i)].event = {};
        m_particles[at(i)].is_given = false;
    }
    for (const Head head :
        {Head::kBar, Head::kPosition, Head::kPart, Head::kPitch, Head::kDuration, Head::kVelocity}) {
        if (m_decoder->writing().empty()) break;
        writeHead(head);
    }
    for (const int i : m_active) finishEvent(i);
    m_decoder->endEvent();
    return true;
}

void Writer::writeHead(Head head) {
    const std::span<const float> rows = m_decoder->headLogProbs(head);
    const std::size_t num_classes = at(numClasses(head));
    const std::span<const int> writing = m_decoder->writing();
    m_classes.resize(writing.size());
    for (std::size_t r = 0; r < writing.size(); ++r) {
        listOptions(writing[r], head);
        m_classes[r] = choose(writing[r], head, rows.subspan(r * num_classes, num_classes));
    }
    m_decoder->choose(head, m_classes);
}

void Writer::finishEvent(int particle) {
    Particle& p = m_particles[at(particle)];
    if (p.event.is_bar_line)
        p.written.startBar();
    else
        p.written.add(p.event, p.is_given, m_decoder->cursor(particle), m_plan->frame);
    if (p.mode != Mode::kDraw) ++p.script_next;
    if (p.mode == Mode::kScore && numParticles() > 1) return; // a look-ahead that is thrown away
    m_nodes->push_back({p.event, p.node});
    p.node = static_cast<int>(m_nodes->size()) - 1;
}

std::vector<Event> Writer::written(int particle) const {
    return lastBars(particle, std::numeric_limits<int>::max());
}

std::vector<Event> Writer::lastBars(int particle, int num_bars) const {
    std::vector<Event> events;
    for (int node = m_particles[at(particle)].node; node >= 0; node = (*m_nodes)[at(node)].parent) {
        const Event& event = (*m_nodes)[at(node)].event;
        if (event.is_bar_line && num_bars-- == 0) break;
        events.push_back(event);
    }
    std::reverse(events.begin(), events.end());
    return events;
}

} // namespace chainsong
