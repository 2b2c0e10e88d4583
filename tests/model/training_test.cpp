#include "engine/model/muse/batch.h"
#include "engine/model/muse/checkpoint.h"
#include "engine/model/muse/loss_curves.h"
#include "engine/model/muse/trainer_module.h"
#include "tests/model/small_piece.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

class TrainingFolder : public testing::Test {
protected:
    void SetUp() override {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }
    std::string at(const std::string& name) const { return (m_folder / name).string(); }

private:
    fs::path m_folder = fs::temp_directory_path() / ("chainsong_training_" + std::to_string(::getpid()));
};

TrainingBatch batchOf(std::uint64_t seed) {
    return makeBatch({makeWindow(randomPiece(seed, 6), {}, 0, 128)});
}

TEST_F(TrainingFolder, a_checkpoint_goes_on_where_it_stopped) {
    TrainingNetwork network(3);
    for (std::uint64_t i = 0; i < 6; ++i) network.learn(batchOf(i), 2e-3);
    const TrainingCheckpoint before{network.state(), {{100, 1.5, 3.25, 3.5}}, 3.5};
    ASSERT_TRUE(writeCheckpoint(at("w.checkpoint"), before));
    ASSERT_TRUE(writeCheckpoint(at("w.checkpoint"), before)) << "again, in its place";

    const auto after = readCheckpoint(at("w.checkpoint"));
    ASSERT_TRUE(after) << sentence(after.error());
    ASSERT_EQ(after->losses.size(), 1u);
    EXPECT_EQ(after->losses[0].notes_seen, 100);
    EXPECT_DOUBLE_EQ(after->best_valid_nats_per_note, 3.5);
    EXPECT_EQ(after->state.num_steps, 6);

    TrainingNetwork resumed(77), weights_only(77);
    ASSERT_TRUE(resumed.takeState(after->state));
    ASSERT_TRUE(weights_only.takeWeights(network.averagedWeights()));
    for (std::uint64_t i = 10; i < 14; ++i)
        network.learn(batchOf(i), 2e-3), resumed.learn(batchOf(i), 2e-3),
            weights_only.learn(batchOf(i), 2e-3);
    const double whole = network.evaluate(batchOf(20)).perNote();
    EXPECT_NEAR(resumed.evaluate(batchOf(20)).perNote(), whole, 2e-3 * whole)
        << "but for the rounding to 16 bits";
    EXPECT_GT(std::abs(weights_only.evaluate(batchOf(20)).perNote() - whole), 2e-3 * whole)
        << "the moments matter, or this test says nothing";
}

TEST_F(TrainingFolder, a_damaged_checkpoint_is_refused_with_a_sentence) {
    TrainingNetwork network(3);
    ASSERT_TRUE(writeCheckpoint(at("w.checkpoint"), {network.state(), {}, 1}));
    fs::resize_file(at("w.checkpoint/first_moment.safetensors"), 1000);
    const auto read = readCheckpoint(at("w.checkpoint"));
    ASSERT_FALSE(read);
    EXPECT_FALSE(read.error().what.empty());
    EXPECT_NE(read.error().where.find("first_moment"), std::string::npos);
    EXPECT_FALSE(readCheckpoint(at("nowhere")));
}

TEST_F(TrainingFolder, training_leaves_weights_a_checkpoint_and_a_picture_and_resumes_its_log) {
    fs::create_directories(at("songs"));
    for (int i = 0; i < 24; ++i)
        std::ofstream(at("songs/" + std::to_string(10 + i) + ".mid")) << "stands for a piece";
    TrainOptions options;
    options.corpus_dir = at("");
    options.weights_path = at("w.safetensors");
    options.minutes = 0.01;
    options.read_score = [](const std::string& path) -> Result<Score> {
        const EventPiece piece = randomPiece(std::hash<std::string>{}(path) % 1000, 8);
        return toScore(piece.frame, piece.events);
    };
    const auto first = trainHere(options, {}, {});
    ASSERT_TRUE(first) << sentence(first.error());
    ASSERT_EQ(first->losses.size(), 1u);
    EXPECT_TRUE(readWeights(options.weights_path));
    EXPECT_TRUE(fs::exists(at("w.safetensors.losses.svg")));
    EXPECT_TRUE(fs::exists(at("w.safetensors.checkpoint")));

    options.resume = true;
    const auto second = trainHere(options, {}, {});
    ASSERT_TRUE(second) << sentence(second.error());
    ASSERT_EQ(second->losses.size(), 2u);
    EXPECT_EQ(second->losses[0].notes_seen, first->losses[0].notes_seen);
    EXPECT_GT(second->losses[1].notes_seen, second->losses[0].notes_seen);
    EXPECT_GT(second->losses[1].minutes, second->losses[0].minutes);
}

TEST(LossCurves, the_table_survives_and_the_picture_is_whole_for_any_log) {
    const std::vector<LossPoint> losses{
        {1000, 0.5, 9.25, 9.5}, {2'000'000, 30, 2.5, 2.75}, {4'000'000, 60, 2.25, 2.5}};
    const auto again = lossesFromTable(lossTable(losses) + "what,is,this\n1,2,3\nNaN,x,y,z\n");
    ASSERT_EQ(again.size(), 3u);
    EXPECT_EQ(again[1].notes_seen, 2'000'000);
    EXPECT_DOUBLE_EQ(again[2].valid_nats_per_note, 2.5);
    for (const auto& log : {losses, std::vector<LossPoint>{}, std::vector<LossPoint>{{5, 0, 1, 1}}}) {
        const std::string svg = lossPicture(log);
        EXPECT_TRUE(svg.starts_with("<svg"));
        EXPECT_TRUE(svg.ends_with("</svg>\n"));
        EXPECT_EQ(svg.find("nan"), std::string::npos);
        EXPECT_EQ(svg.find("inf"), std::string::npos);
    }
}

} // namespace
} // namespace chainsong
