#include "widgets/transport_bar/transport_bar.h"

#include "widgets/theme/icon_view.h"
#include "widgets/transport_bar/peak_meter.h"

#include <QActionGroup>
#include <QComboBox>
#include <QDateTime>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <cmath>
#include <functional>

namespace chainsong {
namespace {

QToolButton* button(QWidget* parent, Icon kind, const QString& name, const QString& tip) {
    auto* made = new QToolButton(parent);
    made->setIcon(icon(kind));
    made->setIconSize({16, 16});
    made->setMinimumSize(30, 30);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    made->setFocusPolicy(Qt::TabFocus); // a click leaves the focus where the notes are
    return made;
}

/// Says when its list is about to open.
class OutputBox final : public QComboBox {
public:
    OutputBox(std::function<void()> on_opening, QWidget* parent)
        : QComboBox(parent)
        , m_on_opening(std::move(on_opening)) { }
    void showPopup() override {
        m_on_opening();
        QComboBox::showPopup();
    }

private:
    std::function<void()> m_on_opening;
};

QFrame* divider(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::VLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedHeight(22);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

} // namespace

TransportBar::TransportBar(QWidget* parent)
    : QWidget(parent) {
    build();
}

void TransportBar::build() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(4);
    buildTransport(row);
    row->addSpacing(8);
    row->addWidget(divider(this));
    row->addSpacing(8);
    buildTime(row);
    row->addStretch(1);
    buildOutput(row);
    showPlaying(false);
    showMetre({});
    showKey({});
    showPosition({}, 0);
}

void TransportBar::buildTransport(QHBoxLayout* row) {
    auto* start = button(this, Icon::kToStart, tr("Go to start"), tr("Go to the start (Home)"));
    m_play = button(this, Icon::kPlay, tr("Play"), {});
    m_play->setMinimumWidth(44);
    auto* stop = button(this, Icon::kStop, tr("Stop"), tr("Stop and return to the start (Esc twice)"));
    m_loop = button(this, Icon::kLoop, tr("Loop"),
        tr("Loop on or off (L). Drag on the ruler to say from where to where."));
    m_loop->setCheckable(true);
    m_metronome = button(this, Icon::kMetronome, tr("Metronome"), tr("Metronome on or off (K)"));
    m_metronome->setCheckable(true);
    m_metronome->setPopupMode(QToolButton::MenuButtonPopup);
    auto* menu = new QMenu(m_metronome);
    m_count_in = new QActionGroup(menu);
    const QStringList names{tr("No count-in"), tr("Count in 1 bar"), tr("Count in 2 bars")};
    for (int bars = 0; bars < static_cast<int>(names.size()); ++bars) {
        QAction* action = menu->addAction(names[bars]);
        action->setCheckable(true);
        action->setData(bars);
        m_count_in->addAction(action);
    }
    m_metronome->setMenu(menu);
    for (QWidget* widget : {start, m_play, stop, m_loop, m_metronome}) row->addWidget(widget);
    connect(start, &QToolButton::clicked, this, &TransportBar::toStartRequested);
    connect(m_play, &QToolButton::clicked, this, &TransportBar::playPauseRequested);
    connect(stop, &QToolButton::clicked, this, &TransportBar::stopRequested);
    connect(m_loop, &QToolButton::clicked, this, &TransportBar::loopRequested);
    connect(m_metronome, &QToolButton::clicked, this, &TransportBar::metronomeRequested);
    connect(m_count_in, &QActionGroup::triggered, this,
        [this](QAction* chosen) { Q_EMIT countInChosen(chosen->data().toInt()); });
}

void TransportBar::buildTime(QHBoxLayout* row) {
    m_position = new QLabel(this);
    QFont digits = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    digits.setPointSizeF(digits.pointSizeF() * 1.35);
    digits.setBold(true);
    m_position->setFont(digits);
    m_position->setMinimumWidth(QFontMetrics(digits).horizontalAdvance(QStringLiteral("000.00.00")));
    m_position->setToolTip(tr("Position: bar, beat, hundredths of a beat"));
    m_position->setAccessibleName(tr("Position"));
    m_seconds = new QLabel(this);
    m_seconds->setProperty("muted", true);
    m_seconds->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("00:00.0 ")));
    m_tempo = new QDoubleSpinBox(this);
    m_tempo->setRange(10, 400);
    m_tempo->setDecimals(1);
    m_tempo->setSuffix(tr(" BPM"));
    m_tempo->setKeyboardTracking(false);
    m_tempo->setFocusPolicy(Qt::StrongFocus);
    m_tempo->setToolTip(tr("Tempo in quarter notes a minute (Ctrl+Shift+Up and Down)"));
    m_tempo->setAccessibleName(tr("Tempo"));
    auto* tap = new QToolButton(this);
    tap->setText(tr("Tap"));
    tap->setFocusPolicy(Qt::TabFocus);
    tap->setToolTip(tr("Tap the beat: the tempo follows from the third tap on"));
    m_metre = new QLabel(this);
    m_metre->setToolTip(tr("Metre"));
    m_key = new QToolButton(this);
    m_key->setPopupMode(QToolButton::InstantPopup);
    m_key->setFocusPolicy(Qt::TabFocus);
    m_key->setToolTip(tr("Key of the piece; the roll highlights its scale (H)"));
    auto* menu = new QMenu(m_key);
    for (const Mode mode : {Mode::kMajor, Mode::kMinor}) {
        QMenu* keys = menu->addMenu(mode == Mode::kMajor ? tr("Major") : tr("Minor"));
        for (int tonic = 0; tonic < 12; ++tonic) {
            const Key key{tonic, mode};
            keys->addAction(
                QString::fromStdString(keyName(key)), this, [this, key] { Q_EMIT keyChosen(key); });
        }
    }
    m_key->setMenu(menu);
    row->addWidget(m_position);
    row->addWidget(m_seconds);
    row->addSpacing(8);
    row->addWidget(m_tempo);
    row->addWidget(tap);
    row->addSpacing(8);
    row->addWidget(m_metre);
    row->addSpacing(4);
    row->addWidget(m_key);
    connect(m_tempo, &QDoubleSpinBox::valueChanged, this, &TransportBar::tempoRequested);
    connect(tap, &QToolButton::pressed, this, &TransportBar::tap);
}

