#include "engine/model/muse/decoder.h"

#include "engine/model/form.h"

#include "engine/model/muse/muse_network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <iterator>

// Letters of shapes: R rows (particles that write now), S slots; D, K, F, A, E as in shape.h.

namespace chainsong {
namespace {

constexpr int kMostPastBars = 24;  // older bars are out of sight
constexpr int kMostBarsAhead = 12;

using SlotPtr = std::shared_ptr<const Slot>;

/// Everything of one particle that its next event depends on.
struct ParticleState {
    FeatureState features;
    std::vector<float> memory;  // (blocks, K): the recurrences
    std::vector<SlotPtr> past_bars;  // bar by bar; shared between particles with the same past
    std::vector<float> bar_sum;  // (E) of the bar being written
    int bar_notes = 0;
    std::vector<Look> looks;  // of the event being written, if they are asked for
};

/// What all particles of a run share and nobody changes.
struct Surroundings {
    std::shared_ptr<const MuseNetwork> network;
    PieceFrame frame;
    double temperature = 1;
    bool notes_looks = false;
    std::vector<MuseNetwork::StillSlot> still;
    std::vector<SlotPtr> given_bars;  // nullptr where nothing is given
};

Look::What whatIs(SlotKind kind)
{
    switch (kind) {
    case SlotKind::kWord: return Look::What::kWord;
    case SlotKind::kChip: return Look::What::kChip;
    case SlotKind::kPastBar: return Look::What::kPastBar;
    case SlotKind::kGivenBar: return Look::What::kGivenBar;
    case SlotKind::kPhrase: return Look::What::kPhrase;
    default: return Look::What::kNothing;
    }
}

class MuseDecoder final : public Decoder {
public:
    MuseDecoder(std::shared_ptr<const Surroundings> around, int num_particles)
        : m_around(std::move(around))
    {
        const ParticleState first { FeatureState(m_around->frame), std::vector<float>(static_cast<std::size_t>(kMuseShape.num_blocks * kMuseShape.recurrent)),
            {}, std::vector<float>(static_cast<std::size_t>(kMuseShape.slot)), 0, {} };
        m_particles.assign(static_cast<std::size_t>(num_particles), first);
    }

    int numParticles() const override { return static_cast<int>(m_particles.size()); }
    std::span<const int> writing() const override { return m_writing; }
    const EventCursor& cursor(int particle) const override { return m_particles[static_cast<std::size_t>(particle)].features.cursor(); }
    std::vector<Look> looks(int particle) const override { return m_particles[static_cast<std::size_t>(particle)].looks; }
    std::unique_ptr<Decoder> clone() const override { return std::make_unique<MuseDecoder>(*this); }

    void readPast(std::span<const Event> events) override
    {
        const int only_first = 0;
        for (const Event& event : events) {
            runTrunk(std::span(&only_first, 1));
            moveOn(m_particles.front(), event);
        }
        m_particles.assign(m_particles.size(), ParticleState(m_particles.front()));
    }

    void beginEvent(std::span<const int> particles) override
    {
        m_started.assign(particles.begin(), particles.end());
        m_writing = m_started;
        m_row.resize(particles.size());
        for (std::size_t i = 0; i < m_row.size(); ++i) m_row[i] = static_cast<int>(i);
        m_events.assign(particles.size(), Event {});
        runTrunk(particles);
        const MuseNetwork& net = *m_around->network;
        m_hidden.resize(m_started.size() * static_cast<std::size_t>(kHeadHiddenTotal));
        std::vector<float> normed(m_stream.size());
        const auto D = static_cast<std::size_t>(kMuseShape.width);
        for (std::size_t r = 0; r < m_started.size(); ++r)
            normaliseRow(&m_stream[r * D], net.top_norm.gain, net.top_norm.offset, &normed[r * D]);
        net.heads_in.apply(normed.data(), static_cast<int>(m_started.size()), m_hidden.data());
        addPlace();
    }

