#include "engine/model/muse/network.h"

#include "engine/model/muse/kernels.h"
#include "engine/model/muse/shape.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

// Letters of shapes: B windows, T steps, J bars, M notes, S slots; D, K, F, A, E as in shape.h.

namespace chainsong {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

constexpr double kMinusInfinity = -1e30;  // finite, so that a row without a target makes no NaN
constexpr double kAverageDecay = 0.998;

/// On the processor the two loops below are written out; a graphics card wants few large operations instead.
enum class Way { kLoops, kLargeOperations };

/// h[t] = f[t] h[t-1] + c[t], all (B, T, K) float32: the one loop over time in the network. Gates depend on the input
/// only (minGRU, Feng et al. 2024, eq. 9), so every matrix product runs over the whole window at once.
struct LinearScan : torch::autograd::Function<LinearScan> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& forget, const Tensor& input)
    {
        const Tensor f = forget.contiguous(), c = input.contiguous();
        Tensor h = torch::empty_like(c);
        const std::int64_t B = c.size(0), T = c.size(1), K = c.size(2);
        for (std::int64_t b = 0; b < B; ++b) {
            const float* previous = nullptr;
            for (std::int64_t t = 0; t < T; ++t) {
                const std::int64_t at = (b * T + t) * K;
                const float* ft = f.data_ptr<float>() + at;
                const float* ct = c.data_ptr<float>() + at;
                float* ht = h.data_ptr<float>() + at;
                for (std::int64_t k = 0; k < K; ++k) ht[k] = (previous ? ft[k] * previous[k] : 0.0f) + ct[k];
                previous = ht;
            }
        }
        context->save_for_backward({ f, h });
        return h;
    }

    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context, torch::autograd::tensor_list grads)
    {
        const auto saved = context->get_saved_variables();
        const Tensor &f = saved[0], &h = saved[1];
        const Tensor dh = grads[0].contiguous();
        Tensor df = torch::zeros_like(f), dc = torch::empty_like(f);
        const std::int64_t B = f.size(0), T = f.size(1), K = f.size(2);
        for (std::int64_t b = 0; b < B; ++b) {
            for (std::int64_t t = T - 1; t >= 0; --t) {
                const std::int64_t at = (b * T + t) * K;
                const float* dht = dh.data_ptr<float>() + at;
                float* dct = dc.data_ptr<float>() + at;
                const float* later = t + 1 < T ? dct + K : nullptr;
                const float* f_later = f.data_ptr<float>() + at + K;
                for (std::int64_t k = 0; k < K; ++k) dct[k] = dht[k] + (later ? f_later[k] * later[k] : 0.0f);
                if (t == 0) continue;
                const float* h_before = h.data_ptr<float>() + at - K;
                float* dft = df.data_ptr<float>() + at;
                for (std::int64_t k = 0; k < K; ++k) dft[k] = dct[k] * h_before[k];
            }
        }
        return { df, dc };
    }
};

/// v·tanh(q + k) + bias for every step and slot; slots that a step may not see cost nothing and keep kMinusInfinity.
///   q (B, T, A), k (B, S, A), v (A), bias (B, T, S) → (B, T, S). The tanh values are made again on the way back: keeping
/// them would take B T S A floats.
struct AdditiveScores : torch::autograd::Function<AdditiveScores> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& query, const Tensor& key, const Tensor& weight, const Tensor& bias)
    {
        const Tensor q = query.contiguous(), k = key.contiguous(), v = weight.contiguous(), open = bias.contiguous();
        Tensor scores = open.clone();
        forEachSeen(q, k, open, [&](const float* q_t, const float* k_s, std::int64_t at, std::int64_t, std::int64_t) {
            scores.data_ptr<float>()[at] += additiveScore(q_t, k_s, { v.data_ptr<float>(), static_cast<std::size_t>(v.numel()) });
        });
        context->save_for_backward({ q, k, v, open });
        return scores;
    }

    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context, torch::autograd::tensor_list grads)
    {
        const auto saved = context->get_saved_variables();
        const Tensor &q = saved[0], &k = saved[1], &v = saved[2], &open = saved[3];
        const Tensor upstream = grads[0].contiguous();
        Tensor dq = torch::zeros_like(q), dk = torch::zeros_like(k), dv = torch::zeros_like(v);
        forEachSeen(q, k, open, [&](const float* q_t, const float* k_s, std::int64_t at, std::int64_t q_at, std::int64_t k_at) {
            additiveScoreGradient(q_t, k_s, { v.data_ptr<float>(), static_cast<std::size_t>(v.numel()) }, upstream.data_ptr<float>()[at],
                dq.data_ptr<float>() + q_at, dk.data_ptr<float>() + k_at, dv.data_ptr<float>());
        });
        return { dq, dk, dv, upstream };
    }

