#include "app/dialogs/about_dialog.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <array>

namespace chainsong {
namespace {

constexpr QSize kSize(600, 480);

struct Work {
    const char* name;
    const char* licence;
};
constexpr std::array kLibraries{Work{"Qt 6", "LGPL-3.0"}, Work{"QCustomPlot 2.1", "GPL-3.0-or-later"},
    Work{"LibTorch 1.13", "BSD-3-Clause"}, Work{"FluidSynth 2.3", "LGPL-2.1-or-later"},
    Work{"RtMidi 5", "MIT"}, Work{"libsndfile", "LGPL-2.1-or-later"}, Work{"SQLite 3", "public domain"},
    Work{"nlohmann-json", "MIT"}, Work{"CLI11", "BSD-3-Clause"},
    Work{"TimGM6mb (SoundFont, by Tim Brechbill)", "GPL-2.0"},
    Work{"FluidR3 GM (SoundFont, by Frank Wen)", "MIT"}};

/// Names of works and people: not translated.
constexpr std::array kCorpus{Work{"First Editions of Fryderyk Chopin's Music, and Polish Music Heritage in "
                                  "Open Access, The Fryderyk Chopin Institute",
                                 "CC BY 4.0"},
    Work{"Groove MIDI Dataset, Google LLC, quantised", "CC BY 4.0"},
    Work{"JS Fake Chorales, Omar Peracha", "CC BY 4.0"},
    Work{"Ceol Rince na hÉireann corpus, Polifonia project", "CC BY 4.0"},
    Work{"Freedoom project contributors", "BSD-3-Clause"},
    Work{"Mutopia Project: its typesetters and contributors", "public domain, CC BY"}};

constexpr const char* kThanks =
    "OpenScore, Open Hymnal Project, the ABC transcribers (Aird: Jack Campin), music21, "
    "OpenEWLD, free-midi-chords";

template <std::size_t N> QString list(const std::array<Work, N>& works) {
    QString html = QStringLiteral("<ul>");
    for (const Work& work : works)
        html += QStringLiteral("<li>%1 — %2</li>")
                    .arg(QString::fromUtf8(work.name).toHtmlEscaped(),
                        QString::fromUtf8(work.licence).toHtmlEscaped());
    return html + QStringLiteral("</ul>");
}

} // namespace

AboutDialog::AboutDialog(const QString& model_name, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("About Chainsong"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(kSize);
    auto* const column = new QVBoxLayout(this);
    auto* const tabs = new QTabWidget(this);
    const auto add = [&](const QString& title, const QString& html) {
        auto* const page = new QTextBrowser(tabs);
        page->setOpenExternalLinks(true);
        page->setHtml(html);
        tabs->addTab(page, title);
    };
    add(tr("Chainsong"),
        QStringLiteral("<h2>Chainsong %1</h2><p>%2</p><p>%3</p><p>%4</p>")
            .arg(QCoreApplication::applicationVersion(),
                tr("A studio for composing by inference: say what you want, pin what you like, and hear what "
                   "the "
                   "posterior has to offer."),
                tr("Model in use: %1")
                    .arg(model_name.isEmpty() ? tr("still loading") : model_name.toHtmlEscaped()),
                tr("Free software under the GNU General Public License, version 3 or later. It comes without "
                   "any "
                   "warranty.")));
    add(tr("Libraries"),
        QStringLiteral("<p>%1</p>").arg(tr("Chainsong stands on the work of others:")) + list(kLibraries));
    add(tr("Music it learned from"),
        QStringLiteral("<p>%1</p>")
                .arg(tr(
                    "The prompt model was trained on these collections, among others in the public domain:"))
            + list(kCorpus)
            + QStringLiteral("<p>%1 %2</p>").arg(tr("With thanks to:"), QString::fromUtf8(kThanks)));
    column->addWidget(tabs);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace chainsong
