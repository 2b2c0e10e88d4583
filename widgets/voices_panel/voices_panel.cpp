#include "widgets/voices_panel/voices_panel.h"

#include "widgets/theme/icons.h"
#include "widgets/voices_panel/voice_row.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace chainsong {
namespace {

SetTrack setTrackOf(int index, const Track& track) {
    return {.track = index,
        .name = track.name,
        .program = track.program,
        .volume_127 = track.volume_127,
        .pan_127 = track.pan_127,
        .is_drums = track.is_drums};
}

bool at(const std::vector<bool>& list, std::size_t index) { return index < list.size() && list[index]; }

} // namespace

VoicesPanel::VoicesPanel(QWidget* parent)
    : QWidget(parent)
    , m_score(std::make_shared<const Score>()) {
    auto* inside = new QWidget;
    inside->setProperty("list", true);
    m_list = new QVBoxLayout(inside);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    auto* add = new QPushButton(tr("Add a voice"), inside);
    add->setIcon(icon(Icon::kPlus));
    add->setProperty("flat", true);
    add->setToolTip(tr("Add an empty voice"));
    m_list->addWidget(add, 0, Qt::AlignLeft);
    m_list->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    setMinimumWidth(210);
    connect(add, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(AddTrack{Track{}}); });
}

void VoicesPanel::showScore(ScorePtr score) {
    m_score = score ? std::move(score) : std::make_shared<const Score>();
    while (m_rows.size() > m_score->tracks.size()) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater(); // it may be the one whose menu asked for this
        m_rows.pop_back();
    }
    while (m_rows.size() < m_score->tracks.size()) addRow();
    for (std::size_t i = 0; i < m_rows.size(); ++i) m_rows[i]->showTrack(m_score->tracks[i]);
    showMix(m_muted, m_solo);
    showTrack(m_track);
}

void VoicesPanel::addRow() {
    const int index = static_cast<int>(m_rows.size());
    auto* row = new VoiceRow(index);
    m_list->insertWidget(index, row);
    m_rows.push_back(row);
    const auto change = [this](int track, auto set) {
        SetTrack edit = setTrackOf(track, m_score->tracks[static_cast<std::size_t>(track)]);
        set(edit);
        Q_EMIT editRequested(edit);
    };
    connect(row, &VoiceRow::chosen, this, &VoicesPanel::trackChosen);
    connect(row, &VoiceRow::muteRequested, this, &VoicesPanel::muteRequested);
    connect(row, &VoiceRow::soloRequested, this, &VoicesPanel::soloRequested);
    connect(row, &VoiceRow::volumeMoved, this, &VoicesPanel::volumePreviewed);
    connect(
        row, &VoiceRow::eraseRequested, this, [this](int track) { Q_EMIT editRequested(EraseTrack{track}); });
    connect(row, &VoiceRow::nameEdited, this, [change](int track, const QString& name) {
        change(track, [&](SetTrack& edit) { edit.name = name.toStdString(); });
    });
    connect(row, &VoiceRow::volumeSet, this, [change](int track, int volume_127) {
        change(track, [&](SetTrack& edit) { edit.volume_127 = volume_127; });
    });
    connect(row, &VoiceRow::instrumentChosen, this, [change](int track, int program) {
        change(track, [&](SetTrack& edit) {
            edit.is_drums = program < 0;
            if (program >= 0) edit.program = program;
        });
    });
    connect(row, &VoiceRow::pinAllRequested, this, [this](int track, bool is_pinned) {
        PinNotes edit{.notes = {}, .pinned = is_pinned};
        const int count = static_cast<int>(m_score->tracks[static_cast<std::size_t>(track)].notes.size());
        for (int i = 0; i < count; ++i) edit.notes.push_back({track, i});
        if (!edit.notes.empty()) Q_EMIT editRequested(edit);
    });
}

void VoicesPanel::showTrack(int track) {
    m_track = track;
    for (std::size_t i = 0; i < m_rows.size(); ++i) m_rows[i]->showChosen(static_cast<int>(i) == track);
}

void VoicesPanel::showMix(const std::vector<bool>& muted, const std::vector<bool>& solo) {
    m_muted = muted;
    m_solo = solo;
    for (std::size_t i = 0; i < m_rows.size(); ++i) m_rows[i]->showMix(at(muted, i), at(solo, i));
}

} // namespace chainsong
