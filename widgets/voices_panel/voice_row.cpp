#include "widgets/voices_panel/voice_row.h"

#include "engine/music/instruments.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStringList>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace chainsong {
namespace {

constexpr int kProgramsPerFamily = 8;

QString instrumentText(int program) {
    const std::string_view name = instrumentName(program);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

VoiceRow::VoiceRow(int track, QWidget* parent)
    : QFrame(parent)
    , m_track(track) {
    m_name = new QLineEdit(this);
    m_name->setProperty("quiet", true);
    m_name->setAccessibleName(tr("Name of voice %1").arg(track + 1));
    m_name->setPlaceholderText(tr("Voice %1").arg(track + 1));
    m_name->setMinimumWidth(60);
    m_mute = toggle(tr("M"), tr("Mute"), tr("Mute this voice (M)"));
    m_solo = toggle(tr("S"), tr("Solo"), tr("Hear this voice alone (S)"));
    m_pin = toggle({}, tr("Pin all"), tr("Pin all notes of this voice: the sampler keeps them"));
    m_pin->setIcon(icon(Icon::kPin));
    m_instrument = new QPushButton(this);
    m_instrument->setProperty("flat", true);
    m_instrument->setProperty("name", true);
    m_instrument->setFocusPolicy(Qt::TabFocus);
    m_instrument->setToolTip(tr("Instrument"));
    m_instrument->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_volume = new QSlider(Qt::Horizontal, this);
    m_volume->setRange(0, 127);
    m_volume->setFixedWidth(84);
    m_volume->setFocusPolicy(Qt::TabFocus);
    m_volume->setToolTip(tr("Level of this voice"));
    m_volume->setAccessibleName(tr("Level of voice %1").arg(track + 1));
    auto* upper = new QHBoxLayout;
    upper->setSpacing(2);
    upper->addWidget(m_name, 1);
    for (QWidget* widget : {m_mute, m_solo, m_pin}) upper->addWidget(widget);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(6);
    lower->addWidget(m_instrument, 1);
    lower->addWidget(m_volume);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(14, 5, 8, 5);
    all->setSpacing(2);
    all->addLayout(upper);
    all->addLayout(lower);
    connect(
        m_mute, &QToolButton::clicked, this, [this](bool is_on) { Q_EMIT muteRequested(m_track, is_on); });
    connect(
        m_solo, &QToolButton::clicked, this, [this](bool is_on) { Q_EMIT soloRequested(m_track, is_on); });
    connect(
        m_pin, &QToolButton::clicked, this, [this](bool is_on) { Q_EMIT pinAllRequested(m_track, is_on); });
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (m_name->isModified()) Q_EMIT nameEdited(m_track, m_name->text().trimmed());
        m_name->setModified(false);
    });
    connect(m_instrument, &QPushButton::clicked, this, &VoiceRow::openInstruments);
    connect(m_volume, &QSlider::valueChanged, this, [this](int value) {
        if (m_volume->isSliderDown())
            Q_EMIT volumeMoved(m_track, value);
        else
            Q_EMIT volumeSet(m_track, value);
    });
    connect(
        m_volume, &QSlider::sliderReleased, this, [this] { Q_EMIT volumeSet(m_track, m_volume->value()); });
}

QToolButton* VoiceRow::toggle(const QString& text, const QString& name, const QString& tip) {
    auto* made = new QToolButton(this);
    made->setText(text);
    made->setCheckable(true);
    made->setFixedSize(26, 24);
    made->setFocusPolicy(Qt::TabFocus);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    return made;
}

void VoiceRow::showTrack(const Track& content) {
    if (!m_name->hasFocus()) m_name->setText(QString::fromStdString(content.name));
    m_instrument->setText(content.is_drums ? tr("Drums") : instrumentText(content.program));
    const bool is_pinned = !content.notes.empty() && std::ranges::all_of(content.notes, &Note::is_pinned);
    m_pin->setChecked(is_pinned);
    m_pin->setIcon(icon(is_pinned ? Icon::kPinFilled : Icon::kPin));
    const QSignalBlocker quiet(m_volume);
    if (!m_volume->isSliderDown()) m_volume->setValue(content.volume_127);
}

void VoiceRow::showChosen(bool is_chosen) {
    m_is_chosen = is_chosen;
    update();
}

void VoiceRow::showMix(bool is_muted, bool is_solo) {
    m_mute->setChecked(is_muted);
    m_solo->setChecked(is_solo);
}

void VoiceRow::openInstruments() {
    Q_EMIT chosen(m_track);
    const QStringList families{tr("Piano"), tr("Chromatic percussion"), tr("Organ"), tr("Guitar"), tr("Bass"),
        tr("Strings"), tr("Ensemble"), tr("Brass"), tr("Reed"), tr("Pipe"), tr("Synth lead"), tr("Synth pad"),
        tr("Synth effects"), tr("World"), tr("Percussive"), tr("Sound effects")};
    QMenu menu;
    for (int family = 0; family < static_cast<int>(families.size()); ++family) {
        QMenu* part = menu.addMenu(families[family]);
        for (int i = 0; i < kProgramsPerFamily; ++i) {
            const int program = family * kProgramsPerFamily + i;
            part->addAction(instrumentText(program))->setData(program);
        }
    }
    menu.addSeparator();
    menu.addAction(tr("Drums"))->setData(-1);
    const QAction* chosen_action = menu.exec(m_instrument->mapToGlobal(QPoint(0, m_instrument->height())));
    if (chosen_action) Q_EMIT instrumentChosen(m_track, chosen_action->data().toInt());
}

void VoiceRow::mousePressEvent(QMouseEvent*) { Q_EMIT chosen(m_track); }

void VoiceRow::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu;
    menu.addAction(tr("Remove this voice"), this, [this] { Q_EMIT eraseRequested(m_track); });
    menu.exec(event->globalPos());
}

void VoiceRow::paintEvent(QPaintEvent*) {
    const ThemeColors& colors = themeColors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), m_is_chosen ? mixed(colors.panel, colors.accent, 0.14) : colors.panel);
    painter.fillRect(QRect(0, 0, m_is_chosen ? 6 : 4, height()), trackColor(m_track, themeOf(palette())));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
}

} // namespace chainsong
