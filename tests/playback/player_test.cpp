#include "engine/playback/player.h"

#include "engine/playback/silent_output.h"
#include "tests/playback/pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace chainsong {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

/// Waits for what the player tells, without polling.
class Listener {
public:
    PlayerCallbacks callbacks() {
        PlayerCallbacks callbacks;
        callbacks.on_playing = [this](bool is_playing) {
            const std::lock_guard lock(m_mutex);
            ++(is_playing ? m_num_starts : m_num_stops);
            m_changed.notify_all();
        };
        callbacks.on_sound = [this](const std::string& sentence, bool is_silent) {
            const std::lock_guard lock(m_mutex);
            m_sentences.push_back(sentence);
            m_is_silent = is_silent;
            m_changed.notify_all();
        };
        return callbacks;
    }
    bool waitForStarts(int count) {
        return waitUntil([=, this] { return m_num_starts >= count; });
    }
    bool waitForStops(int count) {
        return waitUntil([=, this] { return m_num_stops >= count; });
    }
    bool waitForSentences(std::size_t count) {
        return waitUntil([=, this] { return m_sentences.size() >= count; });
    }
    std::vector<std::string> sentences() {
        const std::lock_guard lock(m_mutex);
        return m_sentences;
    }
    bool isSilent() {
        const std::lock_guard lock(m_mutex);
        return m_is_silent;
    }

private:
    template <class Claim> bool waitUntil(Claim claim) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(10), claim);
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_num_starts = 0;
    int m_num_stops = 0;
    bool m_is_silent = false;
    std::vector<std::string> m_sentences;
};

/// In real time and silent, but writing down what it is sent; belongs to the player, the log does not.
struct Log {
    std::mutex mutex;
    std::vector<MidiMessage> sent;
};
class LoggedSilence final : public Output {
public:
    explicit LoggedSilence(Log& log)
        : m_log(log) { }
    std::string name() const override { return "log"; }
    double now_s() const override { return m_silence.now_s(); }
    void send(std::span<const MidiMessage> messages) override { sendNow(messages); }
    void sendNow(std::span<const MidiMessage> messages) override {
        const std::lock_guard lock(m_log.mutex);
        m_log.sent.insert(m_log.sent.end(), messages.begin(), messages.end());
    }
    double forgetPending() override {
        const std::lock_guard lock(m_log.mutex);
        const double time_s = now_s();
        std::erase_if(m_log.sent, [time_s](const MidiMessage& message) { return message.at_s > time_s; });
        return time_s;
    }
    void panic() override { }

private:
    Log& m_log;
    SilentOutput m_silence;
};

ScorePtr shared(Score score) { return std::make_shared<const Score>(std::move(score)); }

TEST(Player, PlaysToTheEndAndSaysSo) {
    Listener listener;
    Player player(listener.callbacks(), std::make_unique<SilentOutput>());
    player.setTempoScale(4);
    player.play(shared(smallPiece(1)), {}); // half a second
    ASSERT_TRUE(listener.waitForStarts(1));
    EXPECT_TRUE(player.isPlaying());
    ASSERT_TRUE(listener.waitForStops(1));
    EXPECT_FALSE(player.isPlaying());
    EXPECT_EQ(player.position(), Tick{1920});
}

TEST(Player, ThePlayheadRunsWithTheClockAndNeverBackwards) {
    using Clock = std::chrono::steady_clock;
    constexpr double kTicksPerSecond = 960;
    constexpr double kSlack_ticks = 25;
    Listener listener;
    Player player(listener.callbacks(), std::make_unique<SilentOutput>());
    player.play(shared(smallPiece(2)), {});
    while (player.position() == Tick{}) std::this_thread::yield();
    const Clock::time_point start = Clock::now();
    const Tick first = player.position();
    Tick last = first;
    double passed_s = 0;
    while (passed_s < 0.4) {
        const auto secondsSinceStart = [start] {
            return std::chrono::duration<double>(Clock::now() - start).count();
        };
        const double earliest_s = passed_s = secondsSinceStart();
        const Tick now = player.position();
        const double latest_s = secondsSinceStart(); // this thread may have had to wait
        EXPECT_GE(now + Tick{5}, last); // five milliseconds: the clock's smoothing
        EXPECT_GE(static_cast<double>((now - first).value), earliest_s * kTicksPerSecond - kSlack_ticks);
        EXPECT_LE(static_cast<double>((now - first).value), latest_s * kTicksPerSecond + kSlack_ticks);
        last = now;
    }
    player.stop();
    player.finishCalls();
    EXPECT_FALSE(player.isPlaying());
    EXPECT_GE(player.position(), last - Tick{25});
}

