#pragma once

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/music/score.h"
#include "engine/music/tempo_map.h"
#include "widgets/piano_roll/roll_types.h"

namespace chainsong {

class Preferences;
struct SoundChoice;

/// What sounds, where and how: the player as the window sees it.
class SoundDesk final : public QObject {
    Q_OBJECT
public:
    explicit SoundDesk(Preferences& preferences, QObject* parent = nullptr);
    ~SoundDesk() override;

    /// Looks for an output and sounds, off the GUI thread.
    void start();

    /// What plays from now on; `at_bar_line`: the bar that sounds is played to its end first.
    void setScore(ScorePtr score, bool at_bar_line);
    void playOrPause();
    void playFrom(Tick at);
    void stop();
    void seek(Tick to);
    void moveByBars(int bars);
    void panic();

    bool isPlaying() const;
    Tick position() const;
    std::optional<TickRange> loop() const { return m_loop; }
    bool isLoopOn() const { return m_is_loop_on; }
    /// Nothing: the whole piece, once looping is on.
    void setLoop(std::optional<TickRange> loop, bool is_on);
    void setMetronome(bool is_on);
    void setCountIn(int bars);
    void setMuted(int track, bool is_muted);
    void setSolo(int track, bool is_solo);
    void previewVolume(int track, int volume_127);
    const std::vector<bool>& muted() const { return m_muted; }
    const std::vector<bool>& solo() const { return m_solo; }
    void previewNote(int track, int key, int velocity_127);
    void previewChord(Tick at);
    void setVolume(double volume_unit);

    const QStringList& outputs() const { return m_outputs; }
    int currentOutput() const { return m_current_output; }
    void chooseOutput(int index);
    void refreshOutputs();
    void chooseSoundfont(const QString& path);
    /// Tries the chosen output again.
    void reopen();

Q_SIGNALS:
    void playingChanged(bool is_playing);
    /// 60 times a second while it plays, and after each jump.
    void moved(chainsong::Tick at, bool is_playing);
    void peaked(double peak_unit);
    void loopChanged();
    void mixChanged();
    void outputsChanged();
    void said(const QString& text);
    /// Something is not as it should be; `action_id` is what the user may do about it (empty: nothing).
    void troubled(const QString& text, const QString& action_id, const QString& action_text);

private:
    struct Machine; // the player stays in the .cpp
    SoundChoice choice() const;
    void tellSound(const std::string& sentence, bool is_silent);
    void showPlaying(bool is_playing);
    void tick();
    void applyLoop();
    void applyMix();
    void listOutputs();

    Preferences& m_preferences;
    ScorePtr m_score;
    std::optional<TickRange> m_loop;
    bool m_is_loop_on = false;
    std::vector<bool> m_muted;
    std::vector<bool> m_solo;
    QStringList m_outputs;
    int m_current_output = -1;
    std::unique_ptr<Machine> m_machine;
};

} // namespace chainsong