void TransportBar::buildOutput(QHBoxLayout* row) {
    m_outputs = new OutputBox([this] { Q_EMIT outputsRefreshRequested(); }, this);
    m_outputs->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_outputs->setMinimumContentsLength(16);
    m_outputs->setMaximumWidth(230);
    m_outputs->setMinimumWidth(m_outputs->fontMetrics().averageCharWidth() * 13 + 36); // "Lautsprecher"
    m_outputs->setToolTip(tr("Where the sound goes"));
    m_outputs->setAccessibleName(tr("Sound output"));
    auto* speaker = new IconView(Icon::kSpeaker, this);
    m_volume = new QSlider(Qt::Horizontal, this);
    m_volume->setRange(0, 100);
    m_volume->setMinimumWidth(56);
    m_volume->setMaximumWidth(96);
    m_volume->setToolTip(tr("Volume"));
    m_volume->setAccessibleName(tr("Volume"));
    m_meter = new PeakMeter(this);
    auto* panic = button(this, Icon::kPanic, tr("Panic"), tr("Panic: silence everything now (F12)"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_outputs, speaker, m_volume, m_meter, panic}) {
        row->addWidget(widget);
        row->addSpacing(4);
    }
    connect(m_outputs, &QComboBox::activated, this, &TransportBar::outputChosen);
    connect(
        m_volume, &QSlider::valueChanged, this, [this](int value) { Q_EMIT volumeRequested(value / 100.0); });
    connect(panic, &QToolButton::clicked, this, &TransportBar::panicRequested);
}

void TransportBar::tap() {
    const qint64 now_ms = QDateTime::currentMSecsSinceEpoch();
    if (!m_taps_ms.empty() && now_ms - m_taps_ms.back() > 2000) m_taps_ms.clear();
    m_taps_ms.push_back(now_ms);
    if (m_taps_ms.size() > 8) m_taps_ms.erase(m_taps_ms.begin());
    if (m_taps_ms.size() < 3) return;
    const double beat_ms =
        static_cast<double>(m_taps_ms.back() - m_taps_ms.front()) / static_cast<double>(m_taps_ms.size() - 1);
    if (beat_ms > 0) m_tempo->setValue(std::round(60'000 / beat_ms));
}

void TransportBar::showPlaying(bool is_playing) {
    m_is_playing = is_playing;
    m_play->setIcon(icon(is_playing ? Icon::kPause : Icon::kPlay));
    m_play->setAccessibleName(is_playing ? tr("Pause") : tr("Play"));
    m_play->setToolTip(is_playing ? tr("Pause (Space)") : tr("Play (Space)"));
}

void TransportBar::showPosition(const BarBeat& place, double seconds) {
    const int hundredths = static_cast<int>(place.rest.value * 100 / std::max<std::int64_t>(1, m_beat.value));
    m_position->setText(QStringLiteral("%1.%2.%3")
                            .arg(place.bar)
                            .arg(place.beat)
                            .arg(std::min(99, hundredths), 2, 10, QLatin1Char('0')));
    const double shown_s = std::max(0.0, seconds);
    const int minutes = static_cast<int>(shown_s / 60);
    m_seconds->setText(
        QStringLiteral("%1:%2").arg(minutes).arg(shown_s - minutes * 60, 4, 'f', 1, QLatin1Char('0')));
}

void TransportBar::showTempo(double tempo_bpm) {
    const QSignalBlocker quiet(m_tempo);
    if (!m_tempo->hasFocus() || std::abs(m_tempo->value() - tempo_bpm) > 0.05) m_tempo->setValue(tempo_bpm);
}

void TransportBar::showMetre(const Metre& metre) {
    m_beat = metre.beatLength();
    m_metre->setText(QString::fromStdString(metreName(metre)));
}

void TransportBar::showKey(const std::optional<Key>& key) {
    m_key->setText(key ? QString::fromStdString(keyName(*key)) : tr("Key?"));
}

void TransportBar::showLoop(bool is_on) { m_loop->setChecked(is_on); }
void TransportBar::showMetronome(bool is_on) { m_metronome->setChecked(is_on); }

void TransportBar::showCountIn(int bars) {
    for (QAction* action : m_count_in->actions()) action->setChecked(action->data().toInt() == bars);
}

void TransportBar::showOutputs(const QStringList& names, int current) {
    const QSignalBlocker quiet(m_outputs);
    m_outputs->clear();
    m_outputs->addItems(names);
    m_outputs->setCurrentIndex(current);
}

void TransportBar::showVolume(double volume_unit) {
    const QSignalBlocker quiet(m_volume);
    m_volume->setValue(static_cast<int>(std::lround(100 * volume_unit)));
}

void TransportBar::showPeak(double left_unit, double right_unit) { m_meter->showPeak(left_unit, right_unit); }

} // namespace chainsong
