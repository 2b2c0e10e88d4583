#include "widgets/plots/run_plot.h"

#include "engine/base/atomic_file.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/theme/flow_layout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QTimerEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kFrameMs = 40;
constexpr std::size_t kMostPanels = 4;
constexpr int kMostOffered = 200; // in the list of quantities; never "all" of ten thousand
constexpr int kCaptionFromPx = 250; // a lower plot needs the room itself
constexpr int kWorst = -1;
constexpr int kWidestChoicePx = 220;

} // namespace

RunPlot::RunPlot(QWidget* parent)
    : QWidget(parent)
    , m_run(std::make_shared<const RunDraws>())
    , m_kinds(new QComboBox(this))
    , m_quantities(new QComboBox(this))
    , m_hide_warm_up(new QCheckBox(tr("Hide warm-up"), this))
    , m_canvas(new PlotCanvas(this))
    , m_caption(new QLabel(this)) {
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(2);
    buildHead();
    all->addWidget(m_canvas, 1);
    m_caption->setWordWrap(true);
    m_caption->setProperty("muted", true);
    m_caption->setContentsMargins(8, 0, 8, 2);
    all->addWidget(m_caption);
    fillKinds();
    fillQuantities();
    connect(m_canvas, &PlotCanvas::zoomChanged, this, &RunPlot::changed);
    connect(m_canvas, &PlotCanvas::clicked, this, &RunPlot::findPoint);
    showCaption();
}

RunPlot::~RunPlot() = default;

void RunPlot::buildHead() {
    auto* const head = new QWidget(this);
    auto* const row = new FlowLayout(head, 6);
    row->setContentsMargins(8, 4, 8, 2);
    m_kinds->setAccessibleName(tr("Kind of plot"));
    m_kinds->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_quantities->setAccessibleName(tr("Quantity"));
    m_quantities->setToolTip(tr("What is plotted; the quantities that need attention come first."));
    m_quantities->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_quantities->setMaximumWidth(kWidestChoicePx);
    m_hide_warm_up->setToolTip(
        tr("The hatched first draws only lead the chains to where the answer is; they do not count."));
    auto* const save = new QToolButton(head);
    save->setText(tr("Save…"));
    save->setToolTip(tr("The plot as PNG, SVG or PDF, or its data as CSV"));
    for (QWidget* widget : {static_cast<QWidget*>(m_kinds), static_cast<QWidget*>(m_quantities),
             static_cast<QWidget*>(m_hide_warm_up), static_cast<QWidget*>(save)})
        row->addWidget(widget);
    static_cast<QVBoxLayout*>(layout())->addWidget(head);
    for (QWidget* widget : {static_cast<QWidget*>(m_hide_warm_up), static_cast<QWidget*>(save)})
        widget->setFixedHeight(m_kinds->sizeHint().height()); // one line of text
    connect(save, &QToolButton::clicked, this, &RunPlot::saveRequested);
    connect(m_kinds, &QComboBox::currentIndexChanged, this,
        [this](int index) { setKind(static_cast<PlotKind>(m_kinds->itemData(index).toInt())); });
    connect(m_quantities, &QComboBox::currentIndexChanged, this, [this](int index) {
        const int chosen = m_quantities->itemData(index).toInt();
        chosen == kWorst ? showWorst() : setQuantity(chosen);
    });
    connect(m_hide_warm_up, &QCheckBox::toggled, this, &RunPlot::changed);
}

void RunPlot::fillKinds() {
    const QSignalBlocker quiet(m_kinds);
    m_kinds->clear();
    for (int i = 0; i < kNumPlotKinds; ++i) {
        const auto kind = static_cast<PlotKind>(i);
        if (kind == PlotKind::kEnergy && !m_run->hasEnergies()) continue; // only gradient samplers have any
        m_kinds->addItem(plotKindName(kind), i);
        m_kinds->setItemData(m_kinds->count() - 1, plotKindHelp(kind), Qt::ToolTipRole);
    }
    const int at = m_kinds->findData(static_cast<int>(m_kind));
    if (at < 0) m_kind = PlotKind::kTrace;
    m_kinds->setCurrentIndex(std::max(0, at));
    m_kinds->setToolTip(plotKindHelp(m_kind));
}

void RunPlot::fillQuantities() {
    const QSignalBlocker quiet(m_quantities);
    m_quantities->clear();
    const std::size_t count = m_ranking.size();
    if (count != 1)
        m_quantities->addItem(count <= kMostPanels ? tr("All together") : tr("The four worst"), kWorst);
    for (const int quantity : m_ranking) {
        if (m_quantities->count() > kMostOffered) break;
        m_quantities->addItem(titleOf(quantity), quantity);
    }
    if (m_quantity && m_quantities->findData(*m_quantity) < 0)
        m_quantities->addItem(titleOf(*m_quantity), *m_quantity);
    m_quantities->setCurrentIndex(std::max(0, m_quantities->findData(m_quantity.value_or(kWorst))));
}

