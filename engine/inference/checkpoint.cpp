#include "engine/inference/checkpoint.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/inference/chain.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace chainsong {
namespace {

constexpr std::string_view kMagic = "chainsong run 1\n";
constexpr std::uint64_t kMaxBytes = std::uint64_t{16} << 30;
static_assert(std::endian::native == std::endian::little, "the file's numbers are little-endian");

std::uint64_t hashOf(std::string_view bytes) { // FNV-1a
    std::uint64_t hash = 14695981039346656037u;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211u;
    return hash;
}

class Writer {
public:
    template <class T> void put(T value) {
        static_assert(std::is_arithmetic_v<T>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put(const std::string& text) {
        put<std::uint64_t>(text.size());
        m_bytes += text;
    }
    void put(const Vec& values) {
        put<std::uint64_t>(values.size());
        m_bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
    }
    std::string& bytes() { return m_bytes; }

private:
    std::string m_bytes;
};

/// Never reads beyond the end; once it would have, everything more is empty.
class Reader {
public:
    explicit Reader(std::string_view bytes)
        : m_rest(bytes) { }
    template <class T> T take() {
        T value{};
        if (const auto bytes = takeBytes(sizeof value); !bytes.empty())
            std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
    std::string takeText() { return std::string(takeBytes(take<std::uint64_t>())); }
    Vec takeNumbers() {
        const auto count = take<std::uint64_t>();
        if (count > m_rest.size() / sizeof(double)) m_is_sound = false;
        if (!m_is_sound) return {};
        Vec values(count);
        const auto bytes = takeBytes(count * sizeof(double));
        if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
        return values;
    }
    bool isSound() const { return m_is_sound; }
    bool isAtEnd() const { return m_rest.empty(); }

private:
    std::string_view takeBytes(std::uint64_t count) {
        m_is_sound = m_is_sound && count <= m_rest.size();
        if (!m_is_sound) return {};
        const auto bytes = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return bytes;
    }

    std::string_view m_rest;
    bool m_is_sound = true;
};

void putChain(Writer& writer, const ChainPlace& place) {
    writer.put(place.q);
    writer.put<std::int32_t>(place.draws_done);
    writer.put<std::int32_t>(place.num_divergences);
    writer.put<std::int32_t>(place.run.num_warm_up_kept);
    writer.put(place.run.warm_up_s);
    writer.put(place.run.sampling_s);
    writer.put(place.run.num_evaluations);
    writer.put(place.run.num_refused);
    writer.put(place.run.first_refusal);
    writer.put<std::uint64_t>(place.run.columns.size());
    for (const Vec& column : place.run.columns) writer.put(column);
    writer.put<std::uint64_t>(place.run.stats.size());
    for (const DrawStats& draw : place.run.stats) {
        for (const double value : {draw.log_density, draw.accept_prob, draw.step_size, draw.energy})
            writer.put(value);
        writer.put<std::int32_t>(draw.tree_depth);
        writer.put<std::int32_t>(draw.num_leapfrogs);
        writer.put<std::uint8_t>(draw.diverged);
    }
}

ChainPlace takeChain(Reader& reader) {
    ChainPlace place;
    place.q = reader.takeNumbers();
    place.draws_done = reader.take<std::int32_t>();
    place.num_divergences = reader.take<std::int32_t>();
    place.run.num_warm_up_kept = reader.take<std::int32_t>();
    place.run.warm_up_s = reader.take<double>();
    place.run.sampling_s = reader.take<double>();
    place.run.num_evaluations = reader.take<std::int64_t>();
    place.run.num_refused = reader.take<std::int64_t>();
    place.run.first_refusal = reader.takeText();
    const auto num_columns = reader.take<std::uint64_t>();
    for (std::uint64_t i = 0; i < num_columns && reader.isSound(); ++i)
        place.run.columns.push_back(reader.takeNumbers());
    const auto num_draws = reader.take<std::uint64_t>();
    for (std::uint64_t i = 0; i < num_draws && reader.isSound(); ++i) {
        DrawStats draw;
        for (double* const value : {&draw.log_density, &draw.accept_prob, &draw.step_size, &draw.energy})
            *value = reader.take<double>();
        draw.tree_depth = reader.take<std::int32_t>();
        draw.num_leapfrogs = reader.take<std::int32_t>();
        draw.diverged = reader.take<std::uint8_t>() != 0;
        place.run.stats.push_back(draw);
    }
    return place;
}

bool isWhole(const ChainPlace& place) {
    return std::all_of(place.run.columns.begin(), place.run.columns.end(),
        [&](const Vec& column) { return column.size() == place.run.stats.size(); });
}

} // namespace

ChainPlace ChainPlacing::placeOf(const Chain& chain) {
    ChainPlace place;
    if (chain.m_draws_done < chain.m_options.num_warm_up || !chain.m_has_start) return place;
    place.q = chain.m_state.q;
    place.draws_done = chain.m_draws_done;
    place.num_divergences = chain.m_num_divergences;
    return place;
}

ChainRun ChainPlacing::drawsUntil(const Chain& chain, const ChainPlace& place) {
    ChainRun run = chain.m_run;
    const int num_warm_up = chain.m_options.num_warm_up;
    const auto count = static_cast<std::size_t>(
        std::max(0, place.draws_done - num_warm_up) + (place.draws_done > 0 ? run.num_warm_up_kept : 0));
    for (Vec& column : run.columns) column.resize(std::min(count, column.size()));
    run.stats.resize(std::min(count, run.stats.size()));
    return run;
}

void ChainPlacing::put(Chain& chain, const ChainPlace& place) {
    const bool with_gradient = !chain.m_state.grad.empty();
    chain.m_state = stateAt(chain.m_density, place.q, with_gradient);
    chain.m_run = place.run;
    chain.m_draws_done = place.draws_done;
    chain.m_num_divergences = place.num_divergences;
    wake(chain);
}

void ChainPlacing::wake(Chain& chain) { chain.m_is_finished = chain.m_run.failure.has_value(); }

const ChainRun& ChainPlacing::runOf(const Chain& chain) { return chain.m_run; }

std::string orderOf(const Target& target, const RunOptions& options) {
    std::string order = target.name + ", " + std::to_string(target.dimension) + " dimensions";
    const auto add = [&](const char* name, double value) {
        order += std::string(", ") + name + " " + formatNumber(value);
    };
    order += ", seed " + std::to_string(options.seed);
    add("kernel", static_cast<double>(options.kernel));
    add("first chain", options.first_chain);
    add("chains", options.num_chains);
    add("warm-up", options.num_warm_up);
    add("kept", options.keeps_warm_up);
    add("acceptance", options.target_accept);
    add("mass", static_cast<double>(options.mass_rule));
    add("depth", options.max_tree_depth);
    add("length", options.trajectory_length);
    add("radius", options.start_radius);
    std::string starts;
    for (const Vec& start : options.starts)
        starts.append(reinterpret_cast<const char*>(start.data()), start.size() * sizeof(double));
    for (const std::string& name : target.parameter_names) starts += name + "\n";
    return order + ", names and starts " + std::to_string(hashOf(starts));
}

Status writeCheckpoint(const std::string& path, const Checkpoint& checkpoint) {
    Writer writer;
    writer.bytes() += kMagic;
    writer.put(checkpoint.order);
    writer.put<std::uint64_t>(checkpoint.chains.size());
    for (const ChainPlace& chain : checkpoint.chains) putChain(writer, chain);
    writer.put(hashOf(writer.bytes()));
    return writeFileAtomically(path, writer.bytes());
}

Result<Checkpoint> readCheckpoint(const std::string& path, const std::string& order) {
    const auto file = readWholeFile(path, kMaxBytes);
    if (!file) return file.error();
    std::string_view bytes(reinterpret_cast<const char*>(file->data()), file->size());
    if (!bytes.starts_with(kMagic)) return Error{"is no checkpoint of a run", path};
    constexpr std::size_t kHashBytes = sizeof(std::uint64_t);
    if (bytes.size() < kMagic.size() + kHashBytes) return Error{"the checkpoint is cut off", path};
    Reader hash(bytes.substr(bytes.size() - kHashBytes));
    bytes.remove_suffix(kHashBytes);
    if (hash.take<std::uint64_t>() != hashOf(bytes)) return Error{"the checkpoint is damaged", path};
    Reader reader(bytes.substr(kMagic.size()));
    Checkpoint checkpoint;
    checkpoint.order = reader.takeText();
    if (checkpoint.order != order)
        return Error{
            "the checkpoint belongs to another run: it was " + checkpoint.order + "; this one is " + order,
            path};
    const auto num_chains = reader.take<std::uint64_t>();
    for (std::uint64_t i = 0; i < num_chains && reader.isSound(); ++i)
        checkpoint.chains.push_back(takeChain(reader));
    if (!reader.isSound() || !reader.isAtEnd()
        || !std::all_of(checkpoint.chains.begin(), checkpoint.chains.end(), isWhole))
        return Error{"the checkpoint is damaged", path};
    return checkpoint;
}

} // namespace chainsong
