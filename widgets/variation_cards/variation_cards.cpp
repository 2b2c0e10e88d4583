#include "widgets/variation_cards/variation_cards.h"

#include "widgets/theme/icons.h"
#include "widgets/variation_cards/variation_card_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace chainsong {

VariationCards::VariationCards(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    m_header = new QLabel(this);
    m_header->setProperty("section", true);
    m_dismiss = new QToolButton(this);
    m_dismiss->setIcon(icon(Icon::kClose));
    m_dismiss->setIconSize({12, 12});
    m_dismiss->setToolTip(tr("Put the cards away; starred ones stay in the history"));
    m_dismiss->setAccessibleName(tr("Put the cards away"));
    auto* title = new QHBoxLayout;
    title->setContentsMargins(10, 4, 6, 4);
    title->addWidget(m_header, 1);
    title->addWidget(m_dismiss);
    m_empty =
        new QLabel(tr("Choose bars on the ruler and press R: the machine suggests other music for them. "
                      "Your notes stay as they are until you keep a suggestion."),
            this);
    m_empty->setWordWrap(true);
    m_empty->setProperty("muted", true);
    m_empty->setContentsMargins(10, 2, 10, 10);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* inside = new QWidget;
    inside->setProperty("list", true);
    m_list = new QVBoxLayout(inside);
    m_list->setContentsMargins(8, 2, 8, 4);
    m_list->setSpacing(6);
    m_list->addStretch(1);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_footer = new QLabel(tr("1–8 hear · 0 original · Enter keep"), this);
    m_footer->setProperty("muted", true);
    m_footer->setContentsMargins(10, 2, 10, 6);
    m_keep = new QPushButton(this);
    m_keep->setProperty("accent", true);
    m_keep->setToolTip(tr("Put this variation into the score (Enter). Undo brings the original back."));
    auto* keep_row = new QHBoxLayout;
    keep_row->setContentsMargins(8, 2, 8, 2);
    keep_row->addWidget(m_keep);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(title);
    all->addWidget(m_empty);
    all->addWidget(m_scroll, 1);
    all->addLayout(keep_row);
    all->addWidget(m_footer);
    all->addStretch(0);
    setMinimumWidth(210);
    connect(m_keep, &QPushButton::clicked, this, [this] { Q_EMIT acceptRequested(m_auditioned); });
    connect(m_dismiss, &QToolButton::clicked, this, &VariationCards::dismissRequested);
    refresh();
}

void VariationCards::showOriginal(ScorePtr score, const QString& where) {
    clear();
    m_where = where;
    append({.score = std::move(score)});
    refresh();
}

void VariationCards::addCard(VariationCard card) {
    if (numCards() >= kMaxCards) return;
    append(std::move(card));
    refresh();
}

void VariationCards::append(VariationCard card) {
    const int index = static_cast<int>(m_cards.size());
    auto* view = new VariationCardView(index, std::move(card));
    m_list->insertWidget(index, view);
    m_cards.push_back(view);
    connect(view, &VariationCardView::clicked, this, &VariationCards::auditionRequested);
    connect(view, &VariationCardView::accepted, this, &VariationCards::acceptRequested);
    connect(view, &VariationCardView::starred, this, &VariationCards::starRequested);
    connect(view, &VariationCardView::dragged, this, &VariationCards::dragRequested);
}

void VariationCards::clear() {
    for (VariationCardView* view : m_cards) {
        view->hide();
        view->deleteLater(); // "Keep" in one of them may be what leads here
    }
    m_cards.clear();
    m_where.clear();
    m_auditioned = -1;
    refresh();
}

int VariationCards::numCards() const { return std::max(0, static_cast<int>(m_cards.size()) - 1); }

void VariationCards::showAuditioned(int index) {
    m_auditioned = index;
    refresh();
    for (int i = 0; i < static_cast<int>(m_cards.size()); ++i)
        m_cards[static_cast<std::size_t>(i)]->showHeard(i == index);
    if (index >= 0 && index < static_cast<int>(m_cards.size()))
        m_scroll->ensureWidgetVisible(m_cards[static_cast<std::size_t>(index)]);
}

void VariationCards::showStarred(int index, bool is_starred) {
    if (index > 0 && index <= numCards()) m_cards[static_cast<std::size_t>(index)]->showStarred(is_starred);
}

void VariationCards::refresh() {
    const bool has_cards = !m_cards.empty();
    m_header->setText(m_where.isEmpty() ? tr("Variations") : tr("Variations of %1").arg(m_where));
    m_dismiss->setVisible(has_cards);
    m_empty->setVisible(!has_cards);
    m_scroll->setVisible(has_cards);
    m_footer->setVisible(has_cards);
    m_keep->setVisible(m_auditioned > 0 && m_auditioned <= numCards());
    m_keep->setText(tr("Keep variation %1").arg(m_auditioned));
}

void VariationCards::keyPressEvent(QKeyEvent* event) {
    const int last = numCards();
    const int digit = event->key() - Qt::Key_0;
    if (m_cards.empty() || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return QWidget::keyPressEvent(event);
    if (digit >= 0 && digit <= last) {
        if (event->modifiers() & Qt::ShiftModifier && digit > 0) return Q_EMIT starRequested(digit, true);
        return Q_EMIT auditionRequested(digit);
    }
    switch (event->key()) {
    case Qt::Key_Up: return Q_EMIT auditionRequested(std::max(0, m_auditioned - 1));
    case Qt::Key_Down: return Q_EMIT auditionRequested(std::min(last, m_auditioned + 1));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_auditioned > 0) return Q_EMIT acceptRequested(m_auditioned);
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace chainsong
