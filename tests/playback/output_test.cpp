#include "engine/base/random.h"
#include "engine/playback/audio_stage.h"
#include "engine/playback/midi_output.h"
#include "engine/playback/midi_port.h"
#include "engine/playback/soundfont.h"
#include "tests/playback/allocation_count.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace chainsong {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kRate_hz = 44'100;

class Stage : public testing::Test {
protected:
    void SetUp() override {
        const auto found = findSoundfont();
        if (!found) GTEST_SKIP() << sentence(found.error());
        SynthOptions options;
        options.soundfont_path = found->path;
        auto synth = SoftwareSynth::open(options);
        ASSERT_TRUE(synth) << sentence(synth.error());
        m_stage = std::make_unique<AudioStage>(std::move(*synth), kRate_hz);
    }
    /// The loudest sample of the next stretch.
    float render(double seconds) {
        float peak = 0;
        const int num_blocks = static_cast<int>(seconds * kRate_hz / kBlock);
        for (int block = 0; block < num_blocks; ++block) {
            m_stage->render(m_left, m_right, kBlock);
            for (int i = 0; i < kBlock; ++i)
                peak = std::max({peak, std::abs(m_left[i]), std::abs(m_right[i])});
        }
        return peak;
    }
    static MidiMessage at(double at_s, MidiMessage message) {
        message.at_s = at_s;
        return message;
    }
    void send(std::vector<MidiMessage> messages) { m_stage->send(messages); }

    static constexpr int kBlock = 256;
    std::unique_ptr<AudioStage> m_stage;
    float m_left[kBlock];
    float m_right[kBlock];
};

TEST_F(Stage, AMessageSoundsAtItsTime) {
    send({at(0.5, noteOn(0, 60, 100)), at(1.0, noteOff(0, 60))});
    EXPECT_LT(render(0.49), 1e-4f);
    EXPECT_GT(render(0.05), 1e-3f);
    EXPECT_NEAR(m_stage->clock_s(), 0.54, 0.02);
    EXPECT_GT(m_stage->takePeak(), 1e-3);
    EXPECT_EQ(m_stage->takePeak(), 0);
}

TEST_F(Stage, WhatIsTakenBackIsNeverHeard) {
    send({at(0.2, noteOn(0, 60, 100))});
    render(0.1);
    EXPECT_NEAR(m_stage->forgetPending(), m_stage->clock_s(), 1e-4);
    EXPECT_LT(render(0.5), 1e-4f);
}

TEST_F(Stage, ANoteAtTheVeryFrameOfTakingBackCountsAsHeard) {
    constexpr double kBlock_s = static_cast<double>(kBlock) / kRate_hz;
    double note_s = 0;
    for (int i = 1; i <= 200; ++i) { // sums that do not always round to their frame's own time
        note_s += kBlock_s;
        send({at(note_s, noteOn(0, 60, 100))});
        render(1.5 * kBlock_s);
        EXPECT_LE(note_s, m_stage->forgetPending()) << "round " << i;
    }
}

TEST_F(Stage, PanicSilencesWithinABlockOrTwo) {
    send({at(0, noteOn(0, 60, 127)), at(0, noteOn(0, 64, 127))});
    EXPECT_GT(render(0.3), 0.01f);
    m_stage->panic();
    render(0.05);
    EXPECT_LT(render(0.02), 0.01f); // the room's last reflections
}

TEST_F(Stage, FullForceNeverExceedsFullScale) {
    std::vector<MidiMessage> messages;
    for (int channel = 0; channel < 9; ++channel) {
        messages.push_back(program(channel, 16));
        messages.push_back(control(channel, kVolumeController, 127));
        for (int key = 48; key < 72; ++key) messages.push_back(noteOn(channel, key, 127));
    }
    send(messages);
    EXPECT_LE(render(2), 1.0f);
    EXPECT_GT(m_stage->takePeak(), 1.0); // the meter shows what was trimmed
}

TEST_F(Stage, RenderingAllocatesNothing) {
    std::vector<MidiMessage> messages;
    for (int i = 0; i < 200; ++i) {
        messages.push_back(at(0.005 * i, noteOn(i % 16, 40 + i % 40, 100)));
        if (i % 20 == 0) messages.push_back(at(0.005 * i, program(i % 16, i % 128)));
    }
    send(messages);
    const AllocationCount allocations;
    render(1.5);
    EXPECT_EQ(allocations.count(), 0);
}