private:
    template <class Visit>
    static void forEachSeen(const Tensor& q, const Tensor& k, const Tensor& open, Visit visit)
    {
        const std::int64_t B = q.size(0), T = q.size(1), A = q.size(2), S = k.size(1);
        const float* bias = open.data_ptr<float>();
        for (std::int64_t b = 0; b < B; ++b)
            for (std::int64_t t = 0; t < T; ++t)
                for (std::int64_t s = 0; s < S; ++s) {
                    const std::int64_t at = (b * T + t) * S + s, q_at = (b * T + t) * A, k_at = (b * S + s) * A;
                    if (bias[at] > 0.5 * kMinusInfinity) visit(q.data_ptr<float>() + q_at, k.data_ptr<float>() + k_at, at, q_at, k_at);
                }
    }
};

/// The same recurrence by doubling (Hillis, Steele 1986): after the n-th pass h[t] sums over 2^n steps.
Tensor scanByDoubling(Tensor forget, Tensor h)
{
    const std::int64_t T = h.size(1);
    for (std::int64_t reach = 1; reach < T; reach *= 2) {
        const auto earlier = [&](const Tensor& x) { return torch::constant_pad_nd(x.slice(1, 0, T - reach), { 0, 0, reach, 0 }); };
        h = h + forget * earlier(h);
        forget = forget * earlier(forget);
    }
    return h;
}

/// The same scores as one tensor (B, T, S, A).
Tensor scoresAtOnce(const Tensor& query, const Tensor& key, const Tensor& weight, const Tensor& bias)
{
    return torch::tanh(query.unsqueeze(2) + key.unsqueeze(1)).matmul(weight) + bias;
}

struct BlockImpl : nn::Module {
    BlockImpl(const MuseShape& shape, Way chosen_way)
        : way(chosen_way)
        , recurrent(shape.recurrent)
        , feed(shape.feed)
    {
        norm = register_module("norm", nn::LayerNorm(nn::LayerNormOptions({ shape.width })));
        gates = register_module("gates", nn::Linear(shape.width, 3 * shape.recurrent));
        out = register_module("out", nn::Linear(shape.recurrent, shape.width));
        feed_norm = register_module("feed_norm", nn::LayerNorm(nn::LayerNormOptions({ shape.width })));
        feed_in = register_module("feed_in", nn::Linear(shape.width, 2 * shape.feed));
        feed_out = register_module("feed_out", nn::Linear(shape.feed, shape.width));
        torch::NoGradGuard no_grad;
        // Memories from a few notes to a few hundred: forget gates spread over (0.3, 0.995).
        const Tensor keep = torch::rand({ shape.recurrent }) * 0.695 + 0.3;
        gates->bias.slice(0, 0, shape.recurrent).copy_(torch::log(keep / (1 - keep)));
    }

    /// x (B, T, D) → (B, T, D)
    Tensor forward(Tensor x)
    {
        const auto u = gates(norm(x)).split(recurrent, -1);  // 3 x (B, T, K)
        const Tensor forget = torch::sigmoid(u[0]);
        const Tensor input = (1 - forget) * u[1];
        const Tensor h = way == Way::kLoops ? LinearScan::apply(forget, input) : scanByDoubling(forget, input);
        x = x + out(h * torch::silu(u[2]));
        const auto v = feed_in(feed_norm(x)).split(feed, -1);
        return x + feed_out(torch::silu(v[0]) * v[1]);
    }

    Way way;
    std::int64_t recurrent, feed;
    nn::LayerNorm norm { nullptr }, feed_norm { nullptr };
    nn::Linear gates { nullptr }, out { nullptr }, feed_in { nullptr }, feed_out { nullptr };
};
TORCH_MODULE(Block);

