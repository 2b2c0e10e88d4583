#pragma once

#include <QWidget>

#include <vector>

#include "engine/music/edit.h"
#include "engine/music/score.h"

class QVBoxLayout;

namespace chainsong {

class VoiceRow;

/// The score's tracks: colour, name, instrument, mute, solo, pin, level. Changes of the score leave as edits.
class VoicesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit VoicesPanel(QWidget* parent = nullptr);

    void showScore(ScorePtr score);
    void showTrack(int track);
    /// One entry a track; missing entries count as false.
    void showMix(const std::vector<bool>& muted, const std::vector<bool>& solo);

Q_SIGNALS:
    void trackChosen(int track);
    void muteRequested(int track, bool is_muted);
    void soloRequested(int track, bool is_solo);
    /// Name, instrument, level and pan (SetTrack), pin all (PinNotes), a new or erased voice.
    void editRequested(const chainsong::Edit& edit);
    /// The level while its slider moves; the edit follows when it is let go.
    void volumePreviewed(int track, int volume_127);

private:
    void addRow();

    ScorePtr m_score;
    int m_track = 0;
    std::vector<bool> m_muted;
    std::vector<bool> m_solo;
    std::vector<VoiceRow*> m_rows;
    QVBoxLayout* m_list = nullptr;
};

} // namespace chainsong
