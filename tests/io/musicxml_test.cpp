#include "engine/io/musicxml.h"
#include "engine/io/notation.h"
#include "tests/io/random_score.h"

#include <gmock/gmock.h>

#include <map>

namespace chainsong {
namespace {

using testing::HasSubstr;

/// A tag of an XML text, and the text right behind it.
struct Tag {
    std::string name;
    std::string attributes;
    std::string text;
    bool is_end = false;
    bool is_empty = false;
};

/// All tags of an XML text; fails the test where elements do not nest.
std::vector<Tag> tagsOf(const std::string& xml) {
    std::vector<Tag> tags;
    std::vector<std::string> open;
    for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
        const std::size_t end = xml.find('>', at);
        if (end == std::string::npos) {
            ADD_FAILURE() << "a tag has no end";
            return tags;
        }
        std::string inside = xml.substr(at + 1, end - at - 1);
        if (inside.starts_with('?') || inside.starts_with('!')) continue;
        Tag tag;
        tag.is_end = inside.starts_with('/');
        tag.is_empty = inside.ends_with('/');
        if (tag.is_end) inside.erase(0, 1);
        if (tag.is_empty) inside.pop_back();
        const std::size_t space = inside.find(' ');
        tag.name = inside.substr(0, space);
        tag.attributes = space == std::string::npos ? "" : inside.substr(space);
        tag.text = xml.substr(end + 1, xml.find('<', end) - end - 1);
        EXPECT_EQ(tag.text.find('>'), std::string::npos) << "unescaped";
        if (tag.is_end) {
            EXPECT_FALSE(open.empty());
            if (open.empty()) return tags;
            EXPECT_EQ(open.back(), tag.name);
            open.pop_back();
        } else if (!tag.is_empty) {
            open.push_back(tag.name);
        }
        tags.push_back(tag);
    }
    EXPECT_THAT(open, testing::IsEmpty());
    return tags;
}

/// Sums up each voice of each bar; every one must fill its bar.
void expectFullBars(const std::string& xml, const std::vector<NotatedBar>& bars, std::uint64_t seed) {
    std::size_t bar = 0;
    std::map<int, long> voice_sums;
    long duration = 0;
    int voice = 0;
    bool is_chord = false, is_note = false;
    for (const Tag& tag : tagsOf(xml)) {
        if (tag.name == "part" && !tag.is_end) bar = 0;
        if (tag.name == "note" && !tag.is_end) {
            is_note = true;
            is_chord = false;
        }
        if (tag.name == "chord") is_chord = true;
        if (tag.name == "duration" && !tag.is_end) duration = std::stol(tag.text);
        if (tag.name == "voice" && !tag.is_end) voice = std::stoi(tag.text);
        if (tag.name == "note" && tag.is_end && is_note && !is_chord) voice_sums[voice] += duration;
        if (tag.name == "backup" && tag.is_end) { ASSERT_EQ(duration, bars.at(bar).length.value); }
        if (tag.name == "measure" && tag.is_end) {
            ASSERT_TRUE(voice_sums.contains(1)) << "the first voice is always there";
            for (const auto& [number, sum] : voice_sums)
                ASSERT_EQ(sum, bars.at(bar).length.value)
                    << "bar " << bar + 1 << ", voice " << number << ", seed " << seed;
            voice_sums.clear();
            ++bar;
        }
    }
    ASSERT_EQ(bar, bars.size());
}

TEST(MusicXml, EachBarOfEachVoiceAddsUpInTwoHundredRandomScores) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Score score =
            test::randomScore(seed, {.max_tracks = 5, .max_notes_per_track = 40, .max_tick = 20'000});
        const auto xml = musicXml(score);
        ASSERT_TRUE(xml) << xml.error().what;
        Score on_grid = onNotationGrid(score);
        expectFullBars(*xml, notatedBars(on_grid), seed);
        if (HasFatalFailure()) return;
    }
}

TEST(MusicXml, NamesKeyMetreTempoClefInstrumentAndTiesOverBarLines) {
    Score score;
    score.title = "Waltz & <Trio>";
    score.tempos = {tempoAt({0}, 96)};
    score.metres = {{{0}, {3, 4}}};
    score.keys = {{{0}, {2, Mode::kMinor}}};
    score.markers = {{{0}, "chord:Dm7/A"}, {{1440}, "B"}};
    score.tracks.push_back(
        {.name = "Violin", .program = 40, .notes = {{{0}, {480}, 74, 90}, {{960}, {960}, 73, 90}}});
    score.tracks.push_back({.name = "Cello",
        .program = 42,
        .notes = {{{0}, {160}, 38, 80}, {{160}, {160}, 45, 80}, {{320}, {160}, 50, 80}}});
    score.tracks.push_back(
        {.name = "", .is_drums = true, .notes = {{{0}, {240}, 36, 80}, {{0}, {240}, 42, 80}}});
    score.end = {2880};
    const auto xml = musicXml(normalised(score));
    ASSERT_TRUE(xml);
    tagsOf(*xml);
    for (const char* part :
        {"<work-title>Waltz &amp; &lt;Trio&gt;</work-title>", "<fifths>-1</fifths>", "<mode>minor</mode>",
            "<beats>3</beats>", "<per-minute>96</per-minute>", "<sound tempo=\"96.0000\"/>", "<sign>F</sign>",
            "<sign>percussion</sign>", "<midi-program>41</midi-program>", "<midi-channel>10</midi-channel>",
            "<midi-unpitched>37</midi-unpitched>", "<tie type=\"start\"/>", "<tie type=\"stop\"/>",
            "<root-step>D</root-step>", "minor-seventh", "<bass-step>A</bass-step>",
            "<rehearsal>B</rehearsal>", "<chord/>", "<actual-notes>3</actual-notes>",
            "<part-name>drums</part-name>", "measure=\"yes\""})
        EXPECT_THAT(*xml, HasSubstr(part));
    EXPECT_THAT(*xml, HasSubstr("<step>C</step>\n          <alter>1</alter>"))
        << "the leading tone of D minor is C sharp";
}

TEST(MusicXml, AKeyboardHasTwoStaves) {
    Score score;
    score.tracks.push_back(
        {.name = "Piano", .program = 0, .notes = {{{0}, {1920}, 48, 90}, {{0}, {480}, 72, 90}}});
    const auto xml = musicXml(normalised(score));
    ASSERT_TRUE(xml);
    EXPECT_THAT(*xml, HasSubstr("<staves>2</staves>"));
    EXPECT_THAT(*xml, HasSubstr("<staff>2</staff>"));
}

TEST(MusicXml, RefusesWhatNobodyCouldPrint) {
    Score score;
    score.end = {50'000'000'000};
    EXPECT_THAT(writeMusicXml(score, "/tmp/never.musicxml").error().what, HasSubstr("too many for notation"));
}

} // namespace
} // namespace chainsong
