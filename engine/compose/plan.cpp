#include "engine/compose/plan.h"

#include "engine/base/numbers.h"
#include "engine/base/random.h"
#include "engine/base/text.h"
#include "engine/compose/constraints.h"
#include "engine/model/form.h"
#include "engine/model/prompt/parser.h"
#include "engine/music/instruments.h"
#include "engine/music/tempo_map.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

constexpr std::uint64_t kPlanStream =
    0x706C616E; // of the seed's streams, the one that fills in what is left open
constexpr std::string_view kFreeForm = "free";
constexpr int kBarsOfSection = 8;
bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }

std::optional<std::string> wordOf(const std::vector<Chip>& chips, std::string_view name) {
    const Chip* chip = findChip(chips, name);
    const auto* word = chip ? std::get_if<std::string>(&chip->value) : nullptr;
    return word ? std::optional(*word) : std::nullopt;
}

std::optional<double> numberOf(const std::vector<Chip>& chips, std::string_view name) {
    const Chip* chip = findChip(chips, name);
    const auto* number = chip ? std::get_if<double>(&chip->value) : nullptr;
    return number ? std::optional(*number) : std::nullopt;
}

std::vector<std::string> namesOf(const std::vector<Chip>& chips, std::string_view name) {
    const Chip* chip = findChip(chips, name);
    const auto* names = chip ? std::get_if<std::vector<std::string>>(&chip->value) : nullptr;
    return names ? *names : std::vector<std::string>{};
}

/// Constraints that decide the frame are chips that the user has edited.
std::vector<Chip> chipsOf(const std::vector<Constraint>& constraints) {
    std::vector<Chip> chips;
    const auto add = [&](std::string_view name, ChipValue value) {
        Chip chip;
        chip.name = name;
        chip.value = std::move(value);
        chip.source = ChipSource::kUser;
        chips.push_back(std::move(chip));
    };
    for (const Constraint& c : constraints) {
        const bool is_whole = !c.scope.first_bar && !c.scope.past_last_bar && c.scope.tracks.empty();
        if (!c.is_on || !is_whole) continue;
        if (c.name == "key" && !c.value.empty()) add("key", c.value);
        if (c.name == "metre") add("metre", c.value);
        if (c.name == "bars") add("bars", parseNumber(c.value).value_or(16));
        if (c.name == "tempo") add("tempo_bpm", parseNumber(c.value).value_or(100));
        if (c.name == "form") add("form", c.value);
        if (c.name != "instruments") continue;
        std::vector<std::string> names;
        for (const std::string& name : split(c.value, ',')) names.emplace_back(trimmed(name));
        add("instruments", std::move(names));
    }
    return chips;
}

bool isSad(const std::string& mood) {
    constexpr std::array<std::string_view, 12> kSad{"sad", "dark", "melancholic", "gloomy", "tragic",
        "mysterious", "tense", "angry", "mournful", "lonely", "longing", "dramatic"};
    return std::find(kSad.begin(), kSad.end(), mood) != kSad.end();
}

/// "An Irish reel" is two styles: the first of which something is known decides.
const StyleDefaults& knownStyleOf(const std::vector<Chip>& chips) {
    for (const Chip& chip : chips)
        if (const auto* style = std::get_if<std::string>(&chip.value); style && chip.name == "style")
            if (const StyleDefaults& defaults = defaultsOf(*style); !defaults.style.empty()) return defaults;
    return defaultsOf("");
}

/// Fills in one thing after the other and keeps a list of what was used.
class Planner {
public:
    Planner(const Prior& prior, const ComposeRequest& request)
        : m_prior(prior)
        , m_request(request)
        , m_rng(rngFor(request.seed, kPlanStream, 0)) {
        const ParsedPrompt parsed = parsePrompt(request.prompt);
        m_chips = merged(merged(parsed.chips, request.edited_chips), chipsOf(request.constraints));
        m_plan.frame.prompt = parsed.prompt;
        m_plan.not_understood = parsed.not_understood;
        m_plan.notices = parsed.notices;
        m_style = &knownStyleOf(m_chips);
    }

