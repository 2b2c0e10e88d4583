#include "engine/model/form.h"

#include "engine/base/text.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr double kSameFrom = 0.85, kVariedFrom = 0.5;
std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// The notes of each bar as sorted numbers; equal numbers are equal notes.
std::vector<std::vector<int>> barsOf(const EventPiece& piece) {
    std::vector<std::vector<int>> bars(piece.frame.bars.size());
    std::size_t bar = 0;
    for (const Event& event : piece.events) {
        if (event.is_bar_line)
            ++bar;
        else if (bar < bars.size())
            bars[bar].push_back((event.position * kMaxParts + event.part) * kNumPitchClasses + event.pitch);
    }
    for (auto& notes : bars) std::sort(notes.begin(), notes.end());
    return bars;
}

/// 2 |A and B| / (|A| + |B|); 0 where one of them is empty.
double likeness(const std::vector<int>& a, const std::vector<int>& b) {
    if (a.empty() || b.empty()) return 0;
    std::size_t shared = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (*i == *j)
            ++shared, ++i, ++j;
        else if (*i < *j)
            ++i;
        else
            ++j;
    }
    return 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

class FormReader {
public:
    explicit FormReader(const EventPiece& piece)
        : m_frame(piece.frame)
        , m_bars(barsOf(piece)) { }

    std::vector<BarForm> read() const {
        std::vector<BarForm> form;
        for (int bar = 0; bar < static_cast<int>(m_bars.size()); ++bar)
            form.push_back(formAt(bar, form.empty() ? 0 : form.back().lag_bars));
        return form;
    }

private:
    double likenessAt(int bar, int lag) const {
        if (lag <= 0 || lag > bar
            || m_frame.bars[at(bar)].numSteps() != m_frame.bars[at(bar - lag)].numSteps())
            return 0;
        return likeness(m_bars[at(bar)], m_bars[at(bar - lag)]);
    }
    int barsAlikeFrom(int bar, int lag) const {
        constexpr int kFar = 16;
        int count = 0;
        while (count < kFar && bar + count < static_cast<int>(m_bars.size())
            && likenessAt(bar + count, lag) >= kSameFrom)
            ++count;
        return count;
    }
    BarForm formAt(int bar, int lag_under_way) const {
        using Kind = BarForm::Kind;
        const double going_on = likenessAt(bar, lag_under_way);
        if (going_on >= kSameFrom) return {Kind::kSame, lag_under_way};
        int longest = 0, same_lag = 0, varied_lag = going_on >= kVariedFrom ? lag_under_way : 0;
        double nearest = varied_lag > 0 ? 1 : kVariedFrom;
        for (int lag = 1; lag <= std::min(bar, kMostFormLag); ++lag) {
            if (const int length = barsAlikeFrom(bar, lag); length > longest)
                longest = length, same_lag = lag;
            if (const double near = likenessAt(bar, lag); near > nearest) nearest = near, varied_lag = lag;
        }
        if (same_lag > 0) return {Kind::kSame, same_lag};
        if (varied_lag > 0) return {Kind::kVaried, varied_lag};
        return {Kind::kNew, 0};
    }

    const PieceFrame& m_frame;
    std::vector<std::vector<int>> m_bars;
};

// A bar's form as one small number: 0 unknown, 1 new, then the lags of the same and of variations.
float coded(const BarForm& form) {
    switch (form.kind) {
    case BarForm::Kind::kUnknown: return 0;
    case BarForm::Kind::kNew: return 1;
    case BarForm::Kind::kSame: return static_cast<float>(1 + form.lag_bars);
    case BarForm::Kind::kVaried: break;
    }
    return static_cast<float>(1 + kMostFormLag + form.lag_bars);
}
BarForm decoded(int code) {
    if (code <= 0 || code > 1 + 2 * kMostFormLag) return {};
    if (code == 1) return {BarForm::Kind::kNew, 0};
    if (code <= 1 + kMostFormLag) return {BarForm::Kind::kSame, code - 1};
    return {BarForm::Kind::kVaried, code - 1 - kMostFormLag};
}
constexpr int kPastEnd = 100; // in a table: the plan ended before this bar

} // namespace

std::vector<BarForm> formOf(const EventPiece& piece) { return FormReader(piece).read(); }

Result<std::vector<BarForm>> parseForm(std::string_view text, int num_bars) {
    std::vector<BarForm> form(at(std::max(0, num_bars)));
    if (lowerAscii(trimmed(text)) == "free") return form;
    struct Section {
        char letter;
        bool is_varied;
    };
    std::vector<Section> sections;
    for (const char c : trimmed(text)) {
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            sections.push_back({static_cast<char>(c & ~0x20), false});
        else if (c == '\'' && !sections.empty())
            sections.back().is_varied = true;
        else if (c != ' ' && c != '-')
            return Error{"a form is written in letters, as in AABA or ABA'C, or \"free\"", std::string(text)};
    }
    const int count = static_cast<int>(sections.size());
    if (count == 0 || count > num_bars || num_bars % count != 0)
        return Error{std::to_string(num_bars) + " bars cannot be divided into " + std::to_string(count)
                + " equal sections",
            "form"};
    const int length = num_bars / count;
    for (int s = 0; s < count; ++s) {
        int earlier = s - 1;
        while (earlier >= 0 && sections[at(earlier)].letter != sections[at(s)].letter) --earlier;
        const int lag = (s - earlier) * length;
        for (int b = s * length; b < (s + 1) * length; ++b) {
            if (earlier < 0)
                form[at(b)] = {BarForm::Kind::kNew, 0};
            else if (lag <= kMostFormLag)
                form[at(b)] = {
                    sections[at(s)].is_varied ? BarForm::Kind::kVaried : BarForm::Kind::kSame, lag};
        }
    }
    return form;
}

