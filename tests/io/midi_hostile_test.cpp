#include "engine/io/midi_file.h"
#include "tests/io/hostile_midi.h"
#include "tests/io/random_score.h"

#include <gmock/gmock.h>

#include <cctype>

namespace chainsong::test {

/// How the table's row is called in the list of tests.
void PrintTo(const HostileMidi& file, std::ostream* out) { *out << file.name; }

} // namespace chainsong::test

namespace chainsong {
namespace {

using testing::Contains;
using testing::HasSubstr;

class HostileMidi : public testing::TestWithParam<test::HostileMidi> { };

TEST_P(HostileMidi, IsAnsweredInASentence) {
    const test::HostileMidi& file = GetParam();
    const Result<MidiReading> reading = readMidi(file.bytes, "hostile.mid");
    if (!file.error.empty()) {
        ASSERT_FALSE(reading);
        EXPECT_THAT(sentence(reading.error()), HasSubstr(file.error));
        EXPECT_EQ(reading.error().where, "hostile.mid");
        return;
    }
    ASSERT_TRUE(reading) << sentence(reading.error());
    if (file.num_notes >= 0) {
        EXPECT_EQ(numNotes(reading->score), static_cast<std::size_t>(file.num_notes));
    }
    if (!file.notice.empty()) { EXPECT_THAT(reading->notices, Contains(HasSubstr(file.notice))); }
    // What was read is a sound score, and one pass is enough to make it stable.
    EXPECT_EQ(test::difference(normalised(reading->score), reading->score), "");
    const Result<MidiReading> again = readMidi(writeMidi(reading->score), "again");
    ASSERT_TRUE(again) << sentence(again.error());
    EXPECT_EQ(test::difference(again->score, reading->score), "");
}

std::string testName(const testing::TestParamInfo<test::HostileMidi>& info) {
    std::string name;
    for (const char c : info.param.name) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
}
INSTANTIATE_TEST_SUITE_P(Table, HostileMidi, testing::ValuesIn(test::hostileMidi()), testName);

TEST(HostileMidiFile, EveryTruncationOfAFileIsAnswered) {
    const auto bytes = writeMidi(test::randomScore(3));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const auto reading = readMidi(std::span(bytes).first(length), "cut.mid");
        EXPECT_TRUE(reading || !reading.error().what.empty());
    }
}

TEST(HostileMidiFile, FoldersDevicesAndAbsentFilesAreNamed) {
    EXPECT_THAT(sentence(readMidiFile("/").error()), HasSubstr("folder"));
    EXPECT_THAT(sentence(readMidiFile("/dev/zero").error()), HasSubstr("device"));
    EXPECT_THAT(
        sentence(readMidiFile("/nowhere.mid").error()), HasSubstr("/nowhere.mid: there is no such file"));
}

TEST(HostileMidiFile, TextsBecomeLabels) {
    using test::operator+;
    const auto reading = readMidi(test::header()
            + test::track(test::Bytes{0, 0xFF, 0x03, 5, 'D', 0xFC, 'r', 7, 'x'} + test::kNote + test::kEnd),
        "label");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->score.title, "Dürx") << "Latin-1 is understood, control characters are not shown";
}

} // namespace
} // namespace chainsong