    std::span<const float> headLogProbs(Head head) override
    {
        const auto h = static_cast<std::size_t>(head);
        const MuseNetwork& net = *m_around->network;
        const std::size_t rows = m_writing.size(), units = static_cast<std::size_t>(kHeadHidden[h]), classes = static_cast<std::size_t>(numClasses(head));
        std::size_t from = 0;
        for (std::size_t before = 0; before < h; ++before) from += static_cast<std::size_t>(kHeadHidden[before]);

        m_units.resize(rows * units);
        m_logits.resize(rows * classes);
        m_log_probs.resize(rows * classes);
        for (std::size_t r = 0; r < rows; ++r) {
            float* x = &m_units[r * units];
            std::memcpy(x, &m_hidden[static_cast<std::size_t>(m_row[r]) * static_cast<std::size_t>(kHeadHiddenTotal) + from], units * sizeof(float));
            if (h >= 2) addKnown(head, r, x);
        }
        applySilu(m_units.data(), m_units.size());
        net.heads_out[h].apply(m_units.data(), static_cast<int>(rows), m_logits.data());
        for (std::size_t r = 0; r < rows; ++r) {
            const ClassInterval allowed = allowedClasses(head, r);
            logSoftmaxWithin(&m_logits[r * classes], static_cast<int>(classes), allowed.lowest, allowed.highest, m_around->temperature, &m_log_probs[r * classes]);
        }
        return m_log_probs;
    }

    void choose(Head head, std::span<const int> classes) override
    {
        assert(classes.size() == m_writing.size());
        std::size_t kept = 0;
        for (std::size_t r = 0; r < classes.size(); ++r) {
            Event& event = m_events[static_cast<std::size_t>(m_row[r])];
            switch (head) {
            case Head::kBar: event.is_bar_line = classes[r] == kBarHeadBarLine; break;
            case Head::kPosition: event.position = classes[r]; break;
            case Head::kPart: event.part = classes[r]; break;
            case Head::kPitch: event.pitch = classes[r]; break;
            case Head::kDuration: event.duration = classes[r]; break;
            case Head::kVelocity: event.velocity = classes[r]; break;
            }
            if (event.is_bar_line) continue;
            m_writing[kept] = m_writing[r];
            m_row[kept++] = m_row[r];
        }
        m_writing.resize(kept);
        m_row.resize(kept);
    }

    void endEvent() override
    {
        for (std::size_t i = 0; i < m_started.size(); ++i) moveOn(m_particles[static_cast<std::size_t>(m_started[i])], m_events[i]);
        m_writing.clear();
        m_row.clear();
        m_started.clear();
    }

    void resample(std::span<const int> ancestors) override
    {
        std::vector<ParticleState> next;
        next.reserve(ancestors.size());
        for (const int ancestor : ancestors) next.push_back(m_particles[static_cast<std::size_t>(ancestor)]);
        m_particles = std::move(next);
    }

private:
    const FeatureState& featuresOfRow(std::size_t r) const { return m_particles[static_cast<std::size_t>(m_writing[r])].features; }
    const Event& eventOfRow(std::size_t r) const { return m_events[static_cast<std::size_t>(m_row[r])]; }

    ClassInterval allowedClasses(Head head, std::size_t r) const
    {
        const FeatureState& features = featuresOfRow(r);
        const Event& event = eventOfRow(r);
        if (head == Head::kBar) return features.barHeadClasses();
        if (head == Head::kPosition) return features.positions();
        if (head == Head::kPart) return features.partsAt(m_around->frame, event.position);
        if (head == Head::kPitch) return features.pitchesOf(m_around->frame, event.position, event.part);
        return { 0, numClasses(head) - 1 };
    }

    /// What the part, pitch, duration and velocity heads know of the event so far.
    void addKnown(Head head, std::size_t r, float* x) const
    {
        std::array<std::int32_t, kMostIds> ids {};
        const auto group = static_cast<FeatureGroup>(head);
        const std::span<std::int32_t> used(ids.data(), static_cast<std::size_t>(numIds(group)));
        const FeatureState& features = featuresOfRow(r);
        const PieceFrame& frame = m_around->frame;
        if (head == Head::kPart) features.partIds(frame, eventOfRow(r), used);
        if (head == Head::kPitch) features.pitchIds(frame, eventOfRow(r), used);
        if (head == Head::kDuration) features.durationIds(frame, eventOfRow(r), used);
        if (head == Head::kVelocity) features.velocityIds(frame, eventOfRow(r), used);
        addRows(m_around->network->tables[static_cast<std::size_t>(group)], kHeadHidden[static_cast<std::size_t>(head)], used, x);
    }

    /// What the bar and position heads know of the place.
    void addPlace()
    {
        std::array<std::int32_t, kMostIds> ids {};
        const std::span<std::int32_t> used(ids.data(), static_cast<std::size_t>(numIds(FeatureGroup::kPlace)));
        for (std::size_t r = 0; r < m_started.size(); ++r) {
            featuresOfRow(r).placeIds(m_around->frame, used);
            addRows(m_around->network->tables[static_cast<std::size_t>(FeatureGroup::kPlace)], kHeadHidden[0] + kHeadHidden[1], used,
                &m_hidden[r * static_cast<std::size_t>(kHeadHiddenTotal)]);
        }
    }

