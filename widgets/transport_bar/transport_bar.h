#pragma once

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

#include "engine/music/score.h"
#include "engine/music/tempo_map.h"

class QActionGroup;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace chainsong {

class PeakMeter;

/// Play, loop, position, tempo, output, level: shows what it is told and says what the user asks.
class TransportBar final : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(QWidget* parent = nullptr);

    void showPlaying(bool is_playing);
    void showPosition(const BarBeat& place, double seconds);
    void showTempo(double tempo_bpm);
    void showMetre(const Metre& metre);
    /// Nothing: the key is not known.
    void showKey(const std::optional<Key>& key);
    void showLoop(bool is_on);
    void showMetronome(bool is_on);
    void showCountIn(int bars);
    /// The outputs there are, by name, and which one sounds.
    void showOutputs(const QStringList& names, int current);
    /// 0..1, before it goes to the loudspeaker.
    void showVolume(double volume_unit);
    /// Highest sample since the last call, 0..1 (above 1: it clips).
    void showPeak(double left_unit, double right_unit);

Q_SIGNALS:
    /// Play if silent, pause if playing.
    void playPauseRequested();
    void stopRequested();
    void toStartRequested();
    void loopRequested(bool is_on);
    void metronomeRequested(bool is_on);
    void countInChosen(int bars);
    void tempoRequested(double tempo_bpm);
    void keyChosen(const chainsong::Key& key);
    void outputChosen(int index);
    /// The list of outputs is being opened: time to look again what there is.
    void outputsRefreshRequested();
    void volumeRequested(double volume_unit);
    void panicRequested();

private:
    void build();
    void buildTransport(QHBoxLayout* row);
    void buildTime(QHBoxLayout* row);
    void buildOutput(QHBoxLayout* row);
    void tap();

    QToolButton* m_play = nullptr;
    QToolButton* m_loop = nullptr;
    QToolButton* m_metronome = nullptr;
    QActionGroup* m_count_in = nullptr;
    QLabel* m_position = nullptr;
    QLabel* m_seconds = nullptr;
    QDoubleSpinBox* m_tempo = nullptr;
    QLabel* m_metre = nullptr;
    QToolButton* m_key = nullptr;
    QComboBox* m_outputs = nullptr;
    QSlider* m_volume = nullptr;
    PeakMeter* m_meter = nullptr;
    std::vector<qint64> m_taps_ms;
    Tick m_beat{kTicksPerQuarter};
    bool m_is_playing = false;
};

} // namespace chainsong
