#include "app/words/edit_words.h"

#include <QCoreApplication>

namespace chainsong {
namespace {

QString words(const char* text) { return QCoreApplication::translate("Words", text); }

QString notes(const char* text, std::size_t count) {
    return QCoreApplication::translate("Words", text, nullptr, static_cast<int>(count));
}

struct EditText {
    QString operator()(const AddNotes& e) const {
        return notes(QT_TRANSLATE_N_NOOP("Words", "Add %n note(s)"), e.notes.size());
    }
    QString operator()(const EraseNotes& e) const {
        return notes(QT_TRANSLATE_N_NOOP("Words", "Erase %n note(s)"), e.notes.size());
    }
    QString operator()(const ChangeNotes& e) const {
        const std::size_t count = e.notes.size();
        if (e.move.value != 0) return notes(QT_TRANSLATE_N_NOOP("Words", "Move %n note(s)"), count);
        if (e.transpose != 0) return notes(QT_TRANSLATE_N_NOOP("Words", "Transpose %n note(s)"), count);
        if (e.lengthen.value != 0)
            return notes(QT_TRANSLATE_N_NOOP("Words", "Change the length of %n note(s)"), count);
        return notes(QT_TRANSLATE_N_NOOP("Words", "Change the loudness of %n note(s)"), count);
    }
    QString operator()(const TransposeInScale& e) const {
        return notes(QT_TRANSLATE_N_NOOP("Words", "Move %n note(s) along the scale"), e.notes.size());
    }
    QString operator()(const Quantise& e) const {
        return notes(QT_TRANSLATE_N_NOOP("Words", "Quantise %n note(s)"), e.notes.size());
    }
    QString operator()(const PinNotes& e) const {
        return e.pinned ? notes(QT_TRANSLATE_N_NOOP("Words", "Pin %n note(s)"), e.notes.size())
                        : notes(QT_TRANSLATE_N_NOOP("Words", "Unpin %n note(s)"), e.notes.size());
    }
    QString operator()(const SetTempo&) const {
        return words(QT_TRANSLATE_NOOP("Words", "Change the tempo"));
    }
    QString operator()(const SetKey&) const { return words(QT_TRANSLATE_NOOP("Words", "Change the key")); }
    QString operator()(const SetTrack&) const { return words(QT_TRANSLATE_NOOP("Words", "Change a voice")); }
    QString operator()(const AddTrack&) const { return words(QT_TRANSLATE_NOOP("Words", "Add a voice")); }
    QString operator()(const EraseTrack&) const { return words(QT_TRANSLATE_NOOP("Words", "Erase a voice")); }
    QString operator()(const ReplaceScore&) const {
        return words(QT_TRANSLATE_NOOP("Words", "Replace the piece"));
    }
};

} // namespace

QString editText(const Edit& edit) { return std::visit(EditText{}, edit); }

QString barsText(const std::optional<std::pair<int, int>>& bars) {
    if (!bars) return words(QT_TRANSLATE_NOOP("Words", "the whole piece"));
    if (bars->second - bars->first <= 1)
        return words(QT_TRANSLATE_NOOP("Words", "bar %1")).arg(bars->first + 1);
    return words(QT_TRANSLATE_NOOP("Words", "bars %1–%2")).arg(bars->first + 1).arg(bars->second);
}

} // namespace chainsong
