#include "engine/base/atomic_file.h"
#include "engine/model/phrases/library_builder.h"
#include "engine/model/phrases/range_queryer.h"
#include "tests/phrases/pieces.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace chainsong {
namespace {

PhraseSource about(const std::string& title, const std::string& words) {
    return {title + ".mid", "folk", title, words, "CC0"};
}

/// Twenty reels and twenty waltzes; the melodies are random.
PhraseLibraryBuilder builderOfForty() {
    PhraseLibraryBuilder builder;
    for (std::uint64_t i = 0; i < 40; ++i) {
        const std::string title = (i % 2 == 0 ? "Reel " : "Waltz ") + std::to_string(i);
        const auto added = builder.add(melodies({randomKeys(64, i), randomKeys(48, 100 + i)}),
            about(title, i % 2 == 0 ? "reel, irish" : "waltz, viennese"));
        EXPECT_TRUE(added);
        EXPECT_GT(*added, 10);
    }
    return builder;
}

std::shared_ptr<const PhraseLibrary> opened(const std::string& path) {
    auto library = PhraseLibrary::open(path);
    EXPECT_TRUE(library) << sentence(library.error());
    return library ? *library : nullptr;
}

TEST(PhraseLibrary, GivesBackPhrasesVoicesAndWhereTheyComeFrom) {
    const TemporaryFile file("library");
    PhraseLibraryBuilder builder;
    const Score score = melodies({randomKeys(64, 1), randomKeys(64, 2)}, 3);
    ASSERT_TRUE(builder.add(score, about("A tune", "reel")));
    ASSERT_TRUE(builder.write(file.path()));
    const auto library = opened(file.path());
    ASSERT_TRUE(library);
    EXPECT_EQ(library->source(0), about("A tune", "reel"));
    auto voices = voicesOf(score);
    ASSERT_EQ(library->numVoices(), 2u);
    for (std::uint32_t v = 0; v < 2; ++v) {
        const Voice read = library->voice(v);
        EXPECT_EQ(read.program, voices[v].program);
        ASSERT_EQ(read.notes.size(), voices[v].notes.size());
        for (std::size_t i = 0; i < read.notes.size(); ++i)
            EXPECT_EQ(read.notes[i].key, voices[v].notes[i].key);
    }
    const auto phrases = phrasesOf(score, voices);
    ASSERT_EQ(library->numPhrases(), phrases.size());
    for (std::uint32_t p = 0; p < phrases.size(); ++p) EXPECT_EQ(library->phrase(p), phrases[p].phrase);
}

TEST(PhraseLibrary, APieceAddedLaterIsFoundAndNothingIsTwice) {
    const TemporaryFile file("grown");
    PhraseLibraryBuilder builder = builderOfForty();
    ASSERT_TRUE(builder.write(file.path()));
    const auto before = opened(file.path());
    PhraseLibraryBuilder more(*before, {});
    EXPECT_TRUE(more.has("Reel 0.mid"));
    EXPECT_FALSE(more.has("Late.mid"));
    const Score late = melodies({randomKeys(64, 777)});
    ASSERT_TRUE(more.add(late, about("Late", "march")));
    ASSERT_TRUE(more.write(file.path()));
    const auto after = opened(file.path());
    EXPECT_EQ(after->numSources(), before->numSources() + 1);
    PhraseQuestion question;
    question.melody = embedMelody(*phraseAt(late, voicesOf(late).front(), 2, 2));
    question.melody_radius = 0.001f;
    const auto found = RangeQueryer(after).ask(question);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(after->source(after->sourceOf(found[0].id)).title, "Late");
    EXPECT_EQ(after->phrase(found[0].id).first_bar, 2);
    EXPECT_EQ(before->phrase(5), after->phrase(5)); // the old file's mapping stays as it was
}

TEST(RangeQueryer, FindsByMelodyInAnotherKeyWhatBruteForceFinds) {
    const TemporaryFile file("melody");
    PhraseLibraryBuilder builder = builderOfForty();
    ASSERT_TRUE(builder.write(file.path()));
    const auto library = opened(file.path());
    const Score score = melodies({randomKeys(64, 6)}, 4);
    PhraseQuestion question;
    question.melody = embedMelody(*phraseAt(score, voicesOf(score).front(), 0, 2));
    question.melody_radius = 4;
    question.most = 0;
    const auto found = RangeQueryer(library).ask(question);
    ASSERT_FALSE(found.empty());
    EXPECT_LT(found.front().melody_distance, 1e-3f);
    EXPECT_EQ(library->source(library->sourceOf(found.front().id)).title, "Reel 6");
    std::size_t expected = 0;
    for (std::uint32_t p = 0; p < library->numPhrases(); ++p)
        expected += IndexTree::distance(*question.melody, embedMelody(library->phrase(p))) <= 4 ? 1 : 0;
    EXPECT_EQ(found.size(), expected);
}

TEST(RangeQueryer, WordsFindTheirPiecesAndEachPieceHasItsTurn) {
    const TemporaryFile file("words");
    PhraseLibraryBuilder builder = builderOfForty();
    ASSERT_TRUE(builder.write(file.path()));
    const auto library = opened(file.path());
    PhraseQuestion question;
    question.text = embedText("an irish reel");
    question.most = 20;
    const auto found = RangeQueryer(library).ask(question);
    ASSERT_EQ(found.size(), 20u);
    std::set<std::uint32_t> sources;
    for (const FoundPhrase& one : found) {
        sources.insert(library->sourceOf(one.id));
        EXPECT_EQ(library->source(library->sourceOf(one.id)).words, "reel, irish");
    }
    EXPECT_EQ(sources.size(), 20u);
    question.melody = embedMelody(library->phrase(library->phrasesOfSource(1).first)); // a waltz's
    question.melody_radius = 0.01f;
    EXPECT_TRUE(RangeQueryer(library).ask(question).empty()); // near in melody, but no reel
    question.text.reset();
    EXPECT_EQ(RangeQueryer(library).ask(question).size(), 1u);
}

TEST(PhraseLibrary, DrumsAndSilenceGiveNoPhrase) {
    PhraseLibraryBuilder builder;
    Score drums = melodies({randomKeys(32, 1)});
    drums.tracks[0].is_drums = true;
    const auto none = builder.add(drums, about("Drums", ""));
    ASSERT_TRUE(none);
    EXPECT_EQ(*none, 0);
    EXPECT_EQ(*builder.add(Score{}, about("Silence", "")), 0);
    EXPECT_EQ(builder.numSources(), 0u);
}

TEST(PhraseLibrary, CutForeignAndBrokenFilesAreRefusedWithASentenceOrHarmless) {
    const TemporaryFile file("broken");
    PhraseLibraryBuilder builder = builderOfForty();
    ASSERT_TRUE(builder.write(file.path()));
    const auto bytes = *readWholeFile(file.path(), 1 << 26);
    const auto overwrite = [&](const std::vector<std::uint8_t>& content) { // nothing is mapped at this time
        std::ofstream(file.path(), std::ios::binary)
            .write(
                reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    };
    const auto refuses = [&](std::vector<std::uint8_t> content, const std::string& why) {
        overwrite(content);
        const auto library = PhraseLibrary::open(file.path());
        ASSERT_FALSE(library) << why;
        EXPECT_FALSE(library.error().what.empty());
        EXPECT_EQ(library.error().where, file.path());
    };
    for (std::size_t size = 1; size < bytes.size(); size += bytes.size() / 50)
        refuses({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)},
            "cut at " + std::to_string(size));
    auto longer = bytes;
    longer.push_back(0);
    refuses(longer, "a byte too many");
    auto newer = bytes;
    newer[8] = 9;
    refuses(newer, "a newer version");
    refuses(std::vector<std::uint8_t>(500, 'x'), "foreign");
    EXPECT_FALSE(PhraseLibrary::open(file.path() + "-absent"));
    EXPECT_FALSE(PhraseLibrary::open("/dev/null"));

    Rng rng(3);
    for (int trial = 0; trial < 200; ++trial) {
        auto broken = bytes;
        for (int i = 0; i < 40; ++i)
            broken[rng.below(broken.size())] = static_cast<std::uint8_t>(rng.below(256));
        overwrite(broken);
        const auto library = PhraseLibrary::open(file.path());
        if (!library) continue;
        PhraseQuestion question;
        question.melody = MelodyVector{};
        question.text = embedText("reel");
        for (const FoundPhrase& one : RangeQueryer(*library).ask(question)) (*library)->phrase(one.id);
        for (std::uint32_t p = 0; p < (*library)->numPhrases(); ++p) embedMelody((*library)->phrase(p));
        for (std::uint32_t v = 0; v < (*library)->numVoices(); ++v) (*library)->voice(v);
        for (std::uint32_t s = 0; s < (*library)->numSources(); ++s) (*library)->source(s);
    }
}

} // namespace
} // namespace chainsong