    Result<Plan> planned() {
        const auto metre = chooseMetre();
        if (!metre) return metre.error();
        const auto key = chooseKey();
        if (!key) return key.error();
        m_plan.frame.tempo_bpm = chooseTempo();
        if (m_request.prime) {
            if (const Status kept = keepPrime(); !kept) return kept.error();
        } else {
            if (const Status chosen = chooseParts(); !chosen) return chosen.error();
        }
        const BarFrame bar = m_plan.frame.bars.empty() ? BarFrame{*metre, *key} : m_plan.frame.bars.back();
        const auto num_bars = chooseBars(bar.metre);
        if (!num_bars) return num_bars.error();
        m_plan.frame.bars.resize(static_cast<std::size_t>(*num_bars), bar);
        finishBase();
        m_plan.constraints = withBuiltIn(wantedConstraints(), m_plan.frame, {true, !m_prior.knowsKeys()});
        if (const Status pinned = addPinnedNotes(m_plan.base, m_plan.frame, m_plan.constraints); !pinned)
            return pinned.error();
        listChips(bar);
        m_plan.frame.chips = m_plan.request_chips;
        if (const Status formed = chooseForm(); !formed) return formed.error();
        return std::move(m_plan);
    }

private:
    Result<Metre> chooseMetre() const {
        const auto metre = parseMetre(wordOf(m_chips, "metre").value_or(std::string(m_style->metre)));
        if (!metre) return metre.error();
        const Tick bar = metre->barLength();
        if (bar.value % kTicksPerStep != 0 || bar.value / kTicksPerStep > kMaxBarSteps
            || bar.value < kTicksPerStep)
            return Error{
                "bars of " + metreName(*metre) + " cannot be written; they last at most eight quarters",
                "metre"};
        return *metre;
    }

    Result<Key> chooseKey() {
        if (const auto name = wordOf(m_chips, "key")) return parseKey(*name);
        std::string mode = wordOf(m_chips, "mode").value_or(std::string(m_style->mode));
        if (const auto mood = wordOf(m_chips, "mood"); mode.empty() && mood)
            mode = isSad(*mood) ? "minor" : "major";
        if (mode.empty()) mode = m_rng.uniform() < 0.6 ? "major" : "minor";
        constexpr std::array<std::string_view, 6> kMajorTonics{"C", "G", "D", "F", "Bb", "A"};
        constexpr std::array<std::string_view, 6> kMinorTonics{"A", "D", "E", "G", "C", "B"};
        const auto& tonics =
            mode == "major" || mode == "mixolydian" || mode == "lydian" ? kMajorTonics : kMinorTonics;
        return parseKey(std::string(tonics[m_rng.below(tonics.size())]) + " " + mode);
    }

    double chooseTempo() const {
        if (const auto tempo = numberOf(m_chips, "tempo_bpm")) return *tempo;
        if (const Chip* chip = findChip(m_chips, "tempo_range"))
            if (const auto* range = std::get_if<std::pair<double, double>>(&chip->value))
                return (range->first + range->second) / 2;
        const std::string energy = wordOf(m_chips, "energy").value_or("");
        const double by_energy = energy == "low" ? 0.8 : energy == "high" ? 1.2 : 1;
        const bool is_sad = isSad(wordOf(m_chips, "mood").value_or(""));
        return std::round(m_style->tempo_bpm * by_energy * (is_sad ? 0.85 : 1));
    }

