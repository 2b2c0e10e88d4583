#include "engine/model/corpus.h"

#include "engine/base/text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

bool isWanted(const std::string& part, const std::vector<std::string>& parts)
{
    return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
}

bool isMidi(const fs::path& path)
{
    const std::string ending = lowerAscii(path.extension().string());
    return ending == ".mid" || ending == ".midi";
}

void readTable(const fs::path& folder, std::vector<CorpusPiece>& pieces)
{
    std::ifstream table(folder / "metadata.csv");
    std::string line;
    std::map<std::string, std::size_t> column;
    while (std::getline(table, line)) {
        const auto cells = csvCells(line);
        if (column.empty()) {
            for (std::size_t i = 0; i < cells.size(); ++i) column[cells[i]] = i;
            continue;
        }
        const auto cell = [&](const char* name) {
            const auto at = column.find(name);
            return at == column.end() || at->second >= cells.size() ? std::string() : cells[at->second];
        };
        const fs::path named = cell("path");
        if (named.empty()) continue;
        CorpusPiece piece;
        piece.path = (folder / named.filename()).string();  // a table cannot lead out of its folder
        piece.part = folder.filename().string();
        if (const std::string split_name = cell("split"); !split_name.empty()) piece.split = split_name;
        piece.tempo_word = cell("tempo_word");
        piece.licence = cell("licence");
        for (std::string& tag : split(cell("tags"), ';'))
            if (!tag.empty()) piece.tags.push_back(std::move(tag));
        pieces.push_back(std::move(piece));
    }
}

void listFiles(const fs::path& folder, std::vector<CorpusPiece>& pieces)
{
    std::vector<std::string> paths;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored) && isMidi(entry.path())) paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    for (std::size_t i = 0; i < paths.size(); ++i)
        pieces.push_back({ paths[i], folder.filename().string(), i % 20 == 19 ? "valid" : "train", "", "", {} });
}

}  // namespace

std::vector<std::string> csvCells(const std::string& line)
{
    std::vector<std::string> cells(1);
    bool is_quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && is_quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += '"';
            ++i;
        } else if (c == '"') {
            is_quoted = !is_quoted;
        } else if (c == ',' && !is_quoted) {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

Result<std::vector<CorpusPiece>> listCorpus(const std::string& corpus_dir, const std::vector<std::string>& parts)
{
    std::error_code failed;
    std::vector<fs::path> folders { fs::path(corpus_dir) };
    for (fs::recursive_directory_iterator it(corpus_dir, fs::directory_options::skip_permission_denied, failed), end; it != end && !failed;
         it.increment(failed))
        if (it->is_directory()) folders.push_back(it->path());
    if (failed) return Error { "the corpus folder cannot be read: " + failed.message(), corpus_dir };
    std::sort(folders.begin(), folders.end());

    std::vector<CorpusPiece> pieces;
    for (const fs::path& folder : folders) {
        if (!isWanted(folder.filename().string(), parts)) continue;
        if (fs::exists(folder / "metadata.csv", failed))
            readTable(folder, pieces);
        else
            listFiles(folder, pieces);
    }
    if (pieces.empty()) return Error { "there are no MIDI files to learn from in this folder", corpus_dir };
    return pieces;
}

}  // namespace chainsong
