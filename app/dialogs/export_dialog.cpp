#include "app/dialogs/export_dialog.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace chainsong {
namespace {

struct FormatText {
    ExportFormat format;
    const char* name;
    const char* ending;
    const char* explanation;
};
constexpr std::array kFormats{
    FormatText{ExportFormat::kMidiForNotation, QT_TRANSLATE_NOOP("Export", "MIDI for notation programs"),
        ".mid",
        QT_TRANSLATE_NOOP("Export",
            "Exactly on the grid and in whole beats a minute, as MuseScore and others like to read it.")},
    FormatText{ExportFormat::kMidiAsPerformed, QT_TRANSLATE_NOOP("Export", "MIDI as performed"), ".mid",
        QT_TRANSLATE_NOOP("Export", "Every note exactly as it stands on the roll, for sequencers.")},
    FormatText{ExportFormat::kWav, QT_TRANSLATE_NOOP("Export", "Sound: WAV"), ".wav",
        QT_TRANSLATE_NOOP("Export", "44.1 kHz stereo, uncompressed.")},
    FormatText{ExportFormat::kFlac, QT_TRANSLATE_NOOP("Export", "Sound: FLAC"), ".flac",
        QT_TRANSLATE_NOOP("Export", "Compressed without loss.")},
    FormatText{ExportFormat::kOgg, QT_TRANSLATE_NOOP("Export", "Sound: OGG Vorbis"), ".ogg",
        QT_TRANSLATE_NOOP("Export", "Small files for sending around.")},
    FormatText{ExportFormat::kMusicXml, QT_TRANSLATE_NOOP("Export", "Notation: MusicXML"), ".musicxml",
        QT_TRANSLATE_NOOP("Export", "The best way into MuseScore, Sibelius, Finale and Dorico.")},
    FormatText{ExportFormat::kPicture, QT_TRANSLATE_NOOP("Export", "Picture of the piano roll: PNG"), ".png",
        QT_TRANSLATE_NOOP("Export", "For slides and papers.")},
};

QString words(const char* text) { return QCoreApplication::translate("Export", text); }

QString withoutKnownEnding(const QString& path) {
    for (const FormatText& each : kFormats)
        if (path.endsWith(QLatin1String(each.ending), Qt::CaseInsensitive))
            return path.chopped(static_cast<qsizetype>(qstrlen(each.ending)));
    return path;
}

} // namespace

ExportDialog::ExportDialog(const QString& base_path, ExportFormat format, QWidget* parent)
    : QDialog(parent)
    , m_format(new QComboBox(this))
    , m_path(new QLineEdit(base_path, this))
    , m_explanation(new QLabel(this)) {
    setWindowTitle(tr("Export"));
    setMinimumWidth(560);
    for (const FormatText& each : kFormats)
        m_format->addItem(words(each.name), static_cast<int>(each.format));
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(format)));
    m_explanation->setWordWrap(true);
    auto* const column = new QVBoxLayout(this);
    auto* const form = new QFormLayout;
    form->addRow(tr("&Format"), m_format);
    form->addRow(QString(), m_explanation);
    auto* const file = new QHBoxLayout;
    auto* const browse_button = new QPushButton(tr("&Browse…"), this);
    browse_button->setAutoDefault(false);
    file->addWidget(m_path, 1);
    file->addWidget(browse_button);
    form->addRow(tr("F&ile"), file);
    qobject_cast<QLabel*>(form->labelForField(file))->setBuddy(m_path);
    m_path->setAccessibleName(tr("File"));
    column->addLayout(form);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Save)->setText(tr("&Export"));
    column->addWidget(buttons);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
    connect(browse_button, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showFormat();
    m_path->setFocus();
    m_path->selectAll();
}

ExportFormat ExportDialog::format() const {
    return static_cast<ExportFormat>(m_format->currentData().toInt());
}

QString ExportDialog::path() const { return m_path->text().trimmed(); }

void ExportDialog::showFormat() {
    const FormatText& chosen = kFormats[static_cast<std::size_t>(m_format->currentIndex())];
    m_explanation->setText(words(chosen.explanation));
    m_path->setText(withoutKnownEnding(path()) + QLatin1String(chosen.ending));
}

void ExportDialog::browse() {
    const QString chosen = QFileDialog::getSaveFileName(
        this, tr("Export"), path(), {}, nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty()) m_path->setText(chosen);
}

} // namespace chainsong
