#pragma once

#include "engine/compose/explain.h"
#include "engine/compose/request.h"
#include "engine/model/prompt/chip.h"

#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// The command line's `parse` line: prompt, chips with evidence spans, what was not understood. One line, no
/// newline.
std::string parsedPromptJson(const ParsedPrompt& parsed);

/// Chips as a JSON array, as reports and project files hold them, and back. Back fails on anything that is
/// not one.
std::string chipsJson(const std::vector<Chip>& chips);
Result<std::vector<Chip>> chipsFromJson(std::string_view json);

/// The report of compose and resample: request, log_evidence, ess, constraints, seconds, seed, model,
/// notices, and for each piece its log density. `prompt` is the text that was asked with. `why`, if given,
/// explains the first piece's notes one by one. Indented, ends with a newline.
std::string reportJson(
    std::string_view prompt, const ComposeResult& result, const ScoreExplanation* why = nullptr);

} // namespace chainsong
