#pragma once

#include "engine/model/prompt/terms.h"

#include <optional>
#include <string>
#include <vector>

namespace chainsong {

/// An instrument that a prompt names, wanted or not.
struct NamedInstrument {
    std::string name; // the lexicon's: "cello", but also "soprano" and "bass"
    int count = 1;
    bool is_counted = false; // "two violins": repeats are meant
    int list = 0; // instruments of one enumeration share it
    double confidence = 1;
    TextSpan span;
};

/// A prompt on its way through the grammar: its terms, and what the rules have found in them so far.
class Reading {
public:
    explicit Reading(std::vector<Term> terms)
        : m_terms(std::move(terms)) { }

    std::size_t size() const { return m_terms.size(); }
    /// Past the end stands a full stop.
    const Term& operator[](std::size_t at) const;
    bool is(std::size_t at, Sense sense) const { return (*this)[at].sense == sense; }
    /// From the first character of term `first` to the last of the `count`-th from there.
    TextSpan spanOf(std::size_t first, std::size_t count) const;

    /// A demand of which the last one said counts ("key", "bars" …) or of which there are many ("style",
    /// "mood").
    void demand(std::string_view name, ChipValue value, TextSpan evidence, double confidence = 1);
    /// The same from a number, brought into its documented range; a notice says so if it was outside.
    void demandNumber(std::string_view name, double value, double lowest, double highest, TextSpan evidence,
        double confidence = 1);
    void notUnderstood(TextSpan span);

    std::vector<Chip> demands;
    std::vector<Chip> tempo_words; // count only where no number is given
    std::vector<Chip> moderate_tempos; // "not too fast": count only where no tempo is named
    std::vector<Chip> lengths; // "short", "long": the same
    std::vector<NamedInstrument> instruments;
    std::vector<NamedInstrument> without;
    std::vector<NamedInstrument> asides; // "I play the violin": count only where no other is named
    std::vector<NamedInstrument> groups; // "duet" without an instrument before it
    std::vector<TextSpan> not_understood;
    std::vector<std::string> notices;

private:
    std::vector<Term> m_terms;
};

/// One number or "60-76", "between 60 and 76", "从60到76".
struct NumberRange {
    double low = 0;
    double high = 0;
    std::size_t num_terms = 0;
};
std::optional<NumberRange> rangeAt(const Reading& reading, std::size_t at);

/// True if an instrument or an ensemble stands there.
bool isInstrument(const Reading& reading, std::size_t at);
/// Adds what term `word` names to a list of the reading's, each player of an ensemble.
void addInstruments(Reading& reading, std::vector<NamedInstrument>& into, std::size_t word, int count,
    bool is_counted, TextSpan span);

/// Rules: each reads what begins at term `at` and says how many terms that were; 0 if it does not begin so.
std::size_t readMetre(Reading& reading, std::size_t at);
std::size_t readTempo(Reading& reading, std::size_t at);
std::size_t readLength(Reading& reading, std::size_t at);
std::size_t readVoices(Reading& reading, std::size_t at);
std::size_t readNegation(Reading& reading, std::size_t at);
std::size_t readInstrument(Reading& reading, std::size_t at);
std::size_t readAside(Reading& reading, std::size_t at);
std::size_t readWord(Reading& reading, std::size_t at);

/// The chips that a reading amounts to: contradictions settled, implications added.
std::vector<Chip> chipsOf(Reading& reading);

constexpr double kLeastTempoBpm = 20;
constexpr double kMostTempoBpm = 300;

} // namespace chainsong