struct MuseImpl : nn::Module {
    MuseImpl(torch::Device where, Way chosen_way)
        : device(where)
        , way(chosen_way)
    {
        const MuseShape& s = kMuseShape;
        const auto table = [&](FeatureGroup group, int width) {
            const std::string name = std::string(featureGroupName(group)) + "_table";
            Tensor rows = torch::randn({ numRows(group), width }) * 0.05;
            rows[0].zero_();
            return register_parameter(name, rows);
        };
        tables[0] = table(FeatureGroup::kInput, s.width);
        tables[1] = table(FeatureGroup::kPlace, kHeadHidden[0] + kHeadHidden[1]);
        tables[2] = table(FeatureGroup::kPart, kHeadHidden[2]);
        tables[3] = table(FeatureGroup::kPitch, kHeadHidden[3]);
        tables[4] = table(FeatureGroup::kDuration, kHeadHidden[4]);
        tables[5] = table(FeatureGroup::kVelocity, kHeadHidden[5]);
        tables[6] = table(FeatureGroup::kNote, s.slot);
        tables[7] = table(FeatureGroup::kWord, s.slot);
        tables[8] = table(FeatureGroup::kChip, s.slot);
        note_in = register_module("note_in", nn::Linear(s.slot, s.slot));
        bar_out = register_module("bar_out", nn::Linear(s.slot, s.slot));
        word_out = register_module("word_out", nn::Linear(s.slot, s.slot));
        chip_out = register_module("chip_out", nn::Linear(s.slot, s.slot));
        attend_norm = register_module("attend_norm", nn::LayerNorm(nn::LayerNormOptions({ s.width })));
        query = register_module("query", nn::Linear(s.width, s.attention));
        key = register_module("key", nn::Linear(s.slot, s.attention));
        value = register_module("value", nn::Linear(s.slot, s.width));
        score = register_parameter("score", torch::randn({ s.attention }) / std::sqrt(double(s.attention)));
        slot_bias = register_parameter("slot_bias", torch::zeros({ kNumBiasRows }));
        nothing = register_parameter("nothing", torch::zeros({ s.slot }));
        for (int i = 0; i < s.num_blocks; ++i) blocks.push_back(register_module("block" + std::to_string(i), Block(s, way)));
        dropout = register_module("dropout", nn::Dropout(nn::DropoutOptions(0.1)));
        top_norm = register_module("top_norm", nn::LayerNorm(nn::LayerNormOptions({ s.width })));
        heads_in = register_module("heads_in", nn::Linear(s.width, kHeadHiddenTotal));
        for (int h = 0; h < kNumHeads; ++h)
            heads_out.push_back(register_module("head" + std::to_string(h), nn::Linear(kHeadHidden[std::size_t(h)], numClasses(Head(h)))));
        to(device);
        for (std::size_t g = 0; g < tables.size(); ++g) tables[g] = named_parameters()[std::string(featureGroupName(FeatureGroup(g))) + "_table"];
        score = named_parameters()["score"];
        slot_bias = named_parameters()["slot_bias"];
        nothing = named_parameters()["nothing"];
    }

    Tensor longs(const std::vector<std::int32_t>& values, at::IntArrayRef sizes) const
    {
        return torch::from_blob(const_cast<std::int32_t*>(values.data()), sizes, torch::kInt32).to(device, torch::kLong);
    }
    Tensor countTo(std::int64_t count) const { return torch::arange(count, torch::TensorOptions(torch::kLong).device(device)); }
    Tensor constant(double value) const { return torch::full({}, value, torch::TensorOptions(torch::kFloat).device(device)); }

    /// ids (R, n) → (R, width of the table): the sum of the named rows; id 0 adds nothing.
    Tensor bag(FeatureGroup group, const Tensor& ids) const
    {
        const Tensor offsets = countTo(ids.size(0)) * ids.size(1);
        return std::get<0>(at::embedding_bag(tables[std::size_t(group)], ids.reshape({ -1 }), offsets, false, 0, false, {}, false, 0));
    }
    Tensor stepBag(FeatureGroup group, const TrainingBatch& b) const
    {
        return bag(group, longs(b.step_ids[std::size_t(group)], { b.B * b.T, numIds(group) })).view({ b.B, b.T, -1 });
    }

