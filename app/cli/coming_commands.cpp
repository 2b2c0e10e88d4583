#include "app/cli/command.h"

#include <CLI/CLI.hpp>

namespace chainsong {

void addComingCommands(Program& program) {
    const auto add = [&program](const std::string& name, const std::string& description) {
        const auto answer = [name](const CommonOptions&, Console&) -> Status {
            return Error{"this version cannot do that yet", name};
        };
        addCommand(program, name, description + " (not in this version yet)", answer)->allow_extras();
    };
    add("match", "Find the parameters whose piece sounds like a reference, by SMC-P");
}

} // namespace chainsong
