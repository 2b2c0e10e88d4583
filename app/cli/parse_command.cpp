#include "app/cli/command.h"
#include "engine/base/atomic_file.h"
#include "engine/base/text.h"
#include "engine/jobs/report.h"
#include "engine/model/prompt/parser.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace chainsong {
namespace {

struct ParseOptions {
    std::string prompt;
    std::string prompts_path;
};

/// One JSON object a line, for each line of the file.
Status parseFile(const std::string& path, Console& console) {
    constexpr std::uint64_t kMaxBytes = 64 << 20;
    const auto bytes = readWholeFile(path, kMaxBytes);
    if (!bytes) return bytes.error();
    auto lines = split(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()), '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back(); // the last newline begins no prompt
    for (const std::string& line : lines) {
        if (console.stopToken().stop_requested()) return Error{"stopped"};
        console.result(
            parsedPromptJson(parsePrompt(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line)));
    }
    return Done{};
}

} // namespace

void addParseCommand(Program& program) {
    const auto options = std::make_shared<ParseOptions>();
    CLI::App* const command = addCommand(program, "parse",
        "Say what a prompt asks for, as one JSON object a line: chips, evidence, what was not understood",
        [options](const CommonOptions&, Console& console) -> Status {
            if (!options->prompts_path.empty()) return parseFile(options->prompts_path, console);
            console.result(parsedPromptJson(parsePrompt(options->prompt)));
            return Done{};
        });
    CLI::Option* const text = command->add_option("--prompt", options->prompt, "The prompt");
    command->add_option("--prompts", options->prompts_path, "A file with one prompt a line")->excludes(text);
}

} // namespace chainsong
