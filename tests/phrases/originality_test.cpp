#include "engine/base/atomic_file.h"
#include "engine/model/phrases/library_builder.h"
#include "engine/model/phrases/originality.h"
#include "tests/phrases/pieces.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

/// The slow way: every pair of places in two voices.
int longestSharedRun(const Voice& a, const Voice& b) {
    const auto x = runStepsOf(a), y = runStepsOf(b);
    std::size_t longest = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t j = 0; j < y.size(); ++j) {
            std::size_t n = 0;
            while (i + n < x.size() && j + n < y.size() && x[i + n] == y[j + n]) ++n;
            longest = std::max(longest, n);
        }
    return longest > 0 ? static_cast<int>(longest) + 1 : 0;
}

TEST(Runs, ARollingHashIsTheHashOfEachStretch) {
    const auto steps = runStepsOf(voicesOf(melodies({randomKeys(40, 3)})).front());
    const auto hashes = gramHashes(steps, 8);
    ASSERT_EQ(hashes.size(), steps.size() - 7);
    for (std::size_t i = 0; i < hashes.size(); ++i)
        EXPECT_EQ(hashes[i], gramHash(std::span(steps).subspan(i, 8)));
    EXPECT_TRUE(gramHashes(steps, 40).empty());
    EXPECT_TRUE(gramHashes({}, 1).empty());
}

TEST(HashFilter, FindsAllThatIsInAndFewOthers) {
    for (const std::size_t count : {1, 2, 10, 1000, 60'000}) {
        Rng rng(count);
        std::vector<std::uint64_t> hashes;
        for (std::size_t i = 0; i < count; ++i) hashes.push_back(rng());
        hashes.push_back(hashes.front());
        const HashFilter filter = HashFilter::of(hashes);
        EXPECT_EQ(filter.size(), count);
        for (const std::uint64_t hash : hashes) ASSERT_TRUE(filter.contains(hash));
        constexpr int kOthers = 100'000;
        int found = 0;
        for (int i = 0; i < kOthers; ++i) found += filter.contains(rng()) ? 1 : 0;
        const double expected = kOthers * HashFilter::kFalsePositiveRate;
        EXPECT_NEAR(found, expected, 5 * std::sqrt(expected)); // five standard errors
        EXPECT_TRUE(HashFilter::from(filter.size(), filter.seed(), filter.fingerprints()));
        EXPECT_FALSE(HashFilter::from(filter.size() * 3 + 50, filter.seed(), filter.fingerprints()));
    }
    EXPECT_FALSE(HashFilter::of({}).contains(0));
}

TEST(Originality, TheLongestSharedRunIsFoundInAnotherKeyAndItsPieceNamed) {
    const TemporaryFile file("originality");
    PhraseLibraryBuilder builder;
    std::vector<Voice> known;
    for (std::uint64_t i = 0; i < 12; ++i) {
        const Score score = melodies({randomKeys(60, i), randomKeys(60, 50 + i)});
        ASSERT_TRUE(builder.add(score, {std::to_string(i), "", "Tune " + std::to_string(i), "", ""}));
        for (const Voice& voice : voicesOf(score)) known.push_back(voice);
    }
    ASSERT_TRUE(builder.write(file.path()));
    const auto library = PhraseLibrary::open(file.path());
    ASSERT_TRUE(library);

    std::vector<int> keys = randomKeys(20, 1000);
    const auto copied = randomKeys(60, 54); // the second voice of tune 4
    keys.insert(keys.end(), copied.begin() + 10, copied.begin() + 27); // 17 notes
    const auto rest = randomKeys(20, 1001);
    keys.insert(keys.end(), rest.begin(), rest.end());
    const Score piece = melodies({keys, randomKeys(50, 1002)}, -5);
    const Originality originality = originalityOf(piece, nullptr, library->get());
    ASSERT_EQ(originality.voices.size(), 2u);
    EXPECT_FALSE(originality.has_training);
    for (std::size_t v = 0; v < 2; ++v) {
        int expected = 0;
        for (const Voice& other : known)
            expected = std::max(expected, longestSharedRun(voicesOf(piece)[v], other));
        EXPECT_EQ(originality.voices[v].library.longest_run_notes, expected);
    }
    EXPECT_GE(originality.voices[0].library.longest_run_notes, 17);
    EXPECT_LT(originality.voices[1].library.longest_run_notes, 8);
    ASSERT_TRUE(originality.voices[0].place);
    EXPECT_EQ(originality.voices[0].place->source.title, "Tune 4");
    EXPECT_EQ(originality.voices[0].place->track, 1);
    EXPECT_GT(originality.voices[0].library.reused_unit, 0.1);
    EXPECT_EQ(originality.voices[1].library.reused_unit, 0.0);
}

TEST(Originality, AVoiceIsNotNewToItselfAndSilenceSharesNothing) {
    const TemporaryFile file("itself");
    PhraseLibraryBuilder builder;
    const Score score = melodies({randomKeys(60, 1)});
    ASSERT_TRUE(builder.add(score, {}));
    ASSERT_TRUE(builder.write(file.path()));
    const auto library = *PhraseLibrary::open(file.path());
    const SharedRuns shared = sharedRuns(voicesOf(score).front(), *library);
    EXPECT_EQ(shared.longest_run_notes, 60);
    EXPECT_EQ(shared.reused_unit, 1.0);
    EXPECT_EQ(sharedRuns(Voice{}, *library), SharedRuns{});
    EXPECT_TRUE(originalityOf(Score{}, nullptr, library.get()).voices.empty());
}

/// A corpus in memory: paths that exist, scores that a map holds.
class KnownRunsOfACorpus : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(m_folder);
        std::ofstream table(m_folder / "metadata.csv");
        table << "path,part,split\n";
        for (std::uint64_t i = 0; i < 20; ++i) {
            const std::string name = std::to_string(i) + ".mid";
            table << "x/" << name << ",x," << (i < 16 ? "train" : "valid") << "\n";
            m_scores[name] = melodies({randomKeys(60, i)});
        }
        table << "x/broken.mid,x,train\n";
        std::vector<int> quoting = randomKeys(60, 2000);
        const auto quoted = randomKeys(60, 3);
        std::copy(quoted.begin(), quoted.begin() + 30, quoting.begin());
        m_scores["19.mid"] = melodies({quoting}, 2);
        m_options.corpus_dir = m_folder;
        m_options.read_score = [this](const std::string& path) -> Result<Score> {
            const auto found = m_scores.find(fs::path(path).filename());
            if (found == m_scores.end()) return Error{"is broken", path};
            return found->second;
        };
    }
    void TearDown() override { fs::remove_all(m_folder); }

    fs::path m_folder = fs::temp_directory_path() / ("chainsong-runs-" + std::to_string(::getpid()));
    std::map<std::string, Score> m_scores;
    RunsOptions m_options;
};