    Status chooseParts() {
        std::vector<std::string> names = namesOf(m_chips, "instruments");
        const std::vector<std::string> without = namesOf(m_chips, "without");
        const bool is_asked = !names.empty();
        if (!is_asked) {
            for (const std::string& name : split(m_style->instruments, ','))
                names.emplace_back(trimmed(name));
            std::erase(names, "");
        }
        std::erase_if(names, [&](const std::string& name) {
            return std::find(without.begin(), without.end(), name) != without.end();
        });
        auto& parts = m_plan.frame.parts;
        for (const std::string& name : names) {
            const auto program = programOf(name);
            if (name == kDrumsName)
                parts.push_back({0, true});
            else if (program)
                parts.push_back({*program, false});
            else
                m_plan.notices.push_back(
                    "There is no instrument \"" + cleanLabel(name, 40) + "\"; it was left out.");
        }
        if (parts.empty()) {
            const bool no_piano = std::find(without.begin(), without.end(), "piano") != without.end();
            parts.push_back({no_piano ? programOf("guitar").value_or(24) : 0, false});
        }
        spreadVoices();
        if (parts.size() > kMaxParts) {
            m_plan.notices.push_back(
                "A piece has at most " + std::to_string(kMaxParts) + " voices; the others were left out.");
            parts.resize(kMaxParts);
        }
        return Done{};
    }

    /// "Four voices" repeats the last instrument; a keyboard alone plays with two hands.
    void spreadVoices() {
        auto& parts = m_plan.frame.parts;
        auto wanted =
            static_cast<std::size_t>(std::clamp(numberOf(m_chips, "voices").value_or(0), 0.0, 64.0));
        const bool is_style = wanted == 0 && !findChip(m_chips, "instruments");
        if (is_style && m_style->voices > 0) wanted = static_cast<std::size_t>(m_style->voices);
        const bool is_keyboard = !parts.front().is_drums
            && (parts.front().program < 8 || (parts.front().program >= 16 && parts.front().program < 21));
        if (wanted == 0 && parts.size() == 1 && is_keyboard) wanted = 2;
        while (parts.size() < std::min<std::size_t>(wanted, kMaxParts)) parts.push_back(Part(parts.back()));
    }

    Status keepPrime() {
        const auto frame = frameOf(*m_request.prime);
        if (!frame) return frame.error();
        m_plan.base = *m_request.prime;
        m_plan.frame.bars = frame->bars;
        m_plan.frame.parts = frame->parts;
        m_plan.frame.tempo_bpm = frame->tempo_bpm;
        m_plan.first_bar = static_cast<int>(frame->bars.size());
        if (m_plan.base.tracks.empty()) m_plan.base.tracks.emplace_back();
        return Done{};
    }

    Result<int> chooseBars(const Metre& metre) const {
        const double quarters =
            static_cast<double>(metre.barLength().value) / static_cast<double>(kTicksPerQuarter);
        double bars = m_request.prime ? m_plan.first_bar + 8 : 16;
        if (const auto wanted = numberOf(m_chips, "bars"))
            bars = *wanted;
        else if (const auto seconds = numberOf(m_chips, "seconds"))
            bars = std::max(1.0, std::round(*seconds * m_plan.frame.tempo_bpm / 60 / quarters));
        else if (const auto form = wordOf(m_chips, "form"); form && *form != kFreeForm && !m_request.prime)
            bars = static_cast<double>(kBarsOfSection * std::count_if(form->begin(), form->end(), isLetter));
        if (!(bars >= 1 && bars <= kMostBars))
            return Error{"a piece has 1 to " + std::to_string(kMostBars) + " bars", "bars"};
        if (bars <= m_plan.first_bar)
            return Error{"the given piece has " + std::to_string(m_plan.first_bar)
                    + " bars already; ask for more to continue it",
                "bars"};
        return static_cast<int>(bars);
    }

