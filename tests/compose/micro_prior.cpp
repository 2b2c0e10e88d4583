#include "tests/compose/micro_prior.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace chainsong::micro {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

class MicroDecoder final : public Decoder {
public:
    MicroDecoder(const PieceFrame& frame, int num_particles)
        : m_frame(frame)
        , m_states(at(num_particles), State(frame)) { }
    int numParticles() const override { return static_cast<int>(m_states.size()); }
    void readPast(std::span<const Event> events) override {
        for (State& state : m_states)
            for (const Event& event : events) state.move(event, m_frame);
    }
    void beginEvent(std::span<const int> particles) override {
        m_active.assign(particles.begin(), particles.end());
        m_writing = m_active;
        for (const int i : m_active) m_states[at(i)].event = {};
    }
    std::span<const int> writing() const override { return m_writing; }
    std::span<const float> headLogProbs(Head head) override {
        const std::size_t classes = at(numClasses(head));
        m_rows.assign(m_writing.size() * classes, -std::numeric_limits<float>::infinity());
        for (std::size_t r = 0; r < m_writing.size(); ++r)
            m_states[at(m_writing[r])].fill(head, std::span(m_rows).subspan(r * classes, classes));
        return m_rows;
    }
    void choose(Head head, std::span<const int> classes) override {
        for (std::size_t r = 0; r < m_writing.size(); ++r) {
            Event& event = m_states[at(m_writing[r])].event;
            switch (head) {
            case Head::kBar: event.is_bar_line = classes[r] == kBarHeadBarLine; break;
            case Head::kPosition: event.position = classes[r]; break;
            case Head::kPart: event.part = classes[r]; break;
            case Head::kPitch: event.pitch = classes[r]; break;
            case Head::kDuration: event.duration = classes[r]; break;
            case Head::kVelocity: event.velocity = classes[r]; break;
            }
        }
        if (head == Head::kBar)
            std::erase_if(m_writing, [&](int i) { return m_states[at(i)].event.is_bar_line; });
    }
    void endEvent() override {
        for (const int i : m_active) m_states[at(i)].move(Event(m_states[at(i)].event), m_frame);
    }
    const EventCursor& cursor(int particle) const override { return m_states[at(particle)].cursor; }
    void resample(std::span<const int> ancestors) override {
        std::vector<State> next;
        for (const int a : ancestors) next.push_back(m_states[at(a)]);
        m_states = std::move(next);
    }
    std::unique_ptr<Decoder> clone() const override { return std::make_unique<MicroDecoder>(*this); }

private:
    struct State {
        EventCursor cursor;
        Event event;
        int num_notes = 0;
        int last_key = 0;

        explicit State(const PieceFrame& frame)
            : cursor(frame) { }
        int firstPlace() const { return cursor.isBarStart() ? 0 : cursor.position() == kPlaces[0] ? 1 : 2; }
        void move(const Event& moved, const PieceFrame& frame) {
            if (!moved.is_bar_line) {
                ++num_notes;
                const int midi = midiKeyOf(moved.pitch, frame.bars[0].key);
                for (int k = 0; k < kNumKeys; ++k)
                    if (kKeys[k] == midi) last_key = k;
            }
            cursor.advance(moved, frame);
        }
        void fill(Head head, std::span<float> row) const {
            const auto put = [&](int choice, double p) { row[at(choice)] = static_cast<float>(std::log(p)); };
            double left = 1;
            double at_place[2] = {0, 0};
            for (int place = firstPlace(); place < 2; ++place) {
                at_place[place] = left * noteProbability(place, num_notes, last_key);
                left -= at_place[place];
            }
            switch (head) {
            case Head::kBar:
                put(kBarHeadBarLine, left);
                put(kBarHeadNote, 1 - left);
                break;
            case Head::kPosition:
                for (int place = 0; place < 2; ++place) put(kPlaces[place], at_place[place] / (1 - left));
                break;
            case Head::kPart: put(0, 1); break;
            case Head::kPitch:
                for (int k = 0; k < kNumKeys; ++k)
                    put(pitchClassOf(kKeys[k], false, Key{}), keyProbability(k, last_key, num_notes));
                break;
            case Head::kDuration: put(kSteps - 1, 1); break;
            case Head::kVelocity: put(kVelocity, 1); break;
            }
        }
    };

    PieceFrame m_frame;
    std::vector<State> m_states;
    std::vector<int> m_active, m_writing;
    std::vector<float> m_rows;
};

class MicroPrior final : public Prior {
public:
    std::string name() const override { return "micro"; }
    std::unique_ptr<Decoder> begin(const WritingTask& task, int num_particles) const override {
        return std::make_unique<MicroDecoder>(task.frame, num_particles);
    }
};

void extend(
    std::map<MicroPiece, double>& all, const MicroPiece& piece, int bar, int place, int num_bars, double p) {
    if (bar == num_bars) {
        all[piece] += p;
        return;
    }
    const int next_bar = place == 1 ? bar + 1 : bar;
    const int num_notes = static_cast<int>(piece.size());
    const int last_key = piece.empty() ? 0 : piece.back().key;
    const double played = noteProbability(place, num_notes, last_key);
    extend(all, piece, next_bar, 1 - place, num_bars, p * (1 - played));
    for (int k = 0; k < kNumKeys; ++k) {
        MicroPiece longer = piece;
        longer.push_back({bar, place, k});
        extend(
            all, longer, next_bar, 1 - place, num_bars, p * played * keyProbability(k, last_key, num_notes));
    }
}

} // namespace

double noteProbability(int place, int num_notes, int last_key) {
    return place == 0 ? 0.75 - 0.1 * last_key : 0.35 + 0.15 * (num_notes % 3);
}

double keyProbability(int key, int last_key, int num_notes) {
    constexpr double kTable[kNumKeys][kNumKeys] = {{0.5, 0.4, 0.1}, {0.15, 0.25, 0.6}, {0.1, 0.7, 0.2}};
    const double pull = num_notes % 2 == 0 ? 0.15 : 0; // longer memory than one note
    return (1 - pull) * kTable[last_key][key] + (key == 2 ? pull : 0);
}

std::map<MicroPiece, double> allPieces(int num_bars) {
    std::map<MicroPiece, double> all;
    extend(all, {}, 0, 0, num_bars, 1);
    return all;
}

PieceFrame microFrame(int num_bars) {
    PieceFrame frame;
    frame.bars.assign(at(num_bars), BarFrame{Metre{2, 8}, Key{}});
    frame.parts = {Part{40, false}};
    return frame;
}

PriorPtr makeMicroPrior() { return std::make_shared<MicroPrior>(); }

MicroPiece pieceOf(const std::vector<Event>& events, int first_bar) {
    MicroPiece piece;
    int bar = first_bar;
    for (const Event& event : events) {
        if (event.is_bar_line) {
            ++bar;
            continue;
        }
        const int midi = midiKeyOf(event.pitch, Key{});
        for (int k = 0; k < kNumKeys; ++k)
            if (kKeys[k] == midi) piece.push_back({bar, event.position == kPlaces[0] ? 0 : 1, k});
    }
    return piece;
}

std::vector<Event> eventsOf(const MicroPiece& piece, int num_bars) {
    std::vector<Event> events;
    for (int bar = 0; bar < num_bars; ++bar) {
        for (const MicroNote& note : piece)
            if (note.bar == bar)
                events.push_back({false, kPlaces[note.place], 0, pitchClassOf(kKeys[note.key], false, Key{}),
                    kSteps - 1, kVelocity});
        events.push_back(kBarLine);
    }
    return events;
}

} // namespace chainsong::micro