    /// The slots and who may see them.
    struct Slots {
        Tensor vectors;  // (B, S, E)
        Tensor bias;  // (B, T, S) learnt bias, or kMinusInfinity where the step may not look
    };
    Slots slotsOf(const TrainingBatch& b)
    {
        const std::int64_t E = kMuseShape.slot;
        // Pass 1: notes to bars. A bar is the scaled sum of its notes' vectors.
        const auto noteVectors = [&](const std::vector<std::int32_t>& ids, std::int64_t count) {
            return torch::silu(note_in(torch::silu(bag(FeatureGroup::kNote, longs(ids, { b.B * count, numIds(FeatureGroup::kNote) }))))).view({ b.B, count, E });
        };
        const Tensor note = noteVectors(b.note_ids, b.M);
        const Tensor note_bar = longs(b.note_bar, { b.B, b.M });  // (B, M)
        const Tensor in_bar = (note_bar.unsqueeze(1) == countTo(b.J).view({ 1, b.J, 1 })).to(torch::kFloat);  // (B, J, M)
        const Tensor is_given
            = torch::from_blob(const_cast<std::uint8_t*>(b.note_given.data()), { b.B, 1, b.M }, torch::kUInt8).to(device, torch::kFloat);
        const Tensor given_in_bar = in_bar * is_given;
        const auto groupVectors = [&](const Tensor& member, const Tensor& notes) {
            return bar_out(torch::bmm(member, notes) / torch::sqrt(1 + member.sum(-1, true)));  // (B, J, E)
        };
        const Tensor past = groupVectors(in_bar, note), given = groupVectors(given_in_bar, note);
        const Tensor has_given = given_in_bar.sum(-1) > 0;  // (B, J)

        // Phrases are read as bars are, but stand at no distance.
        const Tensor phrase_of_note = longs(b.phrase_of_note, { b.B, b.N });
        const Tensor in_phrase = (phrase_of_note.unsqueeze(1) == countTo(b.P).view({ 1, b.P, 1 })).to(torch::kFloat);  // (B, P, N)
        const Tensor phrase = groupVectors(in_phrase, noteVectors(b.phrase_note_ids, b.N)), is_phrase = in_phrase.sum(-1) > 0;

        // Pass 2: words and chips.
        const Tensor word_ids = longs(b.word_ids, { b.B * b.W, numIds(FeatureGroup::kWord) });
        const Tensor chip_ids = longs(b.chip_ids, { b.B * b.C, numIds(FeatureGroup::kChip) });
        const Tensor word = word_out(torch::silu(bag(FeatureGroup::kWord, word_ids))).view({ b.B, b.W, E });
        const Tensor chip = chip_out(torch::silu(bag(FeatureGroup::kChip, chip_ids))).view({ b.B, b.C, E });
        const Tensor is_word = (word_ids.view({ b.B, b.W, -1 }).sum(-1) > 0), is_chip = (chip_ids.view({ b.B, b.C, -1 }).sum(-1) > 0);

        // Pass 3: who sees what. Step in bar i sees past bars j < i and what is given of bars j >= i.
        const Tensor step_bar = longs(b.step_bar, { b.B, b.T, 1 });
        const Tensor bar = countTo(b.J).view({ 1, 1, b.J });
        const Tensor is_bar = (longs(b.bar_index, { b.B, 1, b.J }) >= 0);
        const Tensor lag = (bar - step_bar).clamp(-kMaxLag, kMaxLag) + kMaxLag;  // (B, T, J)
        const auto seen = [&](const Tensor& biases, const Tensor& allowed) { return torch::where(allowed, biases, constant(kMinusInfinity)); };
        const Tensor past_bias = seen(slot_bias.slice(0, 3, 3 + kNumLags).index({ lag }), (bar < step_bar) & is_bar);
        const Tensor given_bias
            = seen(slot_bias.slice(0, 3 + kNumLags, kPhraseBiasRow).index({ lag }), (bar >= step_bar) & is_bar & has_given.unsqueeze(1));
        const Tensor nothing_bias = slot_bias[0].expand({ b.B, b.T, 1 });
        const Tensor word_bias = seen(slot_bias[1].expand({ b.B, b.T, b.W }), is_word.unsqueeze(1));
        const Tensor chip_bias = seen(slot_bias[2].expand({ b.B, b.T, b.C }), is_chip.unsqueeze(1));
        const Tensor phrase_bias = seen(slot_bias[kPhraseBiasRow].expand({ b.B, b.T, b.P }), is_phrase.unsqueeze(1));
        return { torch::cat({ nothing.view({ 1, 1, E }).expand({ b.B, 1, E }), word, chip, past, given, phrase }, 1),
            torch::cat({ nothing_bias, word_bias, chip_bias, past_bias, given_bias, phrase_bias }, 2) };
    }

