#include "engine/jobs/loader.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>
#include <vector>

namespace chainsong {
namespace {

/// Sets an environment variable for the length of one test.
class Environment {
public:
    explicit Environment(const std::string& weights) { setenv("CHAINSONG_WEIGHTS", weights.c_str(), 1); }
    ~Environment() { unsetenv("CHAINSONG_WEIGHTS"); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
};

TEST(Loader, WeightsOfTheEnvironmentWin) {
    const Environment environment("/somewhere/else.safetensors");
    const auto found = findWeights();
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, "/somewhere/else.safetensors");
}

TEST(Loader, NoneMeansRulesOnly) {
    const Environment environment("none");
    EXPECT_FALSE(findWeights());
    const LoadedPrior loaded = loadPrior();
    ASSERT_NE(loaded.prior, nullptr);
    EXPECT_TRUE(loaded.is_rules_only);
    EXPECT_FALSE(loaded.reason.empty());
}

TEST(Loader, AbsentAndForeignWeightsStillGiveAPriorAndAReasonThatNamesTheFile) {
    const auto folder = std::filesystem::temp_directory_path() / "chainsong-loader-test";
    std::filesystem::create_directories(folder);
    const std::string foreign = folder / "foreign.safetensors";
    std::ofstream(foreign) << "this is no weights file, but it is longer than eight bytes";
    const std::vector<std::string> paths{(folder / "absent.safetensors").string(), foreign, folder.string()};
    for (const std::string& path : paths) {
        const LoadedPrior loaded = loadPrior(path);
        ASSERT_NE(loaded.prior, nullptr);
        EXPECT_TRUE(loaded.is_rules_only);
        EXPECT_NE(loaded.reason.find(path), std::string::npos) << loaded.reason;
    }
    std::filesystem::remove_all(folder);
}

TEST(Loader, DeliversOnItsOwnThread) {
    const Environment environment("none");
    std::promise<std::pair<LoadedPrior, std::thread::id>> delivered;
    Loader loader([&delivered](LoadedPrior loaded) {
        delivered.set_value({std::move(loaded), std::this_thread::get_id()});
    });
    loader.start();
    const auto [loaded, thread] = delivered.get_future().get();
    EXPECT_NE(loaded.prior, nullptr);
    EXPECT_NE(thread, std::this_thread::get_id());
}

} // namespace
} // namespace chainsong
