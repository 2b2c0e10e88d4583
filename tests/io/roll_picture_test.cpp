#include "engine/base/atomic_file.h"
#include "engine/io/roll_picture.h"
#include "tests/io/random_score.h"
#include "tests/io/temporary_folder.h"

#include <gmock/gmock.h>
#include <png.h>
#include <set>

namespace chainsong {
namespace {

/// A picture in memory, as a viewer reads it.
struct Pixels {
    unsigned width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
    std::size_t numColours() const {
        std::set<std::uint32_t> colours;
        for (std::size_t i = 0; i < rgba.size(); i += 4)
            colours.insert(static_cast<std::uint32_t>(rgba[i]) << 16
                | static_cast<std::uint32_t>(rgba[i + 1]) << 8 | rgba[i + 2]);
        return colours.size();
    }
};
Pixels decoded(const std::vector<std::uint8_t>& png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    Pixels pixels;
    if (!png_image_begin_read_from_memory(&image, png.data(), png.size())) return pixels;
    image.format = PNG_FORMAT_RGBA;
    pixels.width = image.width;
    pixels.height = image.height;
    pixels.rgba.resize(PNG_IMAGE_SIZE(image));
    png_image_finish_read(&image, nullptr, pixels.rgba.data(), 0, nullptr);
    return pixels;
}

TEST(RollPicture, ShowsTheNotesAndIsTheSameForTheSameScore) {
    Score score;
    score.title = "A piece";
    score.tracks.push_back({.name = "violin", .notes = {{{0}, {480}, 72, 90}}});
    score.end = {7680};
    const Pixels with = decoded(rollPicture(score));
    EXPECT_EQ(with.width, 1400u);
    EXPECT_EQ(with.height, 700u);
    EXPECT_EQ(rollPicture(score), rollPicture(score));
    Score louder = score;
    louder.tracks[0].notes[0].velocity_127 = 20;
    EXPECT_NE(rollPicture(louder), rollPicture(score)) << "velocity is seen";
    EXPECT_NE(rollPicture(score, {.is_dark = true}), rollPicture(score));
    score.tracks[0].notes.clear();
    EXPECT_GT(with.numColours(), decoded(rollPicture(score)).numColours());
}

TEST(RollPicture, DrawsWhateverAScoreHolds) {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        EXPECT_EQ(decoded(rollPicture(test::randomScore(seed), {500, 300})).width, 500u);
    EXPECT_EQ(decoded(rollPicture({})).height, 700u) << "the empty score";
    Score ages;
    ages.tracks.push_back({.name = "late", .notes = {{{kMaxMidiTick.value - 10}, {10}, 127, 1}}});
    ages.metres = {{{0}, {1, 64}}};
    EXPECT_EQ(decoded(rollPicture(normalised(ages), {1, 99999})).width, 320u)
        << "two years in bars of 1/64, and silly sizes";
}

TEST(RollPicture, IsWrittenCompletelyOrNotAtAll) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeRollPicture(test::randomScore(1), folder.file("a.png")));
    EXPECT_EQ(decoded(*readWholeFile(folder.file("a.png"), 1 << 24)).width, 1400u);
    EXPECT_FALSE(writeRollPicture({}, folder.path()));
    EXPECT_EQ(folder.numFiles(), 1u);
}

} // namespace
} // namespace chainsong