std::string formName(const std::vector<BarForm>& form) {
    const int num_bars = static_cast<int>(form.size());
    constexpr int kLettersAtMost = 8, kLetters = 26;
    for (int length = num_bars; length >= 1; --length) {
        if (num_bars % length != 0 || num_bars / length > kLettersAtMost) continue;
        std::string letters, name;
        char next = 'A';
        bool is_form = true;
        for (int first = 0; first < num_bars && is_form; first += length) {
            const BarForm& form_here = form[at(first)];
            is_form = std::all_of(form.begin() + first, form.begin() + first + length,
                          [&](const BarForm& bar) { return bar == form_here; })
                && form_here.kind != BarForm::Kind::kUnknown && form_here.lag_bars % length == 0
                && form_here.lag_bars <= first && next < 'A' + kLetters;
            if (!is_form) break;
            const int section = first / length;
            letters += form_here.kind == BarForm::Kind::kNew
                ? next++
                : letters[at(section - form_here.lag_bars / length)];
            name += letters.back();
            if (form_here.kind == BarForm::Kind::kVaried) name += '\'';
        }
        if (is_form && num_bars > 0) return name;
    }
    return "free";
}

void FormPlans::add(FormPlan plan) {
    plan.styles.resize(std::min<std::size_t>(plan.styles.size(), kNumStyles));
    plan.bars.resize(std::min<std::size_t>(plan.bars.size(), kMostBars));
    m_plans.push_back(std::move(plan));
}

std::vector<BarForm> FormPlans::draw(const std::vector<int>& styles, int num_bars, Rng& rng) const {
    if (m_plans.empty()) return {};
    const auto candidates = [&](bool shares_style, int least_bars) {
        std::vector<const FormPlan*> found;
        for (const FormPlan& plan : m_plans) {
            const bool is_kin = std::any_of(styles.begin(), styles.end(), [&](int style) {
                return std::find(plan.styles.begin(), plan.styles.end(), style) != plan.styles.end();
            });
            if ((is_kin || !shares_style) && static_cast<int>(plan.bars.size()) >= least_bars)
                found.push_back(&plan);
        }
        return found;
    };
    constexpr std::size_t kChoice = 6; // fewer are too few to draw from
    std::vector<BarForm> form;
    while (static_cast<int>(form.size()) < num_bars) {
        const int wanted = std::min(num_bars - static_cast<int>(form.size()), kMostBars);
        auto plans = candidates(true, wanted);
        if (plans.size() < kChoice) plans = candidates(true, wanted / 2);
        if (plans.size() < kChoice) plans = candidates(false, wanted);
        if (plans.empty()) plans = candidates(false, 1);
        if (plans.empty()) return {};
        const auto& bars = plans[rng.below(plans.size())]->bars;
        form.insert(
            form.end(), bars.begin(), bars.begin() + std::min<std::ptrdiff_t>(wanted, std::ssize(bars)));
    }
    return form;
}

std::vector<float> FormPlans::table() const {
    std::vector<float> values;
    values.reserve(m_plans.size() * at(numColumns()));
    for (const FormPlan& plan : m_plans) {
        for (std::size_t s = 0; s < kNumStyles; ++s)
            values.push_back(s < plan.styles.size() ? static_cast<float>(plan.styles[s]) : 0);
        for (std::size_t b = 0; b < kMostBars; ++b)
            values.push_back(b < plan.bars.size() ? coded(plan.bars[b]) : kPastEnd);
    }
    return values;
}

FormPlans FormPlans::fromTable(const std::vector<float>& values) {
    FormPlans plans;
    const auto number = [](float value) { return value >= 0 && value <= 2048 ? static_cast<int>(value) : 0; };
    for (std::size_t row = 0; row + at(numColumns()) <= values.size(); row += at(numColumns())) {
        FormPlan plan;
        for (std::size_t s = 0; s < kNumStyles; ++s)
            if (const int style = number(values[row + s]); style > 0) plan.styles.push_back(style);
        for (std::size_t b = 0; b < kMostBars; ++b) {
            const int code = number(values[row + kNumStyles + b]);
            if (code == kPastEnd) break;
            const BarForm form = decoded(code);
            plan.bars.push_back(form.lag_bars > static_cast<int>(b) ? BarForm{} : form);
        }
        if (!plan.bars.empty()) plans.add(std::move(plan));
    }
    return plans;
}

} // namespace chainsong
