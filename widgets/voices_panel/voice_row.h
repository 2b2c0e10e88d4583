#pragma once

#include <QFrame>

#include "engine/music/score.h"

class QLineEdit;
class QPushButton;
class QSlider;
class QToolButton;

namespace chainsong {

/// One track of the voices panel.
class VoiceRow final : public QFrame {
    Q_OBJECT
public:
    explicit VoiceRow(int track, QWidget* parent = nullptr);
    void showTrack(const Track& content);
    void showChosen(bool is_chosen);
    void showMix(bool is_muted, bool is_solo);

Q_SIGNALS:
    void chosen(int track);
    void muteRequested(int track, bool is_muted);
    void soloRequested(int track, bool is_solo);
    void pinAllRequested(int track, bool is_pinned);
    void nameEdited(int track, const QString& name);
    /// A program of -1: the drum kit.
    void instrumentChosen(int track, int program);
    void volumeMoved(int track, int volume_127);
    void volumeSet(int track, int volume_127);
    void eraseRequested(int track);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QToolButton* toggle(const QString& text, const QString& name, const QString& tip);
    void openInstruments();

    int m_track;
    bool m_is_chosen = false;
    QLineEdit* m_name = nullptr;
    QPushButton* m_instrument = nullptr;
    QToolButton* m_mute = nullptr;
    QToolButton* m_solo = nullptr;
    QToolButton* m_pin = nullptr;
    QSlider* m_volume = nullptr;
};

} // namespace chainsong
