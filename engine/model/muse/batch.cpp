#include "engine/model/muse/batch.h"

#include <algorithm>
#include <cstddef>

namespace chainsong {
namespace {

constexpr int kBarsBefore = 8;
constexpr int kBarsAfter = 4;
constexpr std::array kStepGroups { FeatureGroup::kInput, FeatureGroup::kPlace, FeatureGroup::kPart, FeatureGroup::kPitch, FeatureGroup::kDuration,
    FeatureGroup::kVelocity };

std::size_t at(Head head) { return static_cast<std::size_t>(head); }

std::span<std::int32_t> grow(std::vector<std::int32_t>& ids, FeatureGroup group)
{
    const auto count = static_cast<std::size_t>(numIds(group));
    ids.resize(ids.size() + count);
    return std::span(ids).last(count);
}

void addTarget(TrainingWindow& window, Head head, int target, ClassInterval allowed)
{
    window.target[at(head)].push_back(target);
    window.lowest[at(head)].push_back(allowed.lowest);
    window.highest[at(head)].push_back(allowed.highest);
}

void addStep(TrainingWindow& window, const FeatureState& state, const PieceFrame& frame, const Event& event)
{
    const bool is_note = !event.is_bar_line;
    for (std::size_t g = 0; g < kStepGroups.size(); ++g) {
        const auto ids = grow(window.step_ids[g], kStepGroups[g]);
        switch (kStepGroups[g]) {
        case FeatureGroup::kInput: state.inputIds(frame, ids); break;
        case FeatureGroup::kPlace: state.placeIds(frame, ids); break;
        case FeatureGroup::kPart:
            if (is_note) state.partIds(frame, event, ids);
            break;
        case FeatureGroup::kPitch:
            if (is_note) state.pitchIds(frame, event, ids);
            break;
        case FeatureGroup::kDuration:
            if (is_note) state.durationIds(frame, event, ids);
            break;
        default:
            if (is_note) state.velocityIds(frame, event, ids);
        }
    }
    const auto choice = [&](int value) { return is_note ? value : -1; };
    const auto all = [](Head head) { return ClassInterval { 0, numClasses(head) - 1 }; };
    addTarget(window, Head::kBar, is_note ? kBarHeadNote : kBarHeadBarLine, state.barHeadClasses());
    addTarget(window, Head::kPosition, choice(event.position), is_note ? state.positions() : all(Head::kPosition));
    addTarget(window, Head::kPart, choice(event.part), is_note ? state.partsAt(frame, event.position) : all(Head::kPart));
    addTarget(window, Head::kPitch, choice(event.pitch), is_note ? state.pitchesOf(frame, event.position, event.part) : all(Head::kPitch));
    addTarget(window, Head::kDuration, choice(event.duration), all(Head::kDuration));
    addTarget(window, Head::kVelocity, choice(event.velocity), all(Head::kVelocity));
}

void addWords(TrainingWindow& window, const PieceFrame& frame)
{
    for (const PromptWord& word : wordsOf(frame.prompt)) wordIds(word, grow(window.word_ids, FeatureGroup::kWord));
    for (const Chip& chip : learntChips(frame.chips)) chipIds(chip, grow(window.chip_ids, FeatureGroup::kChip));
}

/// Copies rows of `width` values of each window into one padded array.
template <class T, class Member>
std::vector<T> padded(const std::vector<TrainingWindow>& windows, std::size_t rows, std::size_t width, T filler, Member member)
{
    std::vector<T> all(windows.size() * rows * width, filler);
    for (std::size_t b = 0; b < windows.size(); ++b) {
        const auto& from = member(windows[b]);
        std::copy(from.begin(), from.end(), all.begin() + static_cast<std::ptrdiff_t>(b * rows * width));
    }
    return all;
}

template <class Member>
std::size_t mostRows(const std::vector<TrainingWindow>& windows, std::size_t width, Member member)
{
    std::size_t most = 1;
    for (const TrainingWindow& window : windows) most = std::max(most, member(window).size() / width);
    return most;
}

}  // namespace

TrainingWindow makeWindow(const EventPiece& piece, const GivenFlags& given, int first_bar, int max_steps)
{
    const PieceFrame& frame = piece.frame;
    TrainingWindow window;
    addWords(window, frame);

    // The end of the window: whole bars while they fit, one cut bar if the first is already too long.
    int past_last_bar = first_bar, steps = 0, bar = 0, in_bar = 0;
    for (const Event& event : piece.events) {
        if (bar >= first_bar) ++in_bar;
        if (!event.is_bar_line) continue;
        if (bar >= first_bar) {
            if (steps + in_bar > max_steps && past_last_bar > first_bar) break;
            steps += in_bar;
            in_bar = 0;
            past_last_bar = bar + 1;
            if (steps >= max_steps) break;
        }
        ++bar;
    }

    const int first_slot_bar = std::max(0, first_bar - kBarsBefore);
    const int past_slot_bar = std::min(static_cast<int>(frame.bars.size()), past_last_bar + kBarsAfter);
    for (int j = first_slot_bar; j < past_slot_bar; ++j) window.bar_index.push_back(j);

    FeatureState state(frame);
    std::size_t note_number = 0;
    int written = 0;
    for (const Event& event : piece.events) {
        const int here = state.cursor().bar();
        if (here >= past_slot_bar) break;
        if (here >= first_bar && here < past_last_bar && written < max_steps) {
            addStep(window, state, frame, event);
            window.step_bar.push_back(here - first_slot_bar);
            if (!event.is_bar_line) ++window.num_notes;
            ++written;
        }
        if (!event.is_bar_line) {
            if (here >= first_slot_bar) {
                noteIds(frame.parts[static_cast<std::size_t>(event.part)], event, grow(window.note_ids, FeatureGroup::kNote));
                window.note_bar.push_back(here - first_slot_bar);
                window.note_given.push_back(note_number < given.size() ? given[note_number] : std::uint8_t(0));
            }
            ++note_number;
        }
        state.advance(event, frame);
    }
    return window;
}

void addPhrase(TrainingWindow& window, const RememberedPhrase& phrase)
{
    for (const Event& note : phrase.notes) {
        noteIds(phrase.parts[static_cast<std::size_t>(note.part)], note, grow(window.phrase_note_ids, FeatureGroup::kNote));
        window.phrase_of_note.push_back(window.num_phrases);
    }
    ++window.num_phrases;
}

TrainingBatch makeBatch(const std::vector<TrainingWindow>& windows)
{
    const auto width = [](FeatureGroup group) { return static_cast<std::size_t>(numIds(group)); };
    TrainingBatch batch;
    const std::size_t T = mostRows(windows, 1, [](const TrainingWindow& w) -> const auto& { return w.step_bar; });
    const std::size_t J = mostRows(windows, 1, [](const TrainingWindow& w) -> const auto& { return w.bar_index; });
    const std::size_t M = mostRows(windows, 1, [](const TrainingWindow& w) -> const auto& { return w.note_bar; });
    const std::size_t W = mostRows(windows, width(FeatureGroup::kWord), [](const TrainingWindow& w) -> const auto& { return w.word_ids; });
    const std::size_t C = mostRows(windows, width(FeatureGroup::kChip), [](const TrainingWindow& w) -> const auto& { return w.chip_ids; });
    const std::size_t N = mostRows(windows, 1, [](const TrainingWindow& w) -> const auto& { return w.phrase_of_note; });
    batch.B = static_cast<int>(windows.size());
    batch.T = static_cast<int>(T);
    batch.J = static_cast<int>(J);
    batch.M = static_cast<int>(M);
    batch.W = static_cast<int>(W);
    batch.C = static_cast<int>(C);
    batch.N = static_cast<int>(N);
    batch.P = 1;
    for (std::size_t g = 0; g < kStepGroups.size(); ++g)
        batch.step_ids[g] = padded(windows, T, width(kStepGroups[g]), std::int32_t(0), [g](const TrainingWindow& w) -> const auto& { return w.step_ids[g]; });
    for (std::size_t h = 0; h < kNumHeads; ++h) {
        batch.target[h] = padded(windows, T, 1, std::int32_t(-1), [h](const TrainingWindow& w) -> const auto& { return w.target[h]; });
        batch.lowest[h] = padded(windows, T, 1, std::int32_t(0), [h](const TrainingWindow& w) -> const auto& { return w.lowest[h]; });
        batch.highest[h] = padded(windows, T, 1, std::int32_t(0), [h](const TrainingWindow& w) -> const auto& { return w.highest[h]; });
    }
    batch.step_bar = padded(windows, T, 1, std::int32_t(-1), [](const TrainingWindow& w) -> const auto& { return w.step_bar; });
    batch.note_ids = padded(windows, M, width(FeatureGroup::kNote), std::int32_t(0), [](const TrainingWindow& w) -> const auto& { return w.note_ids; });
    batch.note_bar = padded(windows, M, 1, std::int32_t(-1), [](const TrainingWindow& w) -> const auto& { return w.note_bar; });
    batch.note_given = padded(windows, M, 1, std::uint8_t(0), [](const TrainingWindow& w) -> const auto& { return w.note_given; });
    batch.bar_index = padded(windows, J, 1, std::int32_t(-1), [](const TrainingWindow& w) -> const auto& { return w.bar_index; });
    batch.word_ids = padded(windows, W, width(FeatureGroup::kWord), std::int32_t(0), [](const TrainingWindow& w) -> const auto& { return w.word_ids; });
    batch.chip_ids = padded(windows, C, width(FeatureGroup::kChip), std::int32_t(0), [](const TrainingWindow& w) -> const auto& { return w.chip_ids; });
    batch.phrase_note_ids = padded(windows, N, width(FeatureGroup::kNote), std::int32_t(0), [](const TrainingWindow& w) -> const auto& { return w.phrase_note_ids; });
    batch.phrase_of_note = padded(windows, N, 1, std::int32_t(-1), [](const TrainingWindow& w) -> const auto& { return w.phrase_of_note; });
    for (const TrainingWindow& window : windows) {
        batch.num_notes += window.num_notes;
        batch.P = std::max(batch.P, window.num_phrases);
    }
    return batch;
}

}  // namespace chainsong
