#include "engine/jobs/composer.h"
#include "engine/model/phrases/library_builder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace chainsong {
namespace {

ComposeRequest aFewBars(int bars) {
    ComposeRequest request;
    request.prompt = "a waltz in D minor for piano, " + std::to_string(bars) + " bars";
    request.num_particles = 8;
    return request;
}

/// What a composer called back with, and a way to wait for it.
class Listener {
public:
    Composer::Callbacks callbacks() {
        Composer::Callbacks callbacks;
        callbacks.on_done = [this](JobId id, Result<ComposeResult> result) {
            const std::lock_guard lock(m_mutex);
            m_done.insert_or_assign(id, std::move(result));
            m_changed.notify_all();
        };
        callbacks.on_progress = [this](JobId, const Progress&) { ++num_progress; };
        return callbacks;
    }
    Result<ComposeResult> waitFor(JobId id) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_done.count(id) > 0; });
        return m_done.at(id);
    }
    std::set<JobId> finished() {
        const std::lock_guard lock(m_mutex);
        std::set<JobId> ids;
        for (const auto& [id, result] : m_done) ids.insert(id);
        return ids;
    }
    std::atomic<int> num_progress = 0;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<JobId, Result<ComposeResult>> m_done;
};

TEST(Composer, DeliversThePieceThatWasAskedFor) {
    Listener listener;
    Composer composer(listener.callbacks());
    composer.setPrior(makeRulePrior());
    const auto result = listener.waitFor(composer.start(aFewBars(4)));
    ASSERT_TRUE(result) << sentence(result.error());
    ASSERT_EQ(result->draws.size(), 1u);
    EXPECT_GT(numNotes(result->draws.front().score), 0u);
    EXPECT_EQ(result->model, "rules");
    EXPECT_FALSE(composer.isRunning());
}

TEST(Composer, ALibraryRemindsOfPhrasesNearThePrompt) {
    const std::string path = testing::TempDir() + "composer_test.library";
    Listener listener;
    Composer composer(listener.callbacks());
    composer.setPrior(makeRulePrior());
    const auto piece = listener.waitFor(composer.start(aFewBars(8)));
    ASSERT_TRUE(piece);
    EXPECT_TRUE(piece->remembered.empty()) << "no library, no phrases";
    PhraseLibraryBuilder builder;
    ASSERT_GT(
        *builder.add(piece->draws[0].score, {"a.mid", "waltzes", "The Old Waltz", "waltz, slow", "CC0"}), 0);
    ASSERT_TRUE(builder.write(path));

    composer.setLibrary(*PhraseLibrary::open(path));
    const auto reminded = listener.waitFor(composer.start(aFewBars(4)));
    ASSERT_TRUE(reminded) << sentence(reminded.error());
    ASSERT_FALSE(reminded->remembered.empty());
    EXPECT_NE(reminded->remembered[0].origin.find("The Old Waltz"), std::string::npos);
    composer.setLibrary(nullptr);
    EXPECT_TRUE(listener.waitFor(composer.start(aFewBars(4)))->remembered.empty());
    std::remove(path.c_str());
}

TEST(Composer, AJobWaitsForThePriorAndSaysSo) {
    Listener listener;
    Composer composer(listener.callbacks());
    const JobId id = composer.start(aFewBars(2));
    EXPECT_TRUE(composer.isRunning());
    composer.setPrior(makeRulePrior());
    EXPECT_TRUE(listener.waitFor(id));
}

TEST(Composer, AJobThatStillWaitsForThePriorCanBeCancelled) {
    Listener listener;
    Composer composer(listener.callbacks());
    composer.start(aFewBars(2));
    EXPECT_TRUE(composer.cancel());
    EXPECT_FALSE(composer.isRunning());
    EXPECT_TRUE(listener.finished().empty());
}

TEST(Composer, TheNewestRequestWinsAndTheOldOnesAreSilent) {
    Listener listener;
    Composer composer(listener.callbacks());
    composer.setPrior(makeRulePrior());
    composer.start(aFewBars(200));
    composer.start(aFewBars(200));
    const JobId newest = composer.start(aFewBars(2));
    EXPECT_TRUE(listener.waitFor(newest));
    EXPECT_EQ(listener.finished(), std::set<JobId>{newest});
}

TEST(Composer, AFailureArrivesAsASentence) {
    Listener listener;
    Composer composer(listener.callbacks());
    composer.setPrior(makeRulePrior());
    ResampleRequest request; // an empty score has no bars to resample
    const auto result = listener.waitFor(composer.start(std::move(request)));
    ASSERT_FALSE(result);
    EXPECT_FALSE(sentence(result.error()).empty());
}

TEST(Composer, AThousandStartsAndCancelsLeaveNoJobBehind) {
    Listener listener;
    Composer composer(listener.callbacks());
    composer.setPrior(makeRulePrior());
    std::set<JobId> cancelled;
    for (int round = 0; round < 1000; ++round) {
        const int progress_before = listener.num_progress;
        const JobId id = composer.start(aFewBars(1 + round % 7));
        // Every tenth job is met at work; the others wait, have just begun, or are about to.
        while (round % 10 == 0 && listener.num_progress == progress_before) std::this_thread::yield();
        if (round % 3 != 0 && composer.cancel()) cancelled.insert(id);
    }
    const JobId last = composer.start(aFewBars(1));
    EXPECT_TRUE(listener.waitFor(last));
    for (const JobId id : listener.finished())
        EXPECT_EQ(cancelled.count(id), 0u) << "cancelled job " << id << " called back";
    EXPECT_FALSE(composer.isRunning());
}

TEST(Composer, GoesAwayQuicklyWhileItComposes) {
    Listener listener;
    std::promise<void> begun;
    auto callbacks = listener.callbacks();
    callbacks.on_progress = [&begun, is_first = true](JobId, const Progress&) mutable {
        if (is_first) begun.set_value();
        is_first = false;
    };
    {
        Composer composer(std::move(callbacks));
        composer.setPrior(makeRulePrior());
        composer.start(aFewBars(200));
        begun.get_future().wait();
    }
    EXPECT_TRUE(listener.finished().empty());
}

} // namespace
} // namespace chainsong
