#include "tests/prompt/shares.h"

#include "engine/base/text.h"
#include "engine/model/prompt/parser.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace chainsong {
namespace {

constexpr std::array<std::string_view, 11> kObjective{"key", "mode", "metre", "tempo_bpm", "tempo_range",
    "bars", "seconds", "instruments", "without", "voices", "octaves"};
constexpr std::array<std::string_view, 4> kSubjective{"style", "mood", "energy", "density"};
constexpr double kImplied = 0.6; // what only follows from a style or from "short" is no surer than this

using Fields = std::map<std::string, std::string, std::less<>>;

Fields fieldsOf(const std::string& text) {
    Fields fields;
    for (const std::string& part : split(text, ';')) {
        const std::string field(trimmed(part));
        const std::size_t equals = field.find('=');
        if (equals != std::string::npos) fields[field.substr(0, equals)] = field.substr(equals + 1);
    }
    return fields;
}

std::string fieldOf(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
}

/// Names left out have no order among themselves.
std::string sortedIf(bool is_set, const std::string& list) {
    if (!is_set) return list;
    std::vector<std::string> names = split(list, ',');
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
    return text;
}

void count(Share& share, bool is_right) {
    ++share.num_all;
    share.num_right += is_right;
}

void countObjective(Shares& shares, const PromptCase& one, const ParsedPrompt& parsed, const Fields& wanted,
    const Fields& read) {
    for (const std::string_view name : kObjective) {
        const std::string want = fieldOf(wanted, name);
        const std::string got = sortedIf(name == "without", fieldOf(read, name));
        bool is_right = false;
        bool may_be_absent = want.empty();
        for (const std::string& choice : split(want, '|')) {
            may_be_absent = may_be_absent || choice == "-";
            is_right = is_right || (!got.empty() && sortedIf(name == "without", choice) == got);
        }
        if (got.empty() && may_be_absent) continue;
        const Chip* chip = findChip(parsed.chips, name);
        if (want.empty() && chip->confidence <= kImplied) continue;
        count(shares.objective, is_right);
        if (!is_right)
            shares.misses.push_back(one.prompt + ": " + std::string(name) + "=" + want + ", read " + got);
    }
}

void countSubjective(Shares& shares, const PromptCase& one, const Fields& wanted, const Fields& read) {
    std::set<std::string> tags;
    for (const std::string_view name : kSubjective)
        for (const std::string& value : split(fieldOf(read, name), ','))
            if (!value.empty()) tags.insert(std::string(name) + ":" + value);
    for (const std::string_view name : kSubjective)
        for (const std::string& want : split(fieldOf(wanted, name), ',')) {
            bool is_right = want.empty();
            bool may_be_absent = want.empty();
            for (const std::string& choice : split(want, '|')) {
                const bool is_named = choice.find(':') != std::string::npos;
                may_be_absent = may_be_absent || choice == "-";
                is_right = is_right || tags.erase(is_named ? choice : std::string(name) + ":" + choice) > 0;
            }
            if (want.empty() || (!is_right && may_be_absent)) continue;
            count(shares.subjective, is_right);
            if (!is_right) shares.misses.push_back(one.prompt + ": " + std::string(name) + "=" + want);
        }
    for (const std::string& tag : tags) {
        count(shares.subjective, false);
        shares.misses.push_back(one.prompt + ": nobody asked for " + tag);
    }
}

} // namespace

void addTo(Shares& shares, const PromptCase& one) {
    const ParsedPrompt parsed = parsePrompt(one.prompt);
    const Fields wanted = fieldsOf(one.expected);
    const Fields read = fieldsOf(asText(parsed));
    countObjective(shares, one, parsed, wanted, read);
    countSubjective(shares, one, wanted, read);
    const std::string notice = fieldOf(wanted, "notice");
    if (notice == "-") return;
    const bool is_right = parsed.notices.empty() == notice.empty();
    count(shares.notices, is_right);
    if (!is_right)
        shares.misses.push_back(one.prompt + ": "
            + (notice.empty() ? "tells for no reason " + parsed.notices[0] : "tells nothing"));
}

} // namespace chainsong