    /// The stream of each named particle's next step, into m_stream (R, D); moves the recurrences.
    void runTrunk(std::span<const int> particles)
    {
        const auto D = static_cast<std::size_t>(kMuseShape.width);
        m_stream.assign(particles.size() * D, 0.0f);
        std::array<std::int32_t, kMostIds> ids {};
        const std::span<std::int32_t> used(ids.data(), static_cast<std::size_t>(numIds(FeatureGroup::kInput)));
        for (std::size_t r = 0; r < particles.size(); ++r) {
            m_particles[static_cast<std::size_t>(particles[r])].features.inputIds(m_around->frame, used);
            addRows(m_around->network->tables[static_cast<std::size_t>(FeatureGroup::kInput)], kMuseShape.width, used, &m_stream[r * D]);
        }
        for (int b = 0; b < kMuseShape.num_blocks; ++b) {
            runBlock(b, particles);
            if (b + 1 == kMuseShape.attend_after) attend(particles);
        }
    }

    void runBlock(int b, std::span<const int> particles)
    {
        const MuseBlock& block = m_around->network->blocks[static_cast<std::size_t>(b)];
        const std::size_t R = particles.size(), D = static_cast<std::size_t>(kMuseShape.width), K = static_cast<std::size_t>(kMuseShape.recurrent),
                          F = static_cast<std::size_t>(kMuseShape.feed);
        const int rows = static_cast<int>(R);
        m_a.resize(R * D);
        m_b.resize(R * std::max(3 * K, 2 * F));
        m_c.resize(R * std::max(K, F));
        for (std::size_t r = 0; r < R; ++r) normaliseRow(&m_stream[r * D], block.norm.gain, block.norm.offset, &m_a[r * D]);
        block.gates.apply(m_a.data(), rows, m_b.data());
        for (std::size_t r = 0; r < R; ++r) {
            float* forget = &m_b[r * 3 * K];
            const float* input = forget + K;
            float* gate = forget + 2 * K;
            float* memory = &m_particles[static_cast<std::size_t>(particles[r])].memory[static_cast<std::size_t>(b) * K];
            applySigmoid(forget, K);
            applySilu(gate, K);
            for (std::size_t k = 0; k < K; ++k) {
                memory[k] = forget[k] * memory[k] + (1 - forget[k]) * input[k];
                m_c[r * K + k] = memory[k] * gate[k];
            }
        }
        block.out.apply(m_c.data(), rows, m_a.data());
        for (std::size_t i = 0; i < R * D; ++i) m_stream[i] += m_a[i];

        for (std::size_t r = 0; r < R; ++r) normaliseRow(&m_stream[r * D], block.feed_norm.gain, block.feed_norm.offset, &m_a[r * D]);
        block.feed_in.apply(m_a.data(), rows, m_b.data());
        for (std::size_t r = 0; r < R; ++r) {
            float* gate = &m_b[r * 2 * F];
            applySilu(gate, F);
            for (std::size_t f = 0; f < F; ++f) m_c[r * F + f] = gate[f] * gate[F + f];
        }
        block.feed_out.apply(m_c.data(), rows, m_a.data());
        for (std::size_t i = 0; i < R * D; ++i) m_stream[i] += m_a[i];
    }

    /// Additive attention of each row over the slots that it may see.
    void attend(std::span<const int> particles)
    {
        const MuseNetwork& net = *m_around->network;
        const auto D = static_cast<std::size_t>(kMuseShape.width), A = static_cast<std::size_t>(kMuseShape.attention);
        m_a.resize(D);
        std::vector<float> query(A);
        for (std::size_t r = 0; r < particles.size(); ++r) {
            ParticleState& particle = m_particles[static_cast<std::size_t>(particles[r])];
            float* stream = &m_stream[r * D];
            normaliseRow(stream, net.attend_norm.gain, net.attend_norm.offset, m_a.data());
            net.query.apply(m_a.data(), 1, query.data());
            m_seen.clear();
            m_scores.clear();
            particle.looks.clear();
            const auto look = [&](const Slot& slot, SlotKind kind, int lag, int index) {
                m_seen.push_back(&slot);
                if (m_around->notes_looks) particle.looks.push_back({ whatIs(kind), index, 0 });
                m_scores.push_back(additiveScore(query.data(), slot.key.data(), net.score) + net.slot_bias[static_cast<std::size_t>(biasRow(kind, lag))]);
            };
            const int bar = particle.features.cursor().bar(), num_bars = static_cast<int>(m_around->given_bars.size());
            for (const auto& still : m_around->still) look(still.slot, still.kind, 0, still.index);
            const int num_past = static_cast<int>(particle.past_bars.size());
            for (int j = std::max(0, num_past - kMostPastBars); j < num_past; ++j) look(*particle.past_bars[static_cast<std::size_t>(j)], SlotKind::kPastBar, j - bar, j);
            for (int j = bar; j < std::min(num_bars, bar + kMostBarsAhead); ++j)
                if (const SlotPtr& given = m_around->given_bars[static_cast<std::size_t>(j)]) look(*given, SlotKind::kGivenBar, j - bar, j);

            const float most = *std::max_element(m_scores.begin(), m_scores.end());
            float total = 0;
            for (float& score : m_scores) total += score = std::exp(score - most);
            for (std::size_t s = 0; s < m_seen.size(); ++s) {
                const float share = m_scores[s] / total;
                if (m_around->notes_looks) particle.looks[s].share_unit = static_cast<double>(share);
                const float* value = m_seen[s]->value.data();
                for (std::size_t d = 0; d < D; ++d) stream[d] += share * value[d];
            }
        }
    }

