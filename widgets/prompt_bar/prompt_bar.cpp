#include "widgets/prompt_bar/prompt_bar.h"

#include "widgets/prompt_bar/chip_row.h"
#include "widgets/prompt_bar/prompt_edit.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace chainsong {
namespace {

// The slider's middle is the model as it is (temperature 1); each end is a factor of two away.
constexpr int kSliderSteps = 100;
double temperatureOf(int slider) { return std::exp2((slider - kSliderSteps / 2) / (kSliderSteps / 2.0)); }
int sliderOf(double temperature) {
    const double steps = kSliderSteps / 2.0 * (1 + std::log2(std::max(1e-3, temperature)));
    return static_cast<int>(std::lround(std::clamp(steps, 0.0, static_cast<double>(kSliderSteps))));
}

QLabel* mutedLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("muted", true);
    return label;
}

} // namespace

PromptBar::PromptBar(QWidget* parent)
    : QWidget(parent) {
    m_edit = new PromptEdit(this);
    m_compose = new QPushButton(this);
    m_compose->setMinimumWidth(112);
    m_compose->setMinimumHeight(m_edit->sizeHint().height());
    m_chips = new ChipRow(this);
    m_notices = new QLabel(this);
    m_notices->setWordWrap(true);
    m_notices->setTextFormat(Qt::PlainText);
    m_notices->setProperty("muted", true);
    m_notices->hide();
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_edit, 1);
    first->addWidget(m_compose);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(12, 8, 12, 8);
    all->setSpacing(7);
    all->addLayout(first);
    all->addWidget(m_chips);
    all->addWidget(m_notices);
    all->addWidget(buildControls());
    refreshButton();
    connect(m_edit, &PromptEdit::edited, this, &PromptBar::promptEdited);
    connect(m_edit, &PromptEdit::returnPressed, this, [this] {
        if (!m_is_running) Q_EMIT composeRequested();
    });
    connect(m_compose, &QPushButton::clicked, this, [this] {
        if (m_is_running)
            Q_EMIT cancelRequested();
        else
            Q_EMIT composeRequested();
    });
    connect(m_chips, &ChipRow::edited, this, &PromptBar::chipEdited);
    connect(m_chips, &ChipRow::removed, this, &PromptBar::chipRemoved);
    connect(m_chips, &ChipRow::addRequested, this, &PromptBar::chipAddRequested);
    connect(m_chips, &ChipRow::pointedAt, m_edit, &PromptEdit::emphasise);
}

QWidget* PromptBar::buildControls() {
    auto* controls = new QWidget(this);
    auto* row = new QHBoxLayout(controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_temperature = new QSlider(Qt::Horizontal, controls);
    m_temperature->setRange(0, kSliderSteps);
    m_temperature->setValue(kSliderSteps / 2);
    m_temperature->setFixedWidth(180);
    m_temperature->setAccessibleName(tr("Surprise"));
    m_temperature->setToolTip(
        tr("Surprise (temperature): low values keep to the most likely music, high values dare more."));
    m_temperature_text = mutedLabel(QStringLiteral("1.00"), controls);
    m_temperature_text->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.000")));
    m_bars = new QSpinBox(controls);
    m_bars->setRange(0, 512);
    m_bars->setSpecialValueText(tr("as asked"));
    m_bars->setSuffix(tr(" bars"));
    m_bars->setKeyboardTracking(false);
    m_bars->setAccessibleName(tr("Length in bars"));
    m_bars->setToolTip(tr("Length in bars; at 0 the prompt decides"));
    m_seed = new QLineEdit(QStringLiteral("1"), controls);
    m_seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,19}")), m_seed));
    m_seed->setFixedWidth(std::max(110, fontMetrics().horizontalAdvance(QStringLiteral("0000000000")) + 20));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("Seed of the random numbers: the same seed and wishes give the same piece"));
    auto* dice = new QToolButton(controls);
    dice->setIcon(icon(Icon::kDice));
    dice->setMinimumSize(28, 28);
    dice->setToolTip(tr("Roll the dice for another seed"));
    dice->setAccessibleName(tr("Another seed"));
    row->addWidget(mutedLabel(tr("Safe"), controls));
    row->addWidget(m_temperature);
    row->addWidget(mutedLabel(tr("Surprising"), controls));
    row->addWidget(m_temperature_text);
    row->addSpacing(16);
    row->addWidget(mutedLabel(tr("Length"), controls));
    row->addWidget(m_bars);
    row->addSpacing(16);
    row->addWidget(mutedLabel(tr("Seed"), controls));
    row->addWidget(m_seed);
    row->addWidget(dice);
    row->addStretch(1);
    connect(m_temperature, &QSlider::valueChanged, this, [this](int value) {
        m_temperature_text->setText(QString::number(temperatureOf(value), 'f', 2));
        Q_EMIT temperatureChanged(temperatureOf(value));
    });
    connect(m_bars, &QSpinBox::valueChanged, this, &PromptBar::barsChanged);
    connect(m_seed, &QLineEdit::editingFinished, this, [this] { Q_EMIT seedChanged(seed()); });
    connect(dice, &QToolButton::clicked, this, &PromptBar::rollDice);
    return controls;
}