QString RunPlot::titleOf(int quantity) const {
    if (quantity >= 0 && quantity < m_titles.size()) return m_titles[quantity];
    return quantity >= 0 && quantity < m_run->numQuantities()
        ? QString::fromStdString(m_run->names[static_cast<std::size_t>(quantity)])
        : QString();
}

void RunPlot::showRun(std::shared_ptr<const RunDraws> run, QStringList titles) {
    m_run = std::move(run);
    m_titles = std::move(titles);
    m_badge_of = {};
    m_traces.forget();
    m_marked_chain = kNoChain;
    m_ranking.resize(m_run->names.size());
    std::iota(m_ranking.begin(), m_ranking.end(), 0);
    if (m_quantity && *m_quantity >= m_run->numQuantities()) m_quantity.reset();
    fillKinds();
    fillQuantities();
    m_canvas->showAll();
    chose();
}

void RunPlot::showRanking(std::vector<int> worst_first) {
    if (worst_first == m_ranking) return;
    const PlotChoice before = choice();
    m_ranking = std::move(worst_first);
    fillQuantities();
    if (!(choice() == before)) chose();
}

PlotChoice RunPlot::choice() const {
    if (m_kind == PlotKind::kEnergy) return {m_kind, {}};
    // Pairs need partners: a quantity alone goes with those that need attention most.
    std::vector<int> quantities;
    if (m_quantity) quantities.push_back(*m_quantity);
    const std::size_t wanted = m_quantity ? (m_kind == PlotKind::kPairs ? kMostPanels + 1 : 1) : kMostPanels;
    for (const int quantity : m_ranking) {
        if (quantities.size() >= wanted) break;
        if (!m_quantity || quantity != *m_quantity) quantities.push_back(quantity);
    }
    return {m_kind, std::move(quantities)};
}

void RunPlot::setKind(PlotKind kind) {
    if (kind == m_kind) return;
    m_kind = kind;
    fillKinds();
    chose();
}

void RunPlot::setQuantity(int quantity) {
    if (quantity < 0 || quantity >= m_run->numQuantities() || m_quantity == quantity) return;
    m_quantity = quantity;
    fillQuantities();
    chose();
}

void RunPlot::showWorst() {
    if (!m_quantity) return;
    m_quantity.reset();
    fillQuantities();
    chose();
}

/// Another choice: an old zoom would show the wrong place.
void RunPlot::chose() {
    m_traces.forget();
    m_hide_warm_up->setVisible(m_kind == PlotKind::kTrace);
    m_quantities->setEnabled(m_kind != PlotKind::kEnergy); // energies are of all together
    m_canvas->showAll();
    m_canvas->setAccessibleName(plotKindName(m_kind));
    m_is_waiting = m_kind != PlotKind::kTrace;
    if (m_kind == PlotKind::kTrace) {
        replot();
    } else {
        PlotPicture waiting;
        waiting.note = tr("Computing…");
        m_canvas->showPictures({waiting});
    }
    showCaption();
    Q_EMIT choiceChanged();
}

void RunPlot::refresh() { changed(); }

void RunPlot::showBadges(std::function<PlotBadge(int)> badge_of) {
    m_badge_of = std::move(badge_of);
    if (m_kind == PlotKind::kTrace)
        changed();
    else if (!m_is_waiting)
        draw(m_canvas->pictures());
}

/// A plot that says nothing of its own about a quantity carries the quantity's R-hat.
void RunPlot::addBadges(std::vector<PlotPicture>& pictures) const {
    const auto quantities = choice().quantities;
    const bool has_own = m_kind == PlotKind::kRankEcdf || m_kind == PlotKind::kAutocorrelation
        || m_kind == PlotKind::kEssGrowth;
    if (!m_badge_of || has_own || quantities.size() != pictures.size()) return;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (pictures[i].note.isEmpty()) pictures[i].badge = m_badge_of(quantities[i]);
}

void RunPlot::draw(std::vector<PlotPicture> pictures) {
    addBadges(pictures);
    m_canvas->showPictures(std::move(pictures));
    if (const QString spoken = spokenText(); spoken != m_canvas->accessibleDescription())
        m_canvas->setAccessibleDescription(spoken);
}

void RunPlot::showPictures(const PlotChoice& made_for, std::vector<PlotPicture> pictures) {
    if (m_kind == PlotKind::kTrace || !(made_for == choice())) return;
    m_is_waiting = false;
    draw(std::move(pictures));
    showCaption();
}

void RunPlot::showMarkedDraw(int chain, int draw) {
    m_marked_chain = chain;
    m_marked_draw = draw;
    changed();
}

const std::vector<PlotPicture>& RunPlot::pictures() const { return m_canvas->pictures(); }

