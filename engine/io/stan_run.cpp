#include "engine/io/stan_run.h"

#include "engine/base/numbers.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostChains = 1000;

/// "chain-2" before "chain-10": digits count as numbers.
bool comesBefore(const std::string& a, const std::string& b) {
    const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (!is_digit(a[i]) || !is_digit(b[j])) {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i, ++j;
            continue;
        }
        const auto number = [&](const std::string& text, std::size_t& at) {
            while (at + 1 < text.size() && text[at] == '0' && is_digit(text[at + 1])) ++at;
            const std::size_t from = at;
            while (at < text.size() && is_digit(text[at])) ++at;
            return text.substr(from, at - from);
        };
        const std::string first = number(a, i), second = number(b, j);
        if (first.size() != second.size()) return first.size() < second.size();
        if (first != second) return first < second;
    }
    return a.size() - i < b.size() - j;
}

} // namespace

Result<std::vector<std::string>> filesOfRun(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        std::error_code trouble;
        if (!fs::is_directory(path, trouble)) {
            files.push_back(path);
            continue;
        }
        std::vector<std::string> inside;
        for (const auto& entry : fs::directory_iterator(path, trouble))
            if (entry.path().extension() == ".csv" && entry.is_regular_file(trouble))
                inside.push_back(entry.path().string());
        if (trouble) return Error{"the folder cannot be read", path};
        if (inside.empty()) return Error{"the folder holds no .csv files", path};
        std::ranges::sort(inside, comesBefore);
        files.insert(files.end(), inside.begin(), inside.end());
    }
    if (files.empty()) return Error{"there is no file to read"};
    if (files.size() > kMostChains)
        return Error{"more than " + std::to_string(kMostChains) + " files are too many chains for one run"};
    return files;
}

bool isQuantity(std::string_view name) { return name == "lp__" || !name.ends_with("__"); }

double maxTreeDepthOf(const DrawsTable& chain) {
    for (const std::string& comment : chain.comments)
        for (const std::string_view setting : {"max_depth = ", "max_treedepth="})
            if (const std::size_t at = comment.find(setting); at != std::string::npos) {
                const std::string_view rest = std::string_view(comment).substr(at + setting.size());
                return parseNumber(rest.substr(0, rest.find(' '))).value_or(0);
            }
    return 0;
}

} // namespace chainsong
