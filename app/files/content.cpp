#include "app/files/content.h"

#include <utility>

#include "engine/jobs/report.h"

namespace chainsong {

ProjectContent contentOf(const Document& document) {
    const Wishes& wishes = document.wishes();
    ProjectContent content;
    content.score = *document.score();
    content.prompt = wishes.prompt;
    content.chips_json = chipsJson(wishes.edited_chips);
    for (const Constraint& constraint : wishes.constraints) content.constraints.push_back(specOf(constraint));
    content.seed = wishes.seed;
    content.model = document.variations().model;
    content.temperature = wishes.temperature;
    for (std::size_t i = 0; i < document.variations().variations.size(); ++i) {
        const Variation& variation = document.variations().variations[i];
        content.variations.push_back({.name = std::to_string(i + 1),
            .score = *variation.score,
            .log_density = variation.log_density,
            .is_starred = variation.is_starred});
    }
    return content;
}

OpenedProject openedFrom(const ProjectFile& file) {
    const ProjectContent& content = file.content();
    auto score = std::make_shared<const Score>(content.score);
    OpenedProject opened{.history = History({.name = "", .score = score})};
    if (const auto steps = file.history(); steps && steps->size() > 1) {
        const std::size_t first = steps->size() > kReopenedSteps ? steps->size() - kReopenedSteps : 0;
        std::optional<History> history;
        for (std::size_t i = first; i < steps->size(); ++i) {
            const auto then = file.contentAt((*steps)[i].step);
            if (!then) continue;
            if (history && *history->current().score == then->score) continue; // only wishes changed
            PieceStep step{.name = (*steps)[i].name, .score = std::make_shared<const Score>(then->score)};
            if (history)
                history->record(std::move(step), "", {}, 0);
            else
                history.emplace(std::move(step));
        }
        if (history && *history->current().score == content.score) opened.history = *std::move(history);
    }
    opened.wishes.prompt = content.prompt;
    if (auto chips = chipsFromJson(content.chips_json)) opened.wishes.edited_chips = *std::move(chips);
    for (const std::string& spec : content.constraints)
        if (auto constraint = parseConstraint(spec))
            opened.wishes.constraints.push_back(*std::move(constraint));
    opened.wishes.seed = content.seed;
    opened.wishes.temperature = content.temperature;
    if (!content.variations.empty()) {
        opened.variations.original = score;
        opened.variations.model = content.model;
        for (const auto& variation : content.variations)
            opened.variations.variations.push_back({.score = std::make_shared<const Score>(variation.score),
                .log_density = variation.log_density,
                .seed = content.seed,
                .is_starred = variation.is_starred});
    }
    return opened;
}

} // namespace chainsong
