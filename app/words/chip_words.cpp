#include "app/words/chip_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cctype>

#include "engine/base/numbers.h"
#include "engine/model/form.h"
#include "engine/model/prompt/parser.h"
#include "engine/music/key.h"
#include "engine/music/score.h"

namespace chainsong {
namespace {

enum class Form { kWord, kNumber, kRange, kList };

struct ChipKind {
    const char* name;
    const char* title;
    Form form;
};
constexpr std::array kKinds{
    ChipKind{"key", QT_TRANSLATE_NOOP("Chips", "Key"), Form::kWord},
    ChipKind{"mode", QT_TRANSLATE_NOOP("Chips", "Mode"), Form::kWord},
    ChipKind{"metre", QT_TRANSLATE_NOOP("Chips", "Metre"), Form::kWord},
    ChipKind{"tempo_bpm", QT_TRANSLATE_NOOP("Chips", "BPM"), Form::kNumber},
    ChipKind{"tempo_range", QT_TRANSLATE_NOOP("Chips", "Tempo"), Form::kRange},
    ChipKind{"bars", QT_TRANSLATE_NOOP("Chips", "Bars"), Form::kNumber},
    ChipKind{"seconds", QT_TRANSLATE_NOOP("Chips", "Seconds"), Form::kNumber},
    ChipKind{"instruments", QT_TRANSLATE_NOOP("Chips", "Instruments"), Form::kList},
    ChipKind{"without", QT_TRANSLATE_NOOP("Chips", "Without"), Form::kList},
    ChipKind{"voices", QT_TRANSLATE_NOOP("Chips", "Voices"), Form::kNumber},
    ChipKind{"style", QT_TRANSLATE_NOOP("Chips", "Style"), Form::kWord},
    ChipKind{"mood", QT_TRANSLATE_NOOP("Chips", "Mood"), Form::kWord},
    ChipKind{"energy", QT_TRANSLATE_NOOP("Chips", "Energy"), Form::kWord},
    ChipKind{"density", QT_TRANSLATE_NOOP("Chips", "Density"), Form::kWord},
    ChipKind{"octaves", QT_TRANSLATE_NOOP("Chips", "Octaves"), Form::kNumber},
    ChipKind{"form", QT_TRANSLATE_NOOP("Chips", "Form"), Form::kWord},
};

const ChipKind* kindOf(const std::string& name) {
    for (const ChipKind& kind : kKinds)
        if (name == kind.name) return &kind;
    return nullptr;
}

QString numberText(double value) { return QString::fromStdString(formatNumber(value)); }

struct ValueText {
    QString operator()(const std::string& word) const { return QString::fromStdString(word); }
    QString operator()(double value) const { return numberText(value); }
    QString operator()(const std::pair<double, double>& range) const {
        return numberText(range.first) + QChar(0x2013) + numberText(range.second);
    }
    QString operator()(const std::vector<std::string>& names) const {
        QStringList list;
        for (const std::string& name : names) list.append(QString::fromStdString(name));
        return list.join(QStringLiteral(", "));
    }
};

std::optional<std::pair<double, double>> rangeFrom(QString text) {
    text.replace(QChar(0x2013), QLatin1Char('-'));
    const QStringList ends = text.split(QLatin1Char('-'));
    if (ends.size() != 2) return {};
    const auto low = parseNumber(ends[0].trimmed().toStdString());
    const auto high = parseNumber(ends[1].trimmed().toStdString());
    if (!low || !high || *low > *high) return {};
    return std::pair(*low, *high);
}

/// The value in the engine's own words, if it is one.
std::optional<ChipValue> plainValue(const ChipKind& kind, const QString& text) {
    const std::string bytes = text.toStdString();
    switch (kind.form) {
    case Form::kNumber:
        if (const auto number = parseNumber(bytes); number && *number > 0) return ChipValue(*number);
        return {};
    case Form::kRange:
        if (const auto range = rangeFrom(text)) return ChipValue(*range);
        return {};
    case Form::kWord:
        if (kind.name == std::string_view("key"))
            if (const auto key = parseKey(bytes)) return ChipValue(keyName(*key));
        if (kind.name == std::string_view("metre"))
            if (const auto metre = parseMetre(bytes)) return ChipValue(metreName(*metre));
        if (kind.name == std::string_view("form")) {
            const auto letters = std::count_if(bytes.begin(), bytes.end(),
                [](char c) { return std::isalpha(static_cast<unsigned char>(c)); });
            if (parseForm(bytes, static_cast<int>(letters))) return ChipValue(bytes);
        }
        return {};
    case Form::kList: return {}; // only the prompt's lexicon knows the names
    }
    return {};
}

} // namespace

QString chipTitle(const std::string& name) {
    const ChipKind* const kind = kindOf(name);
    return kind ? QCoreApplication::translate("Chips", kind->title) : QString::fromStdString(name);
}

QString chipValueText(const Chip& chip) { return std::visit(ValueText{}, chip.value); }

PromptChip promptChip(const Chip& chip) {
    return {.name = QString::fromStdString(chip.name),
        .title = chipTitle(chip.name),
        .value = chipValueText(chip),
        .is_users = chip.source == ChipSource::kUser,
        .confidence_unit = chip.confidence,
        .evidence = {chip.evidence.first, chip.evidence.past_last}};
}

std::optional<Chip> typedChip(const std::string& name, const QString& text) {
    const ChipKind* const kind = kindOf(name);
    if (!kind || text.trimmed().isEmpty()) return {};
    Chip chip;
    chip.name = name;
    chip.source = ChipSource::kUser;
    if (auto value = plainValue(*kind, text.trimmed())) {
        chip.value = *std::move(value);
        return chip;
    }
    const ParsedPrompt parsed = parsePrompt(text.toStdString());
    const Chip* const found =
        findChip(parsed.chips, name == "without" && !findChip(parsed.chips, name) ? "instruments" : name);
    if (!found) return {};
    chip.value = found->value;
    return chip;
}

const std::vector<std::string>& chipNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const ChipKind& kind : kKinds) all.emplace_back(kind.name);
        return all;
    }();
    return names;
}

} // namespace chainsong
