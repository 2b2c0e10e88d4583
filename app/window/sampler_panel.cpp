#include "app/window/sampler_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

#include "widgets/plots/run_plot.h"
#include "widgets/theme/theme.h"

namespace chainsong {
namespace {

QString inWords(const Agreement& agreement) {
    switch (agreement.verdict) {
    case Verdict::kTooEarly:
        return agreement.num_chains < 2
            ? SamplerPanel::tr("One chain alone cannot show whether it has settled.")
            : SamplerPanel::tr("Too few draws to compare the chains.");
    case Verdict::kGood:
        return SamplerPanel::tr("The %n chain(s) tell the same story.", nullptr, agreement.num_chains);
    case Verdict::kKeepGoing: return SamplerPanel::tr("The chains nearly agree. Running longer will tell.");
    case Verdict::kNotYet:
        return SamplerPanel::tr("The chains found different solutions. Run longer, or loosen the wishes.");
    }
    return {};
}

QString number(double value, int digits) {
    return std::isfinite(value) ? QLocale().toString(value, 'f', digits) : QStringLiteral("–");
}

} // namespace

SamplerPanel::SamplerPanel(QWidget* parent)
    : QWidget(parent)
    , m_verdict(new QLabel(this))
    , m_story(new QLabel(this))
    , m_numbers(new QLabel(this))
    , m_plot(new RunPlot(this))
    , m_longer(new QPushButton(tr("Run twice as long"), this)) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 10);
    column->setSpacing(6);
    QFont large = m_verdict->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_verdict->setFont(large);
    m_story->setWordWrap(true);
    m_numbers->setToolTip(
        tr("Agreement (R-hat) compares the chains: 1 means that they cannot be told apart.\n"
           "Independent takes (ESS) is how many unrelated draws these are worth."));
    column->addWidget(m_verdict);
    column->addWidget(m_story);
    column->addWidget(m_numbers);

    m_plot->setMinimumHeight(150);
    column->addWidget(m_plot, 1);

    auto* const row = new QHBoxLayout;
    connect(m_longer, &QPushButton::clicked, this, &SamplerPanel::runLongerRequested);
    auto* const details = new QPushButton(tr("Details"), this);
    details->setToolTip(tr("Show the diagnostics table (F8)"));
    connect(details, &QPushButton::clicked, this, &SamplerPanel::detailsRequested);
    row->addWidget(m_longer);
    row->addWidget(details);
    column->addLayout(row);
    showNothing();
}

void SamplerPanel::showNothing() {
    m_verdict->setText(tr("Nothing sampled yet"));
    m_verdict->setStyleSheet({});
    m_story->setText(tr("Compose, or choose bars and resample them: here you see whether the chains agree."));
    m_numbers->hide();
    m_longer->setEnabled(true);
}

void SamplerPanel::showAgreement(const Agreement& agreement) {
    const QColor color = verdictColor(agreement.verdict, themeOf(palette()));
    m_verdict->setText(verdictShape(agreement.verdict) + QLatin1Char(' ')
        + tr("Agreement: %1").arg(verdictWord(agreement.verdict)));
    m_verdict->setStyleSheet(QStringLiteral("color: %1").arg(color.name()));
    m_story->setText(inWords(agreement));
    m_numbers->setText(tr("R-hat %1 · independent takes %2 of %3")
                           .arg(number(agreement.rhat, 3), number(agreement.ess, 0))
                           .arg(agreement.num_draws));
    m_numbers->show();
}

} // namespace chainsong
