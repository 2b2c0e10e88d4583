#pragma once

#include "engine/base/result.h"
#include "engine/music/score.h"

#include <functional>
#include <string>
#include <vector>

namespace chainsong {

/// How a MIDI file becomes a score. The model knows no files; whoever trains hands it engine/io's reader.
using ReadScore = std::function<Result<Score>(const std::string& path)>;

/// One piece of a training corpus: where it lies and what its metadata table says of it.
struct CorpusPiece {
    std::string path;
    std::string part;  // the folder: "folk-dance"
    std::string split = "train";  // "train", "valid" or "test"
    std::string tempo_word;
    std::string licence;  // of the data, as the table names it
    std::vector<std::string> tags;  // words a user could say: "waltz", "irish"
};

/// All MIDI files below a folder, in order of their paths. A folder with a metadata.csv (columns path, part, split,
/// tempo_word, licence, tags, at least path) is read by that table; without one, every *.mid and *.midi is a piece, its part is
/// the folder's name, and each twentieth piece is for validation. Fails if the folder cannot be read or holds no piece.
Result<std::vector<CorpusPiece>> listCorpus(const std::string& corpus_dir, const std::vector<std::string>& parts);

/// The cells of one line of comma-separated values, quotes undone.
std::vector<std::string> csvCells(const std::string& line);

}  // namespace chainsong