QString PromptBar::prompt() const { return m_edit->text(); }

void PromptBar::setPrompt(const QString& text) {
    if (text != m_edit->text()) m_edit->setText(text);
}

void PromptBar::showParsed(const std::vector<PromptChip>& chips,
    const std::vector<CharacterRange>& not_understood, const QStringList& notices) {
    std::vector<CharacterRange> understood;
    for (const PromptChip& chip : chips) {
        if (chip.evidence.past_last > chip.evidence.first) understood.push_back(chip.evidence);
    }
    m_edit->showEvidence(understood, not_understood);
    QStringList words;
    const QList<uint> code_points = m_edit->text().toUcs4();
    for (const CharacterRange& range : not_understood) {
        const auto first = std::clamp<qsizetype>(range.first, 0, code_points.size());
        const auto past_last = std::clamp<qsizetype>(range.past_last, first, code_points.size());
        QString text;
        for (qsizetype i = first; i < past_last; ++i)
            text += QString::fromUcs4(reinterpret_cast<const char32_t*>(&code_points[i]), 1);
        if (!text.trimmed().isEmpty()) words << fontMetrics().elidedText(text.trimmed(), Qt::ElideRight, 260);
    }
    m_chips->show(chips, words);
    m_notices->setText(notices.join(QLatin1Char('\n')));
    m_notices->setVisible(!notices.isEmpty());
}

double PromptBar::temperature() const { return temperatureOf(m_temperature->value()); }
void PromptBar::setTemperature(double temperature) { m_temperature->setValue(sliderOf(temperature)); }
int PromptBar::bars() const { return m_bars->value(); }
std::uint64_t PromptBar::seed() const { return m_seed->text().toULongLong(); }

void PromptBar::setBars(int bars) {
    const QSignalBlocker quiet(m_bars);
    m_bars->setValue(bars);
}

void PromptBar::setSeed(std::uint64_t seed) { m_seed->setText(QString::number(seed)); }

void PromptBar::rollDice() {
    setSeed(QRandomGenerator::global()->bounded(1, 1'000'000));
    Q_EMIT seedChanged(seed());
}

void PromptBar::setRunning(bool is_running) {
    m_is_running = is_running;
    refreshButton();
}

void PromptBar::refreshButton() {
    m_compose->setText(m_is_running ? tr("Cancel") : tr("Compose"));
    m_compose->setToolTip(
        m_is_running ? tr("Stop; your notes stay as they are (Esc)") : tr("Compose (Ctrl+Enter)"));
    m_compose->setProperty("accent", !m_is_running);
    m_compose->style()->unpolish(m_compose);
    m_compose->style()->polish(m_compose);
}

void PromptBar::focusPrompt() {
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

} // namespace chainsong
