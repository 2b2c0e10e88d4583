#include "app/composing/compose_desk.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "app/words/chip_words.h"
#include "app/words/edit_words.h"
#include "app/words/engine_words.h"
#include "app/words/reason_words.h"
#include "engine/model/phrases/piece_vector.h"
#include "engine/model/prompt/parser.h"
#include "engine/music/tempo_map.h"

namespace chainsong {
namespace {

constexpr int kCards = 4;
/// Half of the sweeps are warm-up. These are enough for a first R-hat within a minute; "twice as long" brings
/// the verdict. Whole pieces are long: beyond 16 bars the sweeps become fewer.
constexpr int kSweeps = 28;
constexpr int kFewestSweeps = 12;
/// A card is a chain's last draw: few sweeps, so that the first card is there within a second or two.
constexpr int kSweepsOfCards = 8;
constexpr int kBarsOfFullSweeps = 16;

int numCores() { return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 8u)); }

/// At least as many threads as chains, so that all four traces grow side by side; the result does not depend
/// on it. Cards take a core each instead, so that the first is there as soon as can be.
int numTracedThreads() { return std::max(numCores(), 4); }

int sweepsFor(int bars) {
    return bars <= kBarsOfFullSweeps ? kSweeps : std::max(kFewestSweeps, kSweeps * kBarsOfFullSweeps / bars);
}

std::vector<CharacterRange> rangesOf(const std::vector<TextSpan>& spans) {
    std::vector<CharacterRange> ranges;
    for (const TextSpan& span : spans) ranges.push_back({span.first, span.past_last});
    return ranges;
}

} // namespace

ComposeDesk::ComposeDesk(Document& document, QObject* parent)
    : QObject(parent)
    , m_document(document) {
    connect(&m_composing, &Composing::progressed, this, &ComposeDesk::progressed);
    connect(&m_composing, &Composing::drawn, this, &ComposeDesk::takeDraw);
    connect(&m_composing, &Composing::finished, this, &ComposeDesk::finish);
    connect(&m_composing, &Composing::failed, this, &ComposeDesk::fail);
    connect(&m_composing, &Composing::traced, this, [this](const std::vector<TracePoint>& points) {
        m_diagnosing.add(points);
        Q_EMIT traced(points);
    });
    connect(&m_diagnosing, &Diagnosing::judged, this, &ComposeDesk::diagnosed);
    const auto ask_why = [this] {
        const Wishes& wishes = m_document.wishes();
        m_explaining.ask(m_document.score(), wishes.prompt, wishes.edited_chips);
    };
    connect(&m_document, &Document::scoreChanged, this, ask_why);
    connect(&m_document, &Document::opened, this, ask_why);
    connect(&m_document, &Document::opened, this, [this] {
        stop();
        setAuditioned(-1);
        readPrompt();
    });
}

void ComposeDesk::loaded(LoadedPrior prior) {
    m_model_name = QString::fromStdString(prior.prior->name());
    m_composing.setPrior(prior.prior);
    m_explaining.setPrior(prior.prior);
    Q_EMIT modelChanged();
    if (prior.is_rules_only)
        Q_EMIT messaged({.kind = MessageKind::kWarning,
            .text = engineText(std::string(kRulesOnlyNotice)) + QLatin1Char(' ')
                + QString::fromStdString(prior.reason)});
}

ScorePtr ComposeDesk::heard() const {
    const VariationSet& set = m_document.variations();
    if (m_auditioned == 0 && set.original) return set.original;
    const auto index = static_cast<std::size_t>(m_auditioned - 1);
    if (m_auditioned > 0 && index < set.variations.size()) return set.variations[index].score;
    return m_document.score();
}

QString ComposeDesk::reasonOf(int track, int note) const {
    const ScorePtr score = m_document.score();
    const NoteExplanation* const reason = m_explaining.reasonOf(score, track, note);
    if (!reason) return {};
    const Note& what = score->tracks[static_cast<std::size_t>(track)].notes[static_cast<std::size_t>(note)];
    return reasonText(*reason, what, keyAt(*score, what.start), m_explaining.prompt());
}

