#include "engine/compose/path.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chainsong {
namespace {

Chip userChip(std::string name, ChipValue value) {
    Chip chip;
    chip.name = std::move(name);
    chip.value = std::move(value);
    chip.source = ChipSource::kUser;
    return chip;
}

Constraint softly(const char* name, std::string value, int track) {
    constexpr double kWeight = 0.5;
    Constraint constraint;
    constraint.name = name;
    constraint.value = std::move(value);
    constraint.scope.tracks = {track};
    constraint.is_hard = false;
    constraint.weight = kWeight;
    return constraint;
}

} // namespace

std::vector<PieceVector> pointsBetween(
    const PieceVector& from, const PieceVector& to, int count, bool has_ends) {
    std::vector<PieceVector> points;
    const double parts = has_ends ? std::max(1, count - 1) : count + 1;
    for (int i = 0; i < count; ++i) points.push_back(between(from, to, (i + (has_ends ? 0 : 1)) / parts));
    return points;
}

ComposeRequest requestAt(const PieceVector& point, const PathRequest& path) {
    constexpr double kFewer = 0.75, kMore = 1.25; // notes a bar
    constexpr double kReach = 1.6,
                     kLeastReach = 3; // standard deviations: nine notes of ten, were they normal
    ComposeRequest request;
    std::vector<std::string> instruments;
    for (std::size_t v = 0; v < point.voices.size(); ++v) {
        const VoiceNumbers& voice = point.voices[v];
        const int track = static_cast<int>(v);
        instruments.push_back(partName({voice.program, voice.is_drums}));
        const long fewest = std::lround(std::floor(voice.notes_per_bar * kFewer));
        const long most = std::lround(std::ceil(voice.notes_per_bar * kMore));
        request.constraints.push_back(
            softly("density", std::to_string(fewest) + "-" + std::to_string(most), track));
        if (voice.is_drums) continue;
        const double reach = std::max(kLeastReach, kReach * voice.key_spread);
        const auto note = [](double key) {
            return noteName(std::clamp(static_cast<int>(std::lround(key)), 0, 127));
        };
        request.constraints.push_back(
            softly("range", note(voice.mean_key - reach) + "-" + note(voice.mean_key + reach), track));
    }
    request.edited_chips = {userChip("key", keyName(point.key)), userChip("metre", metreName(point.metre)),
        userChip("tempo_bpm", std::round(point.tempo_bpm)),
        userChip("bars", static_cast<double>(point.num_bars)),
        userChip("instruments", std::move(instruments)),
        userChip("voices", static_cast<double>(point.voices.size()))};
    request.num_pieces = path.num_tries;
    request.num_particles = path.num_particles;
    request.temperature = path.temperature;
    request.seed = path.seed;
    request.num_threads = path.num_threads;
    return request;
}

Result<PathResult> composePath(
    const Prior& prior, const PathRequest& request, const ComposeCallbacks& callbacks, std::stop_token stop) {
    PathResult path;
    const auto count = static_cast<double>(request.points.size());
    for (std::size_t i = 0; i < request.points.size(); ++i) {
        const PieceVector& point = request.points[i];
        ComposeCallbacks inner;
        inner.on_progress = [&](const Progress& progress) {
            const double share = std::max(0.0, progress.share_unit);
            if (callbacks.on_progress)
                callbacks.on_progress({"composing", (static_cast<double>(i) + share) / count});
        };
        auto result = compose(prior, requestAt(point, request), inner, stop);
        if (!result) return result.error();
        PathStep step{std::numeric_limits<double>::infinity(), 0};
        const Draw* nearest = &result->draws.front();
        for (const Draw& draw : result->draws) {
            const auto own = encodePiece(draw.score);
            const double distance = own ? distanceOf(*own, point) : std::numeric_limits<double>::infinity();
            step.mean_distance += distance / static_cast<double>(result->draws.size());
            if (distance < step.distance) step.distance = distance, nearest = &draw;
        }
        const Draw chosen = *nearest;
        if (callbacks.on_draw) callbacks.on_draw(chosen, static_cast<int>(i));
        path.steps.push_back(step);
        auto draws = std::move(path.result.draws);
        draws.push_back(chosen);
        if (i == 0) path.result = std::move(*result); // its chips and notices speak of the first point
        path.result.draws = std::move(draws);
    }
    return path;
}

} // namespace chainsong
