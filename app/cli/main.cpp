#include "app/cli/command.h"
#include "app/cli/interrupt.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

namespace {

constexpr int kWrongUsage = 2;

/// Help goes to standard output with status 0; anything else is one sentence and status 2.
int answer(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    const auto chosen = app.get_subcommands();
    const std::string name = "chainsong-cli" + (chosen.empty() ? "" : " " + chosen.front()->get_name());
    std::string what = error.what();
    if (chosen.empty() && !app.remaining().empty())
        what = "there is no command \"" + app.remaining().front() + '"';
    std::fprintf(stderr, "%s: %s (see %s --help)\n", name.c_str(), what.c_str(), name.c_str());
    return kWrongUsage;
}

} // namespace

int main(int argc, char** argv) {
    using namespace chainsong;
    const Interrupt interrupt; // before any other thread

    CLI::App app(
        "Composes by inference: say what you want, and draw pieces that keep to it.", "chainsong-cli");
    app.set_version_flag("--version", "chainsong-cli " CHAINSONG_VERSION);
    app.require_subcommand(1);
    Program program{app};
    addComposeCommand(program);
    addResampleCommand(program);
    addParseCommand(program);
    addRenderCommand(program);
    addInspectCommand(program);
    addSampleCommand(program);
    addDiagnoseCommand(program);
    addModelCommands(program);
    addIndexCommand(program);
    addLatentCommands(program);
    addDoctorCommand(program);
    addComingCommands(program);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return answer(app, error); }
    Console console(program.common.wants_json, interrupt.token());
    return console.finish(program.chosen(program.common, console));
}