// ---- the prompt

void ComposeDesk::writePrompt(const QString& text) {
    Wishes wishes = m_document.wishes();
    wishes.prompt = text.left(4 * kMaxPromptCharacters).toStdString();
    m_document.setWishes(std::move(wishes));
    readPrompt();
}

void ComposeDesk::setTemperature(double temperature) {
    Wishes wishes = m_document.wishes();
    wishes.temperature = temperature;
    m_document.setWishes(std::move(wishes));
}

void ComposeDesk::setBars(int bars) {
    if (bars == chosenBars()) return;
    if (bars > 0)
        typeChip(QStringLiteral("bars"), QString::number(bars));
    else
        removeChip(QStringLiteral("bars"));
}

int ComposeDesk::wishedBars() const {
    const auto chips =
        merged(parsePrompt(m_document.wishes().prompt).chips, m_document.wishes().edited_chips);
    const Chip* const chip = findChip(chips, "bars");
    const double* const bars = chip ? std::get_if<double>(&chip->value) : nullptr;
    return bars ? static_cast<int>(*bars) : kBarsOfFullSweeps;
}

int ComposeDesk::chosenBars() const {
    const Chip* const chip = findChip(m_document.wishes().edited_chips, "bars");
    const double* const bars = chip ? std::get_if<double>(&chip->value) : nullptr;
    return bars ? static_cast<int>(*bars) : 0;
}

void ComposeDesk::setSeed(quint64 seed) {
    Wishes wishes = m_document.wishes();
    wishes.seed = seed;
    m_document.setWishes(std::move(wishes));
}

void ComposeDesk::typeChip(const QString& name, const QString& value) {
    const auto chip = typedChip(name.toStdString(), value);
    if (!chip) {
        Q_EMIT messaged({.kind = MessageKind::kWarning,
            .text = tr("“%1” is nothing that %2 can be. It stays as it was.")
                        .arg(value, chipTitle(name.toStdString()))});
        return readPrompt();
    }
    removeChip(name);
    Wishes wishes = m_document.wishes();
    wishes.edited_chips.push_back(*chip);
    m_document.setWishes(std::move(wishes));
    readPrompt();
}

void ComposeDesk::removeChip(const QString& name) {
    Wishes wishes = m_document.wishes();
    std::erase_if(wishes.edited_chips, [&](const Chip& chip) { return chip.name == name.toStdString(); });
    m_document.setWishes(std::move(wishes));
    readPrompt();
}

void ComposeDesk::readPrompt() {
    const ParsedPrompt parsed = parsePrompt(m_document.wishes().prompt);
    std::vector<PromptChip> chips;
    for (const Chip& chip : merged(parsed.chips, m_document.wishes().edited_chips))
        chips.push_back(promptChip(chip));
    QStringList notices;
    for (const std::string& notice : parsed.notices) notices.append(engineText(notice));
    Q_EMIT promptRead(chips, rangesOf(parsed.not_understood), notices);
}

// ---- runs

ComposeRequest ComposeDesk::composeRequest() const {
    const Wishes& wishes = m_document.wishes();
    ComposeRequest request;
    request.prompt = wishes.prompt;
    request.edited_chips = wishes.edited_chips;
    request.constraints = wishes.constraints;
    request.temperature = wishes.temperature;
    request.seed = wishes.seed;
    request.num_pieces = kCards;
    request.num_sweeps = sweepsFor(wishedBars());
    request.num_threads = numTracedThreads();
    return request;
}

void ComposeDesk::compose() {
    m_last_resample.reset();
    m_last_compose = composeRequest();
    // Nobody's work is at stake: the first piece comes at once, and all effort goes into it.
    m_adopts_first = m_document.isExample() || numNotes(*m_document.score()) == 0;
    if (m_adopts_first) m_last_compose->num_pieces = 1;
    startRun({});
    m_composing.start(*m_last_compose);
}