TEST_F(Stage, SendingAndTakingBackWhileItSoundsLeavesNoNoteBehind) {
    {
        const std::jthread audio([this](std::stop_token stop) {
            while (!stop.stop_requested()) render(0.01);
        });
        Rng rng(11);
        for (int round = 0; round < 100; ++round) {
            const double start_s = m_stage->clock_s();
            std::vector<MidiMessage> messages;
            for (int i = 0; i < 20; ++i) messages.push_back(at(start_s + 0.002 * i, noteOn(0, 40 + i, 100)));
            m_stage->send(messages);
            const double wait_s = start_s + 0.04 * rng.uniform();
            while (m_stage->clock_s() < wait_s) std::this_thread::yield();
            const double until_s = m_stage->forgetPending();
            std::vector<MidiMessage> offs; // of exactly those that count as sounded
            for (const MidiMessage& message : messages)
                if (message.at_s <= until_s) offs.push_back(at(until_s, noteOff(0, message.first)));
            m_stage->send(offs);
        }
    }
    render(6);
    EXPECT_LT(render(0.1), 1e-4f);
}

TEST(Ring, KeepsTheOrderAndRefusesWhenFull) {
    MessageRing ring(3);
    for (std::uint8_t key = 0; key < 3; ++key) EXPECT_TRUE(ring.push({key, 0, noteOn(0, key, 1)}));
    EXPECT_FALSE(ring.push({}));
    for (std::uint8_t key = 0; key < 3; ++key) {
        ASSERT_NE(ring.front(), nullptr);
        EXPECT_EQ(ring.front()->message.first, key);
        ring.pop();
    }
    EXPECT_EQ(ring.front(), nullptr);
}

TEST(Midi, PortsAreRememberedWithoutTheNumbersThatChange) {
    EXPECT_EQ(portNameWithoutNumbers("FLUID Synth:Synth input 129:0"), "FLUID Synth:Synth input");
    EXPECT_EQ(portNameWithoutNumbers("Keyboard 88"), "Keyboard 88");
    EXPECT_EQ(portNameWithoutNumbers("out"), "out");
    EXPECT_EQ(portNameWithoutNumbers(""), "");
}

TEST(Midi, WithoutAMidiSystemThereAreNoPortsAndOneSentence) {
    const std::vector<std::string> ports = midiOutputPorts(); // must not throw
    const auto opened = MidiOutput::open("No such port 130:1");
    ASSERT_FALSE(opened);
    EXPECT_THAT(sentence(opened.error()), HasSubstr("No such port"));
    EXPECT_THAT(opened.error().what, HasSubstr("MIDI"));
}

TEST(Midi, BytesAreThoseOfTheStandard) {
    const auto bytes = [](const MidiMessage& message) {
        const MidiBytes midi = midiBytes(message);
        return std::vector<int>(
            midi.bytes.begin(), midi.bytes.begin() + static_cast<std::ptrdiff_t>(midi.size));
    };
    EXPECT_THAT(bytes(noteOn(2, 60, 100)), ElementsAre(0x92, 60, 100));
    EXPECT_THAT(bytes(noteOff(2, 60)), ElementsAre(0x82, 60, 64));
    EXPECT_THAT(bytes(program(9, 8)), ElementsAre(0xC9, 8));
    EXPECT_THAT(bytes(control(0, 7, 99)), ElementsAre(0xB0, 7, 99));
}

TEST(Midi, PortsThatComeAndGoAreToldOnce) {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<MidiPortWatch::Ports> told;
    MidiPortWatch::Ports there = {"Synth"};
    MidiPortWatch watch(
        [&](const MidiPortWatch::Ports& ports) {
            const std::lock_guard lock(mutex);
            told.push_back(ports);
            changed.notify_all();
        },
        [&] {
            const std::lock_guard lock(mutex);
            return there;
        });
    const auto waitForTold = [&](std::size_t count) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(10), [&] { return told.size() >= count; });
    };
    ASSERT_TRUE(waitForTold(1));
    {
        const std::lock_guard lock(mutex);
        there = {};
    }
    watch.lookNow();
    watch.lookNow();
    ASSERT_TRUE(waitForTold(2));
    const std::lock_guard lock(mutex);
    EXPECT_THAT(told, ElementsAre(ElementsAre("Synth"), ElementsAre()));
}

} // namespace
} // namespace chainsong
