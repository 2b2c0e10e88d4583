#pragma once

#include <QString>

#include <vector>

namespace chainsong {

/// Characters of the prompt, counted in code points: first, and one past the last.
struct CharacterRange {
    int first = 0;
    int past_last = 0;
    bool operator==(const CharacterRange&) const = default;
};

/// One thing that was read from the prompt or set by the user, in words.
struct PromptChip {
    QString name; // "key", as the engine calls it
    QString title; // "Key", as the user reads it
    QString value; // "D minor": what the user edits
    bool is_users = false; // set by hand: wins over the prompt
    double confidence_unit = 1;
    CharacterRange evidence; // empty: not from the text
    bool operator==(const PromptChip&) const = default;
};

} // namespace chainsong
