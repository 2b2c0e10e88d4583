#pragma once

#include "app/cli/console.h"
#include "engine/compose/request.h"

#include <string>

namespace chainsong {

/// The files that composing and resampling leave; an empty name means: not wanted.
struct Outputs {
    std::string midi_path;
    std::string wav_path;
    std::string musicxml_path;
    std::string picture_path;
    std::string draws_dir;
    std::string report_path;
    std::string library_path; // the report compares with this phrase library
};

/// "OUT.mid" as "OUT-2.mid" for the second of several pieces; unchanged for a single one.
std::string numberedPath(const std::string& path, int piece, int num_pieces);

/// An Error now is better than one after a minute of composing.
Status checkWritable(const Outputs& outputs, int num_pieces);

/// Writes every file that is wanted, each completely or not at all, and says what was written; with --json
/// the report. `prior` is the one that wrote the pieces: the report asks it why each note.
Status writeOutputs(const Outputs& outputs, const std::string& prompt, const ComposeResult& result,
    const Prior& prior, Console& console);

} // namespace chainsong