void RunPlot::changed() {
    m_is_stale = true;
    if (isVisible() && !m_frame.isActive()) m_frame.start(kFrameMs, this);
}

void RunPlot::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_frame.timerId()) return QWidget::timerEvent(event);
    if (!m_is_stale || !isVisible()) return m_frame.stop();
    replot();
}

void RunPlot::replot() {
    m_is_stale = false;
    if (m_kind == PlotKind::kTrace) showTraces();
}

void RunPlot::showTraces() {
    const TraceView view{m_canvas->zoomed(), m_canvas->panelWidth(), m_hide_warm_up->isChecked()};
    std::vector<PlotPicture> pictures;
    for (const int quantity : choice().quantities) {
        PlotPicture picture = m_traces.of(*m_run, quantity, view);
        picture.title = titleOf(quantity);
        if (m_marked_chain >= 0 && m_marked_draw < m_run->numDraws(m_marked_chain)) {
            const double value =
                m_run->values(quantity, m_marked_chain)[static_cast<std::size_t>(m_marked_draw)];
            if (std::isfinite(value)) picture.marked = PlotPoint{static_cast<double>(m_marked_draw), value};
        }
        pictures.push_back(std::move(picture));
    }
    draw(std::move(pictures));
}

void RunPlot::showCaption() {
    const auto& shown = m_canvas->pictures();
    const QString own = shown.empty() || m_kind == PlotKind::kTrace ? QString() : shown.front().caption;
    m_caption->setText(own.isEmpty() ? plotKindHelp(m_kind) : own);
    m_caption->setVisible(height() >= kCaptionFromPx);
}

void RunPlot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    changed();
}

void RunPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showCaption();
    changed();
}

void RunPlot::setWarmUpHidden(bool is_hidden) { m_hide_warm_up->setChecked(is_hidden); }
void RunPlot::setLarge(bool is_large) { m_canvas->setLarge(is_large); }

void RunPlot::findPoint(int panel, PlotPoint at, PlotPoint reach) {
    const PlotChoice shown = choice();
    if (m_kind != PlotKind::kTrace || panel >= static_cast<int>(shown.quantities.size())) return;
    const int quantity = shown.quantities[static_cast<std::size_t>(panel)];
    // Where draws lie far apart, the line between them belongs to the nearer one.
    const double reach_x = std::max(reach.x, 0.5);
    const int first_shown = m_hide_warm_up->isChecked() ? m_run->num_warm_up : 0;
    double best = std::numeric_limits<double>::infinity();
    std::optional<std::pair<int, int>> nearest;
    for (int chain = 0; chain < m_run->numChains(); ++chain) {
        const auto values = m_run->values(quantity, chain);
        const int from = std::max(first_shown, static_cast<int>(std::floor(at.x - reach_x)));
        const int to = std::min(static_cast<int>(std::ceil(at.x + reach_x)), m_run->numDraws(chain) - 1);
        for (int draw = from; draw <= to; ++draw) {
            const double dx = (draw - at.x) / reach.x;
            const double dy = (values[static_cast<std::size_t>(draw)] - at.y) / reach.y;
            const double distance = dy * dy + 0.2 * dx * dx;
            if (std::abs(draw - at.x) > reach_x || !(std::abs(dy) <= 1) || distance >= best) continue;
            best = distance;
            nearest = {chain, draw};
        }
    }
    if (nearest) Q_EMIT pointClicked(nearest->first, nearest->second);
}

QString RunPlot::spokenText() const {
    QStringList parts{plotKindName(m_kind)};
    for (const PlotPicture& picture : m_canvas->pictures()) {
        const PlotBadge& badge = picture.badge;
        parts << (badge.text.isEmpty()
                ? picture.title
                : tr("%1: %2, %3").arg(picture.title, badge.text, verdictWord(badge.verdict)));
        parts << picture.note;
    }
    parts << tr("%1 chains").arg(m_run->numChains()) + QStringLiteral(", ")
            + tr("%1 draws").arg(m_run->longestChain());
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

Status RunPlot::exportTo(const QString& path) {
    const std::string file = path.toStdString();
    const QString ending = path.section(QLatin1Char('.'), -1).toLower();
    if (m_is_waiting) return Error{tr("the plot is still being computed").toStdString()};
    replot();
    if (ending == QLatin1String("csv")) {
        const bool is_of_draws = m_kind == PlotKind::kTrace || m_kind == PlotKind::kPairs;
        return writeFileAtomically(
            file, is_of_draws ? m_run->csv(choice().quantities) : csvOf(m_canvas->pictures()));
    }
    const QByteArray bytes = m_canvas->rendered(ending);
    if (bytes.isEmpty())
        return Error{tr("a plot can be saved as .png, .svg, .pdf or .csv").toStdString(), file};
    return writeFileAtomically(
        file, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace chainsong
