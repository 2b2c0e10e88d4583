#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

#include "widgets/prompt_bar/prompt_chip.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QSpinBox;

namespace chainsong {

class ChipRow;
class PromptEdit;

/// The sentence that says what to compose, what was understood of it, and the few controls beside it.
class PromptBar final : public QWidget {
    Q_OBJECT
public:
    explicit PromptBar(QWidget* parent = nullptr);

    QString prompt() const;
    void setPrompt(const QString& text);
    /// What was read from the prompt: chips, the characters nobody understood, and sentences worth showing.
    void showParsed(const std::vector<PromptChip>& chips, const std::vector<CharacterRange>& not_understood,
        const QStringList& notices = {});
    double temperature() const;
    void setTemperature(double temperature);
    int bars() const; // 0: as the prompt says
    void setBars(int bars);
    std::uint64_t seed() const;
    void setSeed(std::uint64_t seed);
    bool isRunning() const { return m_is_running; }
    /// The Compose button becomes Cancel, and back.
    void setRunning(bool is_running);
    /// The `/` key: the text selected, ready to be typed over.
    void focusPrompt();

Q_SIGNALS:
    void promptEdited(const QString& text);
    void composeRequested();
    void cancelRequested();
    /// The user typed another value into a chip; `name` is the engine's.
    void chipEdited(const QString& name, const QString& value);
    void chipRemoved(const QString& name);
    /// The "+" chip: the owner shows which names there are.
    void chipAddRequested(const QPoint& global_position);
    void temperatureChanged(double temperature);
    void barsChanged(int bars);
    void seedChanged(quint64 seed);

private:
    QWidget* buildControls();
    void rollDice();
    void refreshButton();

    PromptEdit* m_edit = nullptr;
    ChipRow* m_chips = nullptr;
    QLabel* m_notices = nullptr;
    QSlider* m_temperature = nullptr;
    QLabel* m_temperature_text = nullptr;
    QSpinBox* m_bars = nullptr;
    QLineEdit* m_seed = nullptr;
    QPushButton* m_compose = nullptr;
    bool m_is_running = false;
};

} // namespace chainsong