TEST(Player, EveryNoteIsLetGoHoweverItEnds) {
    for (int way = 0; way < 5; ++way) {
        Log log;
        {
            Listener listener;
            Player player(listener.callbacks(), std::make_unique<LoggedSilence>(log));
            player.play(shared(smallPiece(2)), {});
            ASSERT_TRUE(listener.waitForStarts(1));
            player.previewNote(50, 80, 3);
            while (player.position() < Tick{30}) std::this_thread::yield(); // into the first notes
            switch (way) {
            case 0: player.stop(); break;
            case 1: player.seek({1900}); break;
            case 2: player.panic(); break;
            case 3: player.setMix(soloOf(5, 6)); break;
            default: break; // leaving while it plays
            }
            player.finishCalls();
        }
        ChannelKeys keys;
        int num_ons = 0;
        for (const MidiMessage& message : log.sent) {
            const std::size_t key = keyIndex(message.channel, message.first);
            if (message.kind == MidiMessageKind::kNoteOn) keys.set(key);
            if (message.kind == MidiMessageKind::kNoteOn) ++num_ons;
            if (message.kind == MidiMessageKind::kNoteOff) keys.reset(key);
        }
        EXPECT_GE(num_ons, 3) << way;
        EXPECT_TRUE(keys.none() || way == 2) << way; // panic silences the previewed note by other means
    }
}

TEST(Player, ALoopGoesRoundUntilStopped) {
    Listener listener;
    Player player(listener.callbacks(), std::make_unique<SilentOutput>());
    player.setTempoScale(4);
    player.setLoop(LoopRange{{}, {480}}); // an eighth of a second
    player.play(shared(smallPiece(1)), {});
    ASSERT_TRUE(listener.waitForStarts(1));
    int num_rounds = 0;
    Tick last;
    const auto start = std::chrono::steady_clock::now();
    while (num_rounds < 3 && std::chrono::steady_clock::now() - start < std::chrono::seconds(5)) {
        const Tick now = player.position();
        if (now < last - Tick{200}) ++num_rounds;
        last = now;
    }
    EXPECT_EQ(num_rounds, 3);
    EXPECT_TRUE(player.isPlaying());
}

TEST(Player, CallsInAHurryFromManyThreadsAreAllDone) {
    Log log;
    {
        Listener listener;
        Player player(listener.callbacks(), std::make_unique<LoggedSilence>(log));
        const ScorePtr score = shared(smallPiece(4));
        std::vector<std::jthread> threads;
        for (int t = 0; t < 3; ++t) {
            threads.emplace_back([&player, score, t] {
                Rng rng = rngFor(7, static_cast<std::uint64_t>(t), 0);
                for (int i = 0; i < 300; ++i) {
                    switch (rng.below(6)) {
                    case 0: player.play(score, {static_cast<std::int64_t>(rng.below(7000))}); break;
                    case 1: player.stop(); break;
                    case 2: player.setMix(soloOf(rng.below(3), 2)); break;
                    case 3: player.setScore(score, ScoreChange::kAtNextBarLine); break;
                    case 4: player.previewNote(60, 90, 0); break;
                    default: player.position(); break;
                    }
                }
            });
        }
        threads.clear();
        player.stop();
        player.finishCalls();
        EXPECT_FALSE(player.isPlaying());
    }
    ChannelKeys keys;
    for (const MidiMessage& message : log.sent) {
        if (message.kind == MidiMessageKind::kNoteOn) keys.set(keyIndex(message.channel, message.first));
        if (message.kind == MidiMessageKind::kNoteOff) keys.reset(keyIndex(message.channel, message.first));
    }
    EXPECT_TRUE(keys.none());
}

TEST(Player, SaysInOneSentenceWhereTheSoundGoesAndWorksInAnyCase) {
    Listener listener;
    const auto start = std::chrono::steady_clock::now();
    Player player(listener.callbacks());
    player.setTempoScale(4);
    player.play(shared(smallPiece(1)), {});
    ASSERT_TRUE(listener.waitForSentences(1));
    EXPECT_THAT(listener.sentences()[0], AnyOf(StartsWith("Sound: "), StartsWith("No sound")));
    ASSERT_TRUE(listener.waitForStarts(1));
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    EXPECT_LT(passed.count(), 2);
    ASSERT_TRUE(listener.waitForStops(1));
}

TEST(Player, AMidiPortThatIsNotThereIsNamedAndThePlayerPlaysOn) {
    Listener listener;
    SoundChoice choice;
    choice.kind = SoundChoice::Kind::kMidiPort;
    choice.device = "Nowhere Synth 129:0";
    Player player(listener.callbacks(), choice);
    ASSERT_TRUE(listener.waitForSentences(1));
    EXPECT_THAT(listener.sentences()[0], HasSubstr("Nowhere Synth"));
    EXPECT_TRUE(listener.isSilent());
    player.chooseSound({SoundChoice::Kind::kSilence, {}, {}, {}, Reverb::kRoom});
    ASSERT_TRUE(listener.waitForSentences(2));
    player.play(shared(smallPiece(1)), {});
    ASSERT_TRUE(listener.waitForStarts(1));
}

} // namespace
} // namespace chainsong
