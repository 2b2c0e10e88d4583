#pragma once

#include "engine/playback/performance.h"
#include "engine/playback/sound_choice.h"

#include <functional>
#include <memory>
#include <string>

namespace chainsong {

/// What the player tells; every function may be empty, and is called on the thread named "player" without any
/// lock held.
struct PlayerCallbacks {
    std::function<void(bool is_playing)> on_playing;
    /// A sentence for the status line: "Sound: Speakers (PulseAudio)", or that the device was lost.
    std::function<void(const std::string& sentence, bool is_silent)> on_sound;
};

/// Plays scores. Every function returns at once and may be called from any thread; the work is done on a
/// thread of its own, in the order of the calls. It always works: without a sound device it keeps time in
/// silence.
class Player {
public:
    /// Looks for the sound at once, on its own thread.
    explicit Player(PlayerCallbacks callbacks, SoundChoice choice = {});
    /// On this output instead of a search; for tests and tools.
    Player(PlayerCallbacks callbacks, std::unique_ptr<Output> output);
    /// Lets every note go.
    ~Player();

    void setScore(ScorePtr score, ScoreChange when = ScoreChange::kNow);
    void play(Tick from);
    void play(ScorePtr score, Tick from);
    void stop();
    void seek(Tick to);
    void setLoop(std::optional<LoopRange> loop);
    void setMix(Mix mix);
    void setTempoScale(double scale);
    void setMetronome(bool is_on);
    void setCountIn(int num_bars);
    /// Silence by every means, on the synthesiser or the MIDI port.
    void panic();
    void previewNote(int key, int velocity_127, int program_127, bool is_drums = false);
    /// 1 = as usual; 0..2.
    void setVolume(double volume_unit);
    /// Stops what plays and opens another output, soundfont or room.
    void chooseSound(SoundChoice choice);

    /// What is heard now. No lock; cheap enough for every frame of a playhead.
    Tick position() const;
    /// True from the moment the player's thread has begun to the end of the piece.
    bool isPlaying() const;
    /// The loudest sample since the last call, 1 = full scale (before the trim that keeps it below).
    double takePeak();
    /// Returns when everything asked for so far has been done; for tests and for leaving in order.
    void finishCalls();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