void ComposeDesk::continuePiece() {
    m_last_resample.reset();
    m_last_compose = composeRequest();
    m_last_compose->prime = *m_document.score();
    m_adopts_first = false;
    startRun({});
    m_composing.start(*m_last_compose);
}

void ComposeDesk::resample(std::pair<int, int> bars, std::vector<int> tracks, double temperature) {
    const Wishes& wishes = m_document.wishes();
    ResampleRequest request;
    request.score = *m_document.score();
    request.first_bar = bars.first;
    request.past_last_bar = bars.second;
    request.tracks = std::move(tracks);
    // The piece says what it is; a prompt that asked for another one would only pull at a single bar.
    if (!m_document.isExample()) {
        request.prompt = wishes.prompt;
        request.edited_chips = wishes.edited_chips;
    }
    request.constraints = wishes.constraints;
    request.temperature = temperature;
    request.num_pieces = kCards;
    request.num_sweeps = kSweepsOfCards;
    request.seed = wishes.seed;
    request.num_threads = numCores();
    m_last_compose.reset();
    m_last_resample = std::move(request);
    m_adopts_first = false;
    startRun(bars);
    m_composing.start(*m_last_resample);
}

void ComposeDesk::composeTowards(const Score& other) {
    const auto here = encodePiece(*m_document.score()), there = encodePiece(other);
    if (!here || !there) {
        Q_EMIT messaged({.kind = MessageKind::kWarning,
            .text = here ? tr("The other piece has no notes to go to.")
                         : tr("This piece has no notes to start from: compose or write some first.")});
        return;
    }
    const Wishes& wishes = m_document.wishes();
    PathRequest request;
    request.points = pointsBetween(*here, *there, kCards, false);
    request.temperature = wishes.temperature;
    request.seed = wishes.seed;
    request.num_threads = numCores();
    m_last_compose.reset();
    m_last_resample.reset();
    m_adopts_first = false;
    startRun({});
    m_composing.start(std::move(request));
}

void ComposeDesk::runLonger() {
    if (m_last_compose) {
        m_last_compose->num_sweeps *= 2;
        m_adopts_first = false;
        startRun({});
        m_composing.start(*m_last_compose);
    } else if (m_last_resample) {
        m_last_resample->num_sweeps *= 2;
        startRun(std::pair(m_last_resample->first_bar, m_last_resample->past_last_bar));
        m_composing.start(*m_last_resample);
    } else {
        Q_EMIT messaged({.text = tr("There is no run to repeat yet: compose or resample first.")});
    }
}

void ComposeDesk::startRun(std::optional<std::pair<int, int>> bars) {
    m_composing.cancel();
    setAuditioned(-1);
    m_user_chose = false;
    m_running_bars = bars;
    m_running_seed = m_document.wishes().seed;
    m_diagnosing.start();
    VariationSet set;
    set.original = m_document.score();
    set.bars = bars;
    m_document.offer(std::move(set));
    Q_EMIT runStarted();
}

void ComposeDesk::stop() {
    if (!m_composing.cancel()) return;
    const auto kept = static_cast<int>(m_document.variations().variations.size());
    end();
    Q_EMIT said(kept == 0
            ? tr("Stopped. Your notes are unchanged.")
            : tr("Stopped. Your notes are unchanged; %n finished variation(s) stay.", nullptr, kept));
}

void ComposeDesk::end() {
    m_running_bars.reset();
    Q_EMIT runEnded();
}

void ComposeDesk::takeDraw(const Draw& draw, int index) {
    auto score = std::make_shared<const Score>(draw.score);
    m_document.offer(Variation{.score = score,
        .log_density = draw.log_density,
        .num_changed_notes = draw.num_changed_notes,
        .seed = m_running_seed});
    if (std::exchange(m_adopts_first, false)) {
        m_document.replace(score, tr("Compose"));
        Q_EMIT adopted();
    } else if (index == 0 && !m_user_chose && m_document.score() == m_document.variations().original) {
        setAuditioned(1);
    }
}

