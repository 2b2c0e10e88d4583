// The file: eight bytes with the length of a JSON head, the head, the filter's fingerprints.
#include "engine/model/phrases/known_runs.h"

#include "engine/base/atomic_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

using nlohmann::json;
constexpr const char* kFormat = "chainsong runs 1";
constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMostHeadBytes = 1 << 20;
constexpr std::uint64_t kMostFileBytes = 1ull << 30;

std::uint64_t littleEndian(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return value;
}

template <class T> T valueOr(const json& object, const char* name, T otherwise) {
    const auto found = object.find(name);
    if (found == object.end()) return otherwise;
    if constexpr (std::is_same_v<T, std::string>)
        return found->is_string() ? found->get<T>() : otherwise;
    else if constexpr (std::is_integral_v<T>)
        return found->is_number_integer() ? found->get<T>() : otherwise;
    else
        return found->is_number() ? found->get<T>() : otherwise;
}

nlohmann::ordered_json toJson(const HumanRuns& runs) {
    return {{"part", runs.part}, {"voices", runs.num_voices}, {"longest_run_median", runs.longest_run_median},
        {"longest_run_95", runs.longest_run_95}, {"reused", runs.reused_unit}};
}

HumanRuns humanFrom(const json& entry) {
    return {valueOr<std::string>(entry, "part", ""), valueOr(entry, "voices", 0),
        valueOr(entry, "longest_run_median", 0.0), valueOr(entry, "longest_run_95", 0.0),
        valueOr(entry, "reused", 0.0)};
}

} // namespace

bool KnownRuns::isOne(std::string_view first_bytes) {
    return first_bytes.size() >= kLengthBytes + 2
        && first_bytes.substr(kLengthBytes).starts_with("{\"chainsong_runs\"");
}

Status KnownRuns::write(const std::string& path) const {
    nlohmann::ordered_json head{{"chainsong_runs", kFormat}, {"grams", m_filter.size()},
        {"seed", m_filter.seed()}, {"notes_a_gram", kShortestRunNotes},
        {"false_positive_rate", HashFilter::kFalsePositiveRate}, {"pieces", m_num_pieces},
        {"parts", m_parts}};
    for (const HumanRuns& runs : m_human) head["human_held_out"].push_back(toJson(runs));
    const std::string text = head.dump(-1, ' ', false, json::error_handler_t::replace);
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(text.size()) >> (8 * i)));
    bytes.insert(bytes.end(), text.begin(), text.end());
    bytes.insert(bytes.end(), m_filter.fingerprints().begin(), m_filter.fingerprints().end());
    return writeFileAtomically(path, bytes);
}

Result<KnownRuns> KnownRuns::from(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kLengthBytes) return Error{"the known runs are cut short"};
    const std::uint64_t length = littleEndian(bytes);
    if (length > kMostHeadBytes || length > bytes.size() - kLengthBytes) return Error{"holds no known runs"};
    const auto text = bytes.subspan(kLengthBytes, length);
    const json head = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
    if (!head.is_object() || valueOr<std::string>(head, "chainsong_runs", "") != kFormat
        || valueOr(head, "notes_a_gram", 0) != kShortestRunNotes)
        return Error{"holds no known runs that this version can read"};
    auto filter = HashFilter::from(valueOr<std::uint64_t>(head, "grams", 0),
        valueOr<std::uint64_t>(head, "seed", 0), bytes.subspan(kLengthBytes + length));
    if (!filter) return Error{"the known runs are damaged: " + filter.error().what};
    KnownRuns runs;
    runs.m_filter = *std::move(filter);
    runs.m_num_pieces = valueOr(head, "pieces", 0);
    for (const json& part : head.value("parts", json::array()))
        if (part.is_string()) runs.m_parts.push_back(part.get<std::string>());
    for (const json& entry : head.value("human_held_out", json::array()))
        if (entry.is_object()) runs.m_human.push_back(humanFrom(entry));
    return runs;
}

Result<KnownRuns> KnownRuns::load(const std::string& path) {
    const auto bytes = readWholeFile(path, kMostFileBytes);
    if (!bytes) return bytes.error();
    auto runs = from(*bytes);
    if (!runs) return Error{runs.error().what, path};
    return runs;
}

SharedRuns KnownRuns::compare(const Voice& voice) const {
    SharedRuns shared;
    shared.num_notes = static_cast<int>(voice.notes.size());
    shared.longest_run_notes = std::min(shared.num_notes, kShortestRunNotes - 1);
    int known = 0, in_a_row = 0;
    const auto grams = gramHashes(runStepsOf(voice), kGramSteps);
    for (const std::uint64_t gram : grams) {
        in_a_row = m_filter.contains(gram) ? in_a_row + 1 : 0;
        known += in_a_row > 0 ? 1 : 0;
        if (in_a_row > 0)
            shared.longest_run_notes = std::max(shared.longest_run_notes, kShortestRunNotes - 1 + in_a_row);
    }
    if (!grams.empty()) shared.reused_unit = static_cast<double>(known) / static_cast<double>(grams.size());
    return shared;
}

} // namespace chainsong
