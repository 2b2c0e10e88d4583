#include "app/cli/wishes.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"
#include "engine/compose/remember.h"
#include "engine/jobs/loader.h"
#include "engine/model/prompt/parser.h"
#include "engine/music/instruments.h"

#include <CLI/CLI.hpp>

namespace chainsong {
namespace {

/// A CLI11 check made of one of our readers: its Error becomes the sentence.
template <class Read> CLI::Validator checkedBy(Read read, std::string what) {
    return CLI::Validator(
        [read](std::string& text) {
            const auto value = read(text);
            return value ? std::string() : sentence(value.error());
        },
        std::move(what));
}

Error notA(std::string_view what, std::string_view text) {
    return {"\"" + cleanLabel(text) + "\" is no " + std::string(what)};
}

/// The two sides of "A-B"; note names may have a minus of their own ("C-1-C4").
std::pair<std::string_view, std::string_view> halves(std::string_view text) {
    const std::size_t dash = text.find('-', text.find_first_of("0123456789"));
    if (dash == std::string_view::npos || dash == 0) return {trimmed(text), trimmed(text)};
    return {trimmed(text.substr(0, dash)), trimmed(text.substr(dash + 1))};
}

Result<int> parseCount(std::string_view text, std::string_view what) {
    constexpr std::int64_t kMost = 100'000;
    const auto value = parseInteger(text);
    if (!value || *value < 1 || *value > kMost) return notA(what, text);
    return static_cast<int>(*value);
}

Result<int> parseMidiKey(std::string_view text) {
    if (const auto number = parseInteger(text); number && *number >= 0 && *number <= 127)
        return static_cast<int>(*number);
    return parseNoteName(text);
}

} // namespace

CLI::Validator aKey() { return checkedBy(parseKey, "like \"D minor\""); }
CLI::Validator aMetre() { return checkedBy(parseMetre, "like 3/4"); }
CLI::Validator instrumentNames() { return checkedBy(parseInstruments, "like \"piano, cello\""); }
CLI::Validator constraintSpecs() { return checkedBy(parseConstraint, "like range:C3-C5"); }
CLI::Validator barRanges() { return checkedBy(parseBarRange, "like 5-8"); }
CLI::Validator trackNumbers() { return checkedBy(parseTrackNumbers, "like 1,3"); }
CLI::Validator pitchRanges() { return checkedBy(parsePitchRange, "like C4-C6"); }

Result<std::vector<std::string>> parseInstruments(std::string_view text) {
    std::vector<std::string> names;
    for (const std::string& part : split(text, ',')) {
        std::string name = lowerAscii(trimmed(part));
        if (name != kDrumsName && !programOf(name))
            return Error{"no instrument is called \"" + cleanLabel(name, 40) + "\""};
        names.push_back(std::move(name));
    }
    return names;
}

Result<std::pair<int, int>> parseBarRange(std::string_view text) {
    const auto [left, right] = halves(text);
    const auto first = parseCount(left, "range of bars");
    const auto last = parseCount(right, "range of bars");
    if (!first || !last || *last < *first) return notA("range of bars", text);
    return std::pair(*first - 1, *last);
}

Result<std::vector<int>> parseTrackNumbers(std::string_view text) {
    std::vector<int> tracks;
    for (const std::string& part : split(text, ',')) {
        const auto number = parseCount(trimmed(part), "track number");
        if (!number) return number.error();
        tracks.push_back(*number - 1);
    }
    return tracks;
}

Result<std::pair<int, int>> parsePitchRange(std::string_view text) {
    const auto [left, right] = halves(text);
    const auto lowest = parseMidiKey(left);
    const auto highest = parseMidiKey(right);
    if (!lowest || !highest || *highest < *lowest) return notA("range of pitches", text);
    return std::pair(*lowest, *highest);
}

Result<std::vector<Constraint>> parseConstraints(const std::vector<std::string>& specs) {
    std::vector<Constraint> constraints;
    for (const std::string& spec : specs) {
        auto constraint = parseConstraint(spec);
        if (!constraint) return constraint.error();
        constraints.push_back(*std::move(constraint));
    }
    return constraints;
}

Result<std::vector<RememberedPhrase>> rememberFrom(const std::string& library_path, const std::string& prompt,
    const std::vector<Chip>& edited_chips, const Score* melody) {
    if (library_path.empty()) return std::vector<RememberedPhrase>();
    auto library = openLibrary(library_path);
    if (!library) return library.error();
    return rememberedFor(
        RangeQueryer(*std::move(library)), prompt, merged(parsePrompt(prompt).chips, edited_chips), melody);
}

} // namespace chainsong
