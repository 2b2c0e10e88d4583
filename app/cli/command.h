#pragma once

#include "app/cli/console.h"
#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <string>

namespace CLI {
class App;
class Option;
class Validator;
} // namespace CLI

namespace chainsong {

/// As many as the machine runs at once, at most four.
int usualThreads();

/// What every command can be told.
struct CommonOptions {
    std::uint64_t seed = 1;
    int num_threads = usualThreads();
    bool wants_json = false;
};

/// What a command does once its options are read.
using Work = std::function<Status(const CommonOptions&, Console&)>;

/// The program while its command line is read: each command leaves its work here if it was the one that was
/// asked for.
struct Program {
    CLI::App& app;
    CommonOptions common{};
    Work chosen{};
};

/// A command with the common options; `work` is done if the user asks for it.
CLI::App* addCommand(Program& program, const std::string& name, const std::string& description, Work work);

/// Accepts numbers from `lowest` to `highest`, never "nan"; the locale is not asked.
CLI::Validator numberFrom(double lowest, double highest);

void addComposeCommand(Program& program);
void addResampleCommand(Program& program);
void addParseCommand(Program& program);
void addSampleCommand(Program& program);
void addDiagnoseCommand(Program& program);
void addRenderCommand(Program& program);
void addInspectCommand(Program& program);
void addModelCommands(Program& program);
void addIndexCommand(Program& program);
void addLatentCommands(Program& program);
void addDoctorCommand(Program& program);
void addComingCommands(Program& program);

} // namespace chainsong