TEST_F(KnownRunsOfACorpus, WhatWasLearntIsKnownAndHeldOutMusicIsTheYardstick) {
    auto learnt = learnRuns(m_options, {}, {});
    ASSERT_TRUE(learnt) << sentence(learnt.error());
    ASSERT_EQ(learnt->skipped.size(), 1u);
    EXPECT_NE(learnt->skipped[0].find("broken.mid"), std::string::npos);
    const KnownRuns& runs = learnt->runs;
    EXPECT_EQ(runs.numPieces(), 17);
    EXPECT_EQ(runs.numGrams(), 16u * (60 - 8));
    const auto voice = [](std::uint64_t seed, int key) {
        return voicesOf(melodies({randomKeys(60, seed)}, key)).front();
    };
    EXPECT_EQ(runs.compare(voice(5, 3)).longest_run_notes, 60);
    EXPECT_EQ(runs.compare(voice(5, 3)).reused_unit, 1.0);
    EXPECT_LE(runs.compare(voice(900, 0)).longest_run_notes, 10); // a false alarm in 256 at most
    ASSERT_EQ(runs.human().size(), 2u);
    EXPECT_EQ(runs.human()[0].part, "all");
    EXPECT_EQ(runs.human()[0].num_voices, 4);
    EXPECT_EQ(runs.human()[0].longest_run_median, 8.0);
    EXPECT_NEAR(runs.human()[0].reused_unit, 22.0 / 52 / 4, 0.02); // one of four quotes 30 notes
}

TEST_F(KnownRunsOfACorpus, TheFileSaysTheSameAndDamageIsRefused) {
    const auto learnt = learnRuns(m_options, {}, {});
    ASSERT_TRUE(learnt);
    const TemporaryFile file("runs");
    ASSERT_TRUE(learnt->runs.write(file.path()));
    const auto read = KnownRuns::load(file.path());
    ASSERT_TRUE(read) << sentence(read.error());
    EXPECT_EQ(read->human(), learnt->runs.human());
    EXPECT_EQ(read->numGrams(), learnt->runs.numGrams());
    for (const auto& [name, score] : m_scores)
        EXPECT_EQ(read->compare(voicesOf(score).front()), learnt->runs.compare(voicesOf(score).front()));
    const auto bytes = *readWholeFile(file.path(), 1 << 20);
    EXPECT_TRUE(KnownRuns::isOne({reinterpret_cast<const char*>(bytes.data()), 40}));
    for (std::size_t size = 0; size < bytes.size(); size += 7)
        EXPECT_FALSE(KnownRuns::from(std::span(bytes).first(size))) << size;
    Rng rng(4);
    for (int trial = 0; trial < 2000; ++trial) {
        auto broken = bytes;
        for (int i = 0; i < 2; ++i) broken[rng.below(400)] = static_cast<std::uint8_t>(rng.below(256));
        if (const auto runs = KnownRuns::from(broken)) runs->compare(voicesOf(m_scores["3.mid"]).front());
    }
    EXPECT_FALSE(KnownRuns::load(file.path() + "-absent"));
}

} // namespace
} // namespace chainsong
