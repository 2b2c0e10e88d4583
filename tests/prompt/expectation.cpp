#include "tests/prompt/expectation.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <algorithm>
#include <fstream>
#include <map>

namespace chainsong {
namespace {

std::string valueText(const ChipValue& value) {
    if (const auto* word = std::get_if<std::string>(&value)) return *word;
    if (const auto* number = std::get_if<double>(&value)) return formatNumber(*number);
    if (const auto* range = std::get_if<std::pair<double, double>>(&value))
        return formatNumber(range->first) + ".." + formatNumber(range->second);
    std::string text;
    for (const std::string& name : std::get<std::vector<std::string>>(value))
        text += (text.empty() ? "" : ",") + name;
    return text;
}

std::string joinedSorted(std::vector<std::string> parts, const char* joint) {
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : joint) + part;
    return text;
}

} // namespace

std::string asText(const ParsedPrompt& parsed) {
    std::map<std::string, std::string> fields;
    const auto add = [&](const std::string& name, const std::string& value) {
        fields[name] += (fields[name].empty() ? "" : ",") + value;
    };
    for (const Chip& chip : parsed.chips) add(chip.name, valueText(chip.value));
    const std::u32string text = decodeUtf8(parsed.prompt);
    for (const TextSpan& span : parsed.not_understood)
        add("unknown",
            encodeUtf8(std::u32string_view(text).substr(static_cast<std::size_t>(span.first),
                static_cast<std::size_t>(span.past_last - span.first))));
    std::vector<std::string> parts;
    for (const auto& [name, value] : fields) parts.push_back(name + "=" + value);
    return inOrder(joinedSorted(parts, "; "));
}

std::string inOrder(const std::string& expectation) {
    std::vector<std::string> parts;
    for (const std::string& part : split(expectation, ';')) {
        const std::string field(trimmed(part));
        const std::size_t equals = field.find('=');
        if (equals == std::string::npos) continue;
        // Styles and moods have no order; instruments do.
        const std::string name = field.substr(0, equals);
        const bool is_set = name == "style" || name == "mood" || name == "without";
        const std::string value = field.substr(equals + 1);
        parts.push_back(name + "=" + (is_set ? joinedSorted(split(value, ','), ",") : value));
    }
    return joinedSorted(parts, "; ");
}

std::vector<PromptCase> readCases(const std::string& path) {
    std::vector<PromptCase> cases;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::size_t tab = line.find('\t');
        if (line.empty() || line[0] == '#' || tab == std::string::npos) continue;
        cases.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }
    return cases;
}

} // namespace chainsong
