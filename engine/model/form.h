#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/model/events.h"

#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// Which bars of a piece come again: for each bar whether it is new, the same as an earlier one, or a
/// variation of it. Two bars are the same if they share at least 85 % of their notes (place, part, pitch
/// relative to the local tonic), variations from 50 %. A repetition that is under way wins over others, then
/// the one that goes on for longest.
std::vector<BarForm> formOf(const EventPiece& piece);

/// "AABA": equal sections, as many as letters; the same letter comes again, with ' after it as a variation.
/// "free": nothing is told of any bar. Fails with a sentence if there are more sections than bars, or a
/// section would begin inside a bar.
Result<std::vector<BarForm>> parseForm(std::string_view text, int num_bars);
/// The form in letters if it has equal sections of 1, 2, 4, 8 … bars, else "free".
std::string formName(const std::vector<BarForm>& form);

/// Forms of pieces that exist, with rows that stand for their styles (chipIds). What a piece of that style
/// does as a whole.
class FormPlans {
public:
    static constexpr int kMostBars = 64; // of one plan
    static constexpr int kNumStyles = 3;

    struct FormPlan {
        std::vector<int> styles; // at most kNumStyles
        std::vector<BarForm> bars; // at most kMostBars are kept
    };
    void add(FormPlan plan);
    bool isEmpty() const { return m_plans.empty(); }

    /// A form of `num_bars` bars, of a plan that shares a style if there are some, and is long enough if
    /// there are some. Longer pieces are made of several. Empty if there are no plans.
    std::vector<BarForm> draw(const std::vector<int>& styles, int num_bars, Rng& rng) const;

    /// As numbers for a weights file, rows of numColumns(), and back; back ignores what it does not know.
    static constexpr int numColumns() { return kNumStyles + kMostBars; }
    std::vector<float> table() const;
    static FormPlans fromTable(const std::vector<float>& values);

private:
    std::vector<FormPlan> m_plans;
};

} // namespace chainsong
