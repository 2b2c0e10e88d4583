#include "app/window/roll_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

#include "widgets/theme/icons.h"

namespace chainsong {
namespace {

struct GridChoice {
    const char* name;
    std::int64_t ticks;
};
constexpr std::array kGrids{GridChoice{"1/4", 480}, GridChoice{"1/8", 240}, GridChoice{"1/8 T", 160},
    GridChoice{"1/16", 120}, GridChoice{"1/16 T", 80}, GridChoice{"1/32", 60}};

constexpr int kVarietySteps = 10; // 0.5 … 1.5

} // namespace

RollBar::RollBar(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QComboBox(this))
    , m_view(new QComboBox(this))
    , m_where(new QLabel(this))
    , m_variety(new QSlider(Qt::Horizontal, this)) {
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(6);
    m_tools = {addTool(RollTool::kPointer, tr("Select and move"), QStringLiteral("V")),
        addTool(RollTool::kDraw, tr("Draw notes"), QStringLiteral("D")),
        addTool(RollTool::kErase, tr("Erase notes"), QStringLiteral("E"))};
    for (QToolButton* tool : m_tools) row->addWidget(tool);

    for (const GridChoice& choice : kGrids)
        m_grid->addItem(QString::fromLatin1(choice.name), qlonglong(choice.ticks));
    m_grid->setToolTip(tr("The grid that notes snap to ([ and ]); T = triplet. Alt while dragging: no grid"));
    m_grid->setAccessibleName(tr("Grid"));
    connect(m_grid, &QComboBox::activated, this,
        [this](int index) { Q_EMIT gridChosen(Tick{m_grid->itemData(index).toLongLong()}); });
    row->addSpacing(6);
    row->addWidget(addCaption(tr("Grid"), m_grid));
    row->addWidget(m_grid);

    m_view->addItems({tr("plain"), tr("how sure"), tr("alternatives")});
    m_view->setToolTip(tr("What the notes show of the draws (U): nothing, how sure each note is, or what "
                          "else could stand there"));
    m_view->setAccessibleName(tr("Notes show"));
    connect(m_view, &QComboBox::activated, this,
        [this](int index) { Q_EMIT uncertaintyChosen(static_cast<UncertaintyView>(index)); });
    row->addSpacing(6);
    row->addWidget(addCaption(tr("Notes"), m_view));
    row->addWidget(m_view);
    row->addStretch(1);

    m_where->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_where);
    m_variety->setRange(-kVarietySteps / 2, kVarietySteps / 2);
    m_variety->setFixedWidth(72);
    m_variety->setToolTip(tr("How far new notes may stray: left a little, right a lot (temperature)"));
    m_variety->setAccessibleName(tr("Variety"));
    row->addWidget(addCaption(tr("Variety"), m_variety));
    row->addWidget(m_variety);
    m_pin = new QToolButton(this);
    m_pin->setIcon(icon(Icon::kPin));
    m_pin->setText(tr("Pin"));
    m_pin->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_pin->setToolTip(tr("Keep the selected notes as they are (P)"));
    connect(m_pin, &QToolButton::clicked, this, &RollBar::pinRequested);
    row->addWidget(m_pin);
    auto* const resample = new QPushButton(tr("Resample"), this);
    resample->setToolTip(
        tr("Let the machine rewrite these bars (R). The result comes as cards; nothing is overwritten."));
    connect(resample, &QPushButton::clicked, this, &RollBar::resampleRequested);
    resample->setMinimumWidth(resample->sizeHint().width());
    row->addWidget(resample);
    for (QComboBox* box : {m_grid, m_view}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    m_full_width_px = sizeHint().width();
    showGrid(Tick{120});
    showTool(RollTool::kPointer);
}

QLabel* RollBar::addCaption(const QString& text, QWidget* buddy) {
    auto* const label = new QLabel(text, this);
    label->setBuddy(buddy);
    m_captions.push_back(label);
    return label;
}

void RollBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

/// Leaves captions out where there is no room for them.
void RollBar::fit() {
    // As long as all is shown the layout knows how wide that is, in the fonts and words of now.
    if (m_is_full) m_full_width_px = std::max(m_full_width_px, sizeHint().width());
    m_is_full = width() >= m_full_width_px;
    for (QLabel* caption : m_captions) caption->setVisible(m_is_full);
    m_variety->setVisible(m_is_full);
    // With room to spare the controls do not move when the bars do.
    m_where->setMinimumWidth(m_is_full ? fontMetrics().horizontalAdvance(QStringLiteral("00–00 000")) : 0);
    m_pin->setToolButtonStyle(m_is_full ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

QToolButton* RollBar::addTool(RollTool tool, const QString& name, const QString& key) {
    auto* const button = new QToolButton(this);
    const Icon kind = tool == RollTool::kPointer ? Icon::kPointer
        : tool == RollTool::kDraw                ? Icon::kDraw
                                                 : Icon::kErase;
    button->setIcon(icon(kind));
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(name, key));
    button->setAccessibleName(name);
    connect(button, &QToolButton::clicked, this, [this, tool] { Q_EMIT toolChosen(tool); });
    return button;
}

void RollBar::showTool(RollTool tool) { m_tools[static_cast<std::size_t>(tool)]->setChecked(true); }

void RollBar::showGrid(Tick grid) {
    const int index = m_grid->findData(qlonglong(grid.value));
    m_grid->setCurrentIndex(index);
    if (index < 0) m_grid->setPlaceholderText(tr("%n tick(s)", nullptr, static_cast<int>(grid.value)));
}

void RollBar::showUncertainty(UncertaintyView view) { m_view->setCurrentIndex(static_cast<int>(view)); }

void RollBar::showWhere(const QString& where) {
    m_where->setText(where);
    fit();
}

double RollBar::variety() const { return 1.0 + static_cast<double>(m_variety->value()) / kVarietySteps; }

} // namespace chainsong