    /// Additive attention (Bahdanau et al. 2015): v·tanh(W q + U k), x (B, T, D) → (B, T, D).
    Tensor attend(const Tensor& x, const Slots& slots)
    {
        const Tensor q = query(attend_norm(x)), k = key(slots.vectors);
        const Tensor scores = way == Way::kLoops ? AdditiveScores::apply(q, k, score, slots.bias) : scoresAtOnce(q, k, score, slots.bias);  // (B, T, S)
        return torch::softmax(scores, -1).bmm(value(slots.vectors));
    }

    /// Log-probability of each target, (B, T) a head; 0 where there is none.
    std::array<Tensor, kNumHeads> targetLogProbs(const TrainingBatch& b)
    {
        const Slots slots = slotsOf(b);
        Tensor x = stepBag(FeatureGroup::kInput, b);  // (B, T, D)
        for (int i = 0; i < kMuseShape.num_blocks; ++i) {
            x = blocks[std::size_t(i)]->forward(x);
            if (i + 1 == kMuseShape.attend_after) x = x + attend(x, slots);
        }
        const Tensor hidden = heads_in(top_norm(dropout(x)));  // (B, T, all heads' units)
        const Tensor place = stepBag(FeatureGroup::kPlace, b);

        std::array<Tensor, kNumHeads> log_probs;
        std::int64_t from = 0;
        for (int h = 0; h < kNumHeads; ++h) {
            const std::int64_t units = kHeadHidden[std::size_t(h)];
            const Tensor known = h == 0 ? place.slice(2, 0, units)
                : h == 1                ? place.slice(2, kHeadHidden[0], kHeadHidden[0] + units)
                                        : stepBag(FeatureGroup(h), b);
            const Tensor logits = heads_out[std::size_t(h)](torch::silu(hidden.slice(2, from, from + units) + known));
            from += units;
            const Tensor classes = countTo(numClasses(Head(h))).view({ 1, 1, -1 });
            const Tensor is_allowed
                = (classes >= longs(b.lowest[std::size_t(h)], { b.B, b.T, 1 })) & (classes <= longs(b.highest[std::size_t(h)], { b.B, b.T, 1 }));
            const Tensor masked = torch::where(is_allowed, logits, constant(kMinusInfinity));
            const Tensor target = longs(b.target[std::size_t(h)], { b.B, b.T });
            const Tensor chosen = torch::log_softmax(masked, -1).gather(2, target.clamp_min(0).unsqueeze(2)).squeeze(2);
            log_probs[std::size_t(h)] = torch::where(target >= 0, chosen, constant(0));
        }
        return log_probs;
    }

    torch::Device device;
    Way way;
    std::array<Tensor, kNumFeatureGroups> tables;
    nn::Linear note_in { nullptr }, bar_out { nullptr }, word_out { nullptr }, chip_out { nullptr };
    nn::LayerNorm attend_norm { nullptr }, top_norm { nullptr };
    nn::Linear query { nullptr }, key { nullptr }, value { nullptr }, heads_in { nullptr };
    Tensor score, slot_bias, nothing;
    std::vector<Block> blocks;
    std::vector<nn::Linear> heads_out;
    nn::Dropout dropout { nullptr };
};
TORCH_MODULE(Muse);

HeadLosses lossesOf(const std::array<Tensor, kNumHeads>& log_probs, std::int64_t num_notes)
{
    HeadLosses losses;
    for (std::size_t h = 0; h < kNumHeads; ++h) losses.nats[h] = -log_probs[h].sum().item<double>();
    losses.num_notes = num_notes;
    return losses;
}

NamedArray arrayOf(const std::string& name, const Tensor& tensor)
{
    const Tensor flat = tensor.detach().to(torch::kCPU).contiguous();
    return { name, tensor.sizes().vec(), { flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel() } };
}

/// By what an optimiser knows a parameter: a name until LibTorch 1.13, the address itself since 2.0.
auto optimizerKey(const Tensor& parameter)
{
#if TORCH_VERSION_MAJOR >= 2
    return static_cast<void*>(parameter.unsafeGetTensorImpl());
#else
    return c10::guts::to_string(parameter.unsafeGetTensorImpl());
#endif
}

}  // namespace

