#include "engine/model/reasons.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsong {
namespace {

constexpr std::size_t kMostPitches = 4;
constexpr std::size_t kMostLooks = 5;

std::vector<NoteReason::Choice> likeliest(std::span<const float> log_probs) {
    std::vector<NoteReason::Choice> choices;
    for (std::size_t c = 0; c < log_probs.size(); ++c)
        if (std::isfinite(log_probs[c]))
            choices.push_back({static_cast<int>(c), std::exp(static_cast<double>(log_probs[c]))});
    const auto kept = choices.begin() + static_cast<std::ptrdiff_t>(std::min(choices.size(), kMostPitches));
    std::partial_sort(
        choices.begin(), kept, choices.end(), [](const auto& a, const auto& b) { return a.prob > b.prob; });
    choices.erase(kept, choices.end());
    return choices;
}

std::vector<Look> firstLooks(std::vector<Look> looks) {
    std::stable_sort(
        looks.begin(), looks.end(), [](const Look& a, const Look& b) { return a.share_unit > b.share_unit; });
    if (looks.size() > kMostLooks) looks.resize(kMostLooks);
    return looks;
}

std::array<int, kNumHeads> classesOf(const Event& event) {
    return {event.is_bar_line ? kBarHeadBarLine : kBarHeadNote, event.position, event.part, event.pitch,
        event.duration, event.velocity};
}

} // namespace

std::vector<NoteReason> reasonsOf(
    const Prior& prior, WritingTask task, const std::vector<Event>& events, std::stop_token stop) {
    task.notes_looks = true;
    const auto decoder = prior.begin(task, 1);
    std::vector<NoteReason> reasons;
    for (const Event& event : events) {
        if (stop.stop_requested()) break;
        const int only = 0;
        decoder->beginEvent(std::span(&only, 1));
        const auto classes = classesOf(event);
        NoteReason reason;
        for (int h = 0; h < (event.is_bar_line ? 1 : kNumHeads); ++h) {
            const auto head = static_cast<Head>(h);
            const auto log_probs = decoder->headLogProbs(head);
            const int chosen = classes[static_cast<std::size_t>(h)];
            const double log_prob = static_cast<double>(log_probs[static_cast<std::size_t>(chosen)]);
            reason.log_prob += log_prob;
            if (head == Head::kPitch) {
                reason.pitch_prob = std::exp(log_prob);
                reason.pitches = likeliest(log_probs);
            }
            decoder->choose(head, std::span(&chosen, 1));
        }
        if (!event.is_bar_line) {
            reason.looks = firstLooks(decoder->looks(0));
            reasons.push_back(std::move(reason));
        }
        decoder->endEvent();
    }
    return reasons;
}

} // namespace chainsong