    void moveOn(ParticleState& particle, const Event& event) const
    {
        const MuseNetwork& net = *m_around->network;
        if (event.is_bar_line) {
            particle.past_bars.push_back(std::make_shared<const Slot>(net.barSlot(particle.bar_sum, particle.bar_notes)));
            std::fill(particle.bar_sum.begin(), particle.bar_sum.end(), 0.0f);
            particle.bar_notes = 0;
        } else {
            net.addNote(m_around->frame.parts[static_cast<std::size_t>(event.part)], event, particle.bar_sum);
            ++particle.bar_notes;
        }
        particle.features.advance(event, m_around->frame);
    }

    std::shared_ptr<const Surroundings> m_around;
    std::vector<ParticleState> m_particles;
    std::vector<int> m_started, m_writing, m_row;  // particles of this event; those still writing it, and their rows
    std::vector<Event> m_events;  // one for each of m_started
    std::vector<float> m_stream, m_hidden;
    std::vector<float> m_a, m_b, m_c, m_units, m_logits, m_log_probs, m_scores;  // workspaces
    std::vector<const Slot*> m_seen;
};

class MusePrior final : public Prior {
public:
    MusePrior(MuseNetwork network, FormPlans forms, std::string name)
        : m_network(std::make_shared<const MuseNetwork>(std::move(network)))
        , m_forms(std::move(forms))
        , m_name(std::move(name))
    {
    }

    std::string name() const override { return m_name; }

    std::unique_ptr<Decoder> begin(const WritingTask& task, int num_particles) const override
    {
        auto around = std::make_shared<Surroundings>();
        around->network = m_network;
        around->frame = task.frame;
        around->temperature = std::clamp(task.temperature, 0.01, 100.0);
        around->notes_looks = task.notes_looks;
        around->still = m_network->stillSlots(task.frame);
        around->given_bars.resize(task.frame.bars.size());
        for (std::size_t j = 0; j < std::min(task.given.size(), around->given_bars.size()); ++j) {
            std::vector<Event> notes;
            std::copy_if(task.given[j].begin(), task.given[j].end(), std::back_inserter(notes), [](const Event& event) { return !event.is_bar_line; });
            if (!notes.empty()) around->given_bars[j] = std::make_shared<const Slot>(m_network->slotOfNotes(task.frame.parts, notes));
        }
        for (std::size_t i = 0; i < task.frame.remembered.size(); ++i)
            if (const RememberedPhrase& phrase = task.frame.remembered[i]; !phrase.notes.empty())
                around->still.push_back({ m_network->slotOfNotes(phrase.parts, phrase.notes), SlotKind::kPhrase, static_cast<int>(i) });
        return std::make_unique<MuseDecoder>(std::move(around), num_particles);
    }

    bool knowsKeys() const override { return true; }
    std::vector<BarForm> drawForm(const PieceFrame& frame, Rng& rng) const override
    {
        return m_forms.draw(styleRows(frame.chips), static_cast<int>(frame.bars.size()), rng);
    }

private:
    std::shared_ptr<const MuseNetwork> m_network;
    FormPlans m_forms;
    std::string m_name;
};

}  // namespace

Result<PriorPtr> makeMusePrior(const Weights& weights, std::string name)
{
    auto network = MuseNetwork::from(weights);
    if (!network) return network.error();
    const NamedArray* const forms = findArray(weights, kFormsArray);
    return PriorPtr(std::make_shared<const MusePrior>(std::move(*network), forms ? FormPlans::fromTable(forms->values) : FormPlans(), std::move(name)));
}

}  // namespace chainsong
