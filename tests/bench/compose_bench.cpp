// What a user waits for: the first piece, the first card and the fourth, and how soon a running job gives
// way. By the clock, on an idle machine, with the shipped weights, on two threads.
#include "engine/jobs/composer.h"
#include "engine/jobs/loader.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <vector>

using namespace chainsong;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// One job, watched: when each draw came, and the end.
class Watch {
public:
    explicit Watch(const PriorPtr& prior)
        : m_composer({.on_progress = [this](JobId, const Progress&) { note([this] { m_has_begun = true; }); },
            .on_trace = {},
            .on_draw =
                [this](JobId, const Draw& draw, int) {
                    note([&] {
                        m_draws.push_back(secondsSince(m_start));
                        m_last = draw.score;
                    });
                },
            .on_done = [this](JobId, Result<ComposeResult>) { note([this] { m_is_done = true; }); }}) {
        m_composer.setPrior(prior);
    }

    template <class Request> void run(Request request) {
        m_start = Clock::now();
        m_composer.start(std::move(request));
        wait([this] { return m_is_done; });
    }
    template <class Request> void startAndWaitForProgress(Request request) {
        m_composer.start(std::move(request));
        wait([this] { return m_has_begun; });
    }
    void cancel() { m_composer.cancel(); }
    const std::vector<double>& draws() const { return m_draws; }
    const Score& last() const { return m_last; }

private:
    template <class Change> void note(Change change) {
        const std::lock_guard lock(m_mutex);
        change();
        m_changed.notify_all();
    }
    template <class Until> void wait(Until until) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, until);
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    Clock::time_point m_start;
    std::vector<double> m_draws;
    Score m_last;
    bool m_has_begun = false, m_is_done = false;
    Composer m_composer; // last: its thread ends first
};

ComposeRequest pieceRequest(std::uint64_t seed, int num_sweeps) {
    ComposeRequest request;
    request.prompt = "a chorale in G major for soprano, alto, tenor and bass, 16 bars";
    request.num_sweeps = num_sweeps;
    request.seed = seed;
    request.num_threads = 2;
    return request;
}

} // namespace

int main() {
    const LoadedPrior loaded = loadPrior();
    std::printf("%s\n", loaded.prior->name().c_str());
    std::vector<double> first_piece, first_card, fourth_card, cancel_ms;
    constexpr int kRuns = 5;
    for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
        Watch composing(loaded.prior);
        composing.run(pieceRequest(seed, 0));
        first_piece.push_back(composing.draws().front());

        ResampleRequest bar;
        bar.score = composing.last();
        bar.first_bar = 4;
        bar.past_last_bar = 5;
        bar.num_sweeps = 8;
        bar.num_threads = 2;
        bar.seed = seed;
        Watch resampling(loaded.prior);
        resampling.run(bar);
        first_card.push_back(resampling.draws().front());
        fourth_card.push_back(resampling.draws().back());

        auto long_run = std::make_unique<Watch>(loaded.prior);
        long_run->startAndWaitForProgress(pieceRequest(seed, 1000));
        const auto asked = Clock::now();
        long_run->cancel();
        long_run.reset(); // waits for the composer's thread
        cancel_ms.push_back(1000 * secondsSince(asked));
    }
    std::printf("16 bars, four voices, 32 particles: first piece after %.2f s\n", median(first_piece));
    std::printf("one bar of four voices anew, four cards of 8 sweeps: first card %.2f s, fourth %.2f s\n",
        median(first_card), median(fourth_card));
    std::printf("from cancel to an idle composer: %.0f ms (longest of %d: %.0f ms)\n", median(cancel_ms),
        kRuns, *std::max_element(cancel_ms.begin(), cancel_ms.end()));
}