double HeadLosses::perNote() const { return std::accumulate(nats.begin(), nats.end(), 0.0) / static_cast<double>(std::max<std::int64_t>(1, num_notes)); }

struct TrainingNetwork::Impl {
    Muse muse { nullptr };
    std::unique_ptr<torch::optim::AdamW> optimizer;
    std::map<std::string, Tensor> average;
    double num_steps = 0;

    /// AdamW's memory of a parameter; nullptr before the first step.
    const torch::optim::AdamWParamState* momentsOf(const Tensor& parameter) const
    {
        const auto at = optimizer->state().find(optimizerKey(parameter));
        return at == optimizer->state().end() ? nullptr : static_cast<const torch::optim::AdamWParamState*>(at->second.get());
    }

    /// Runs `work` with the averaged weights in place, dropout off, and puts the trained ones back.
    template <class Work>
    void withAverage(Work work)
    {
        torch::NoGradGuard no_grad;
        std::map<std::string, Tensor> trained;
        for (auto& parameter : muse->named_parameters()) {
            trained[parameter.key()] = parameter.value().clone();
            parameter.value().copy_(average.at(parameter.key()));
        }
        muse->eval();
        work();
        muse->train();
        for (auto& parameter : muse->named_parameters()) parameter.value().copy_(trained.at(parameter.key()));
    }
};

TrainingNetwork::TrainingNetwork(std::uint64_t seed, Device device)
    : m_impl(std::make_unique<Impl>())
{
    torch::manual_seed(seed);
    const bool is_card = device == Device::kBest && torch::cuda::is_available();
    if (is_card) at::globalContext().setAllowTF32CuBLAS(true);
    m_impl->muse = Muse(is_card ? torch::kCUDA : torch::kCPU, is_card || device == Device::kProcessorAsCard ? Way::kLargeOperations : Way::kLoops);
    m_impl->optimizer = std::make_unique<torch::optim::AdamW>(m_impl->muse->parameters(), torch::optim::AdamWOptions(1e-3).weight_decay(0.01));
    for (const auto& parameter : m_impl->muse->named_parameters()) m_impl->average[parameter.key()] = parameter.value().detach().clone();
}
TrainingNetwork::~TrainingNetwork() = default;

HeadLosses TrainingNetwork::learn(const TrainingBatch& batch, double learning_rate)
{
    for (auto& group : m_impl->optimizer->param_groups()) static_cast<torch::optim::AdamWOptions&>(group.options()).lr(learning_rate);
    m_impl->optimizer->zero_grad();
    const auto log_probs = m_impl->muse->targetLogProbs(batch);
    Tensor total = log_probs[0].sum();
    for (std::size_t h = 1; h < kNumHeads; ++h) total = total + log_probs[h].sum();
    (-total / static_cast<double>(std::max<std::int64_t>(1, batch.num_notes))).backward();
    for (const Tensor& table : m_impl->muse->tables)
        if (table.grad().defined()) table.grad()[0].zero_();  // id 0 adds nothing, ever
    nn::utils::clip_grad_norm_(m_impl->muse->parameters(), 1.0);
    m_impl->optimizer->step();
    torch::NoGradGuard no_grad;
    ++m_impl->num_steps;  // the average follows fast at first, so that it forgets the random beginning
    const double decay = std::min(kAverageDecay, (1.0 + m_impl->num_steps) / (10.0 + m_impl->num_steps));
    for (auto& parameter : m_impl->muse->named_parameters()) m_impl->average.at(parameter.key()).lerp_(parameter.value(), 1 - decay);
    return lossesOf(log_probs, batch.num_notes);
}

HeadLosses TrainingNetwork::evaluate(const TrainingBatch& batch)
{
    HeadLosses losses;
    m_impl->withAverage([&] { losses = lossesOf(m_impl->muse->targetLogProbs(batch), batch.num_notes); });
    return losses;
}