void ComposeDesk::finish(const ComposeResult& result) {
    if (!result.draws.empty()) {
        auto posterior = std::make_shared<const Posterior>(result.posterior);
        m_document.learnOfVariations(result.draws.front().score, posterior, result.model);
        if (*m_document.score() == result.draws.front().score) m_document.learn(posterior);
    }
    end();
    QStringList notices;
    for (const std::string& notice : result.notices) notices.append(engineText(notice));
    for (const ConstraintReport& report : result.constraints)
        if (!report.is_satisfied && report.is_hard)
            notices.append(
                tr("Not kept: %1. %2")
                    .arg(QString::fromStdString(report.name), QString::fromStdString(report.detail)));
    if (!notices.isEmpty())
        Q_EMIT messaged({.kind = MessageKind::kWarning, .text = notices.join(QLatin1Char(' '))});
    const int cards = static_cast<int>(m_document.variations().variations.size());
    Q_EMIT said(tr(
        "%n variation(s) in %1 s. 1–%2 to listen, Enter to keep. Everything can be undone.", nullptr, cards)
                    .arg(QLocale().toString(result.seconds, 'f', 1))
                    .arg(cards));
    Q_EMIT auditionChanged(); // what is known of the cards has changed
}

void ComposeDesk::fail(const Error& error) {
    end();
    Q_EMIT said(tr("Nothing was changed."));
    Q_EMIT messaged({.kind = MessageKind::kProblem, .text = engineText(sentence(error))});
}

// ---- variations

void ComposeDesk::setAuditioned(int index) {
    if (index == m_auditioned) return;
    m_before = std::exchange(m_auditioned, index);
    Q_EMIT auditionChanged();
}

void ComposeDesk::audition(int index) {
    const VariationSet& set = m_document.variations();
    if (!set.original || index > static_cast<int>(set.variations.size())) {
        Q_EMIT said(set.original ? tr("There is no variation %1.").arg(index)
                                 : tr("There are no variations yet: compose, or resample chosen bars."));
        return;
    }
    m_user_chose = true;
    setAuditioned(index);
}

void ComposeDesk::compare() {
    if (!m_document.variations().original) return audition(0);
    m_user_chose = true;
    setAuditioned(m_auditioned > 0 && m_before <= 0 ? 0 : std::max(m_before, 0));
}

void ComposeDesk::accept(int index) {
    const VariationSet set = m_document.variations();
    if (!set.original || index < 0 || index > static_cast<int>(set.variations.size())) return;
    stop();
    const ScorePtr kept =
        index == 0 ? set.original : set.variations[static_cast<std::size_t>(index) - 1].score;
    setAuditioned(-1);
    if (kept == m_document.score()) return Q_EMIT said(tr("That is what stands there already."));
    const bool is_known = set.posterior && index == static_cast<int>(set.posterior_of) + 1;
    m_document.replace(kept,
        index == 0 ? tr("Back to the original")
                   : tr("Keep variation %1 of %2").arg(index).arg(barsText(set.bars)),
        is_known ? set.posterior : nullptr);
    Q_EMIT said(tr("Kept. Ctrl+Z brings back what was there before."));
}

void ComposeDesk::star(int index, bool is_starred) {
    if (index > 0) m_document.star(static_cast<std::size_t>(index) - 1, is_starred);
}

void ComposeDesk::toggleStar(int index) {
    const auto& variations = m_document.variations().variations;
    const auto at = static_cast<std::size_t>(index) - 1;
    if (at < variations.size()) star(index, !variations[at].is_starred);
}

void ComposeDesk::dismiss() {
    if (isRunning()) return stop();
    setAuditioned(-1);
    m_document.clearVariations();
    Q_EMIT said({});
}

} // namespace chainsong