    /// The form that was asked for, or one that pieces of this style have. What stands already has the form
    /// it has.
    Status chooseForm() {
        auto& bars = m_plan.frame.bars;
        const auto wanted = wordOf(m_chips, "form");
        Rng rng = rngFor(m_request.seed, kPlanStream, 1);
        std::vector<BarForm> form = m_prior.drawForm(m_plan.frame, rng);
        const bool knows_forms = !form.empty();
        if (m_request.prime) form.clear();
        if (wanted) {
            auto parsed = parseForm(*wanted, static_cast<int>(bars.size()));
            if (!parsed && findChip(m_chips, "form")->source == ChipSource::kUser) return parsed.error();
            if (!parsed)
                m_plan.notices.push_back(
                    sentence(parsed.error()) + "; the piece takes its form as it comes.");
            form = parsed ? std::move(*parsed) : std::vector<BarForm>();
            if (parsed && !knows_forms && *wanted != kFreeForm)
                m_plan.notices.push_back(
                    "Only the prompt model knows of forms; the rules write without one.");
        }
        for (std::size_t b = static_cast<std::size_t>(m_plan.first_bar);
             b < std::min(bars.size(), form.size()); ++b)
            bars[b].form = form[b];
        if (const std::string name = formName(form); wanted || name != kFreeForm)
            if (!form.empty()) setChip("form", wanted.value_or(name));
        return Done{};
    }

    /// The score that the new notes will join.
    void finishBase() {
        const PieceFrame& frame = m_plan.frame;
        if (!m_request.prime) {
            m_plan.base = toScore(frame, {});
            return;
        }
        Score& base = m_plan.base;
        Tick end;
        for (const BarFrame& bar : frame.bars) end = end + bar.metre.barLength();
        base.end = std::max(base.end, end);
    }

    std::vector<Constraint> wantedConstraints() const {
        std::vector<Constraint> wanted = m_request.constraints;
        const bool has_density = std::any_of(
            wanted.begin(), wanted.end(), [](const Constraint& c) { return c.name == "density"; });
        const auto density = wordOf(m_chips, "density");
        if (density && !has_density) wanted.push_back({"density", *density, {}, false, 0.5, true});
        return wanted;
    }

    /// Everything that was used in the end, so that the user sees what the machine chose.
    void listChips(const BarFrame& bar) {
        m_plan.request_chips = m_chips;
        std::erase_if(m_plan.request_chips,
            [](const Chip& chip) { return chip.name == "tempo_range" || chip.name == "mode"; });
        setChip("key", keyName(bar.key));
        setChip("metre", metreName(bar.metre));
        setChip("tempo_bpm", m_plan.frame.tempo_bpm);
        setChip("bars", static_cast<double>(m_plan.frame.bars.size()));
        std::vector<std::string> names;
        for (const Part& part : m_plan.frame.parts)
            if (const std::string name = partName(part);
                std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        setChip("instruments", std::move(names));
    }

    void setChip(std::string_view name, ChipValue value) {
        const Chip* asked = findChip(m_chips, name);
        Chip chip = asked ? *asked : Chip{};
        chip.name = name;
        chip.value = std::move(value);
        std::erase_if(m_plan.request_chips, [&](const Chip& other) { return other.name == name; });
        m_plan.request_chips.push_back(std::move(chip));
    }

    const Prior& m_prior;
    const ComposeRequest& m_request;
    Rng m_rng;
    std::vector<Chip> m_chips;
    const StyleDefaults* m_style = nullptr;
    Plan m_plan;
};

} // namespace

Result<Plan> planPiece(const Prior& prior, const ComposeRequest& request) {
    if (request.temperature <= 0 || !std::isfinite(request.temperature))
        return Error{"temperature is a number above 0", "temperature"};
    if (request.num_particles < 1 || request.num_particles > 4096)
        return Error{"there can be 1 to 4096 particles", "particles"};
    if (request.num_pieces < 1 || request.num_pieces > 100)
        return Error{"one can ask for 1 to 100 pieces", "count"};
    if (request.num_sweeps < 0 || request.num_sweeps > 1'000'000)
        return Error{"sweeps is a number from 0 to 1000000", "sweeps"};
    return Planner(prior, request).planned();
}

} // namespace chainsong