std::array<std::vector<float>, kNumHeads> TrainingNetwork::targetLogProbs(const TrainingBatch& batch)
{
    std::array<std::vector<float>, kNumHeads> all;
    m_impl->withAverage([&] {
        const auto log_probs = m_impl->muse->targetLogProbs(batch);
        for (std::size_t h = 0; h < kNumHeads; ++h) {
            const Tensor flat = log_probs[h].to(torch::kCPU).contiguous();
            all[h].assign(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
        }
    });
    return all;
}

Weights TrainingNetwork::averagedWeights() const
{
    Weights weights;
    for (const auto& [name, tensor] : m_impl->average) weights.arrays.push_back(arrayOf(name, tensor));
    return weights;  // a map is in order of its names
}

Status TrainingNetwork::takeWeights(const Weights& weights)
{
    torch::NoGradGuard no_grad;
    for (auto& parameter : m_impl->muse->named_parameters()) {
        const NamedArray* array = findArray(weights, parameter.key());
        if (!array || parameter.value().sizes().vec() != array->shape) return Error { "the weights lack the array \"" + parameter.key() + "\" or have it in another size" };
        const Tensor values = torch::from_blob(const_cast<float*>(array->values.data()), array->shape, torch::kFloat);
        parameter.value().copy_(values);
        m_impl->average.at(parameter.key()).copy_(values);
    }
    return Done {};
}

bool TrainingNetwork::isOnCard() const { return m_impl->muse->device.is_cuda(); }
double TrainingNetwork::numSteps() const { return m_impl->num_steps; }

TrainingState TrainingNetwork::state() const
{
    torch::NoGradGuard no_grad;
    TrainingState state { {}, averagedWeights(), {}, {}, m_impl->num_steps };
    for (const auto& parameter : m_impl->muse->named_parameters()) {
        state.trained.arrays.push_back(arrayOf(parameter.key(), parameter.value()));
        const auto* moments = m_impl->momentsOf(parameter.value());
        const Tensor nothing = torch::zeros_like(parameter.value());
        state.first_moment.arrays.push_back(arrayOf(parameter.key(), moments ? moments->exp_avg() : nothing));
        state.second_moment_root.arrays.push_back(arrayOf(parameter.key(), moments ? moments->exp_avg_sq().sqrt() : nothing));
    }
    for (Weights* weights : { &state.trained, &state.first_moment, &state.second_moment_root })
        std::sort(weights->arrays.begin(), weights->arrays.end(), [](const NamedArray& a, const NamedArray& b) { return a.name < b.name; });
    return state;
}

Status TrainingNetwork::takeState(const TrainingState& state)
{
    // A root that 16 bits have rounded to nothing must not make the next step of its weight endless.
    constexpr double kLeastRoot = 1e-6;
    torch::NoGradGuard no_grad;
    std::map<std::string, std::array<Tensor, 4>> taken;
    for (const auto& parameter : m_impl->muse->named_parameters()) {
        std::array<Tensor, 4>& four = taken[parameter.key()];
        std::size_t i = 0;
        for (const Weights* weights : { &state.trained, &state.average, &state.first_moment, &state.second_moment_root }) {
            const NamedArray* array = findArray(*weights, parameter.key());
            if (!array || parameter.value().sizes().vec() != array->shape)
                return Error { "the checkpoint lacks the array \"" + parameter.key() + "\" or has it in another size" };
            four[i++] = torch::from_blob(const_cast<float*>(array->values.data()), array->shape, torch::kFloat).clone().to(m_impl->muse->device);
        }
    }
    for (auto& parameter : m_impl->muse->named_parameters()) {
        const auto& [trained, average, first, root] = taken.at(parameter.key());
        parameter.value().copy_(trained);
        m_impl->average.at(parameter.key()).copy_(average);
        auto moments = std::make_unique<torch::optim::AdamWParamState>();
        moments->step(static_cast<std::int64_t>(state.num_steps));
        moments->exp_avg(first);
        moments->exp_avg_sq(root.clamp_min(kLeastRoot).square());
        m_impl->optimizer->state()[optimizerKey(parameter.value())] = std::move(moments);
    }
    m_impl->num_steps = state.num_steps;
    return Done {};
}

std::int64_t TrainingNetwork::numParameters() const
{
    std::int64_t count = 0;
    for (const Tensor& parameter : m_impl->muse->parameters()) count += parameter.numel();
    return count;
}

double measureMatrixSpeedGflops()
{
    torch::NoGradGuard no_grad;
    const Tensor a = torch::rand({ 256, 256 }), b = torch::rand({ 256, 256 });
    (void)a.mm(b);
    constexpr int kRepeats = 20;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRepeats; ++i) (void)a.mm(b);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return kRepeats * 2.0 * 256 * 256 * 256 / seconds * 1e-9;
}

}  // namespace chainsong
