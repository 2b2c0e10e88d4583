#include "app/sound/sound_desk.h"

#include <QMetaObject>
#include <QTimer>

#include <algorithm>
#include <utility>

#include "app/preferences/preferences.h"
#include "app/words/engine_words.h"
#include "engine/jobs/worker.h"
#include "engine/playback/midi_port.h"
#include "engine/playback/player.h"
#include "engine/playback/soundfont.h"

namespace chainsong {
namespace {

constexpr int kFrame_ms = 16;
constexpr int kLookForPorts_ms = 2500;
constexpr int kPreviewVelocity_127 = 80;

const QString kSpeakers = QStringLiteral("speakers");
const QString kVirtual = QStringLiteral("virtual");
const QString kSilence = QStringLiteral("silence");
const QString kMidi = QStringLiteral("midi:"); // then the port's name

} // namespace

struct SoundDesk::Machine {
    std::unique_ptr<Player> player; // null until start()
    std::vector<std::optional<int>> volumes_127; // while a slider moves
    QStringList choices; // as the preferences name them, parallel to the outputs' names
    QStringList ports;
    QTimer frame;
    QTimer look;
    bool is_playing = false;
    Worker lister{"midi ports"}; // last: RtMidi may block, and must not block the window
};

SoundDesk::SoundDesk(Preferences& preferences, QObject* parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_machine(std::make_unique<Machine>()) {
    m_machine->frame.setInterval(kFrame_ms);
    m_machine->frame.setTimerType(Qt::PreciseTimer);
    connect(&m_machine->frame, &QTimer::timeout, this, &SoundDesk::tick);
    m_machine->look.setInterval(kLookForPorts_ms);
    connect(&m_machine->look, &QTimer::timeout, this, &SoundDesk::refreshOutputs);
    listOutputs();
}

SoundDesk::~SoundDesk() = default;

SoundChoice SoundDesk::choice() const {
    const QString name = m_preferences.outputName();
    SoundChoice choice;
    choice.soundfont_path = m_preferences.soundfont().toStdString();
    if (name == kSilence) choice.kind = SoundChoice::Kind::kSilence;
    if (name == kVirtual) choice.kind = SoundChoice::Kind::kVirtualMidiPort;
    if (name.startsWith(kMidi)) {
        choice.kind = SoundChoice::Kind::kMidiPort;
        choice.device = name.mid(kMidi.size()).toStdString();
    }
    return choice;
}

void SoundDesk::start() {
    // Both arrive on the player's thread.
    PlayerCallbacks callbacks;
    callbacks.on_playing = [this](bool is_playing) {
        QMetaObject::invokeMethod(
            this, [this, is_playing] { showPlaying(is_playing); }, Qt::QueuedConnection);
    };
    callbacks.on_sound = [this](const std::string& sentence, bool is_silent) {
        QMetaObject::invokeMethod(
            this, [this, sentence, is_silent] { tellSound(sentence, is_silent); }, Qt::QueuedConnection);
    };
    m_machine->player = std::make_unique<Player>(std::move(callbacks), choice());
    m_machine->player->setVolume(m_preferences.volume());
    if (m_score) m_machine->player->setScore(m_score);
    applyLoop();
    applyMix();
    m_machine->look.start();
    refreshOutputs();
}

void SoundDesk::tellSound(const std::string& sentence, bool is_silent) {
    const QString text = engineText(sentence);
    if (!is_silent || m_preferences.outputName() == kSilence) return Q_EMIT said(text);
    const bool has_sounds = static_cast<bool>(findSoundfont(m_preferences.soundfont().toStdString()));
    Q_EMIT troubled(text, has_sounds ? QStringLiteral("retry_sound") : QStringLiteral("soundfont"),
        has_sounds ? tr("Try again") : tr("Choose…"));
}

void SoundDesk::showPlaying(bool is_playing) {
    if (is_playing == m_machine->is_playing) return;
    m_machine->is_playing = is_playing;
    if (is_playing)
        m_machine->frame.start();
    else
        m_machine->frame.stop();
    Q_EMIT playingChanged(is_playing);
    Q_EMIT moved(position(), is_playing);
    if (!is_playing) Q_EMIT peaked(0);
}

void SoundDesk::tick() {
    Q_EMIT moved(position(), true);
    Q_EMIT peaked(m_machine->player->takePeak());
}

// ---- playing

void SoundDesk::setScore(ScorePtr score, bool at_bar_line) {
    if (score == m_score) return;
    const std::size_t tracks_before = m_score ? m_score->tracks.size() : 0;
    m_score = std::move(score);
    if (tracks_before != m_score->tracks.size()) {
        // Another set of voices: mute and solo belonged to the old one.
        m_muted.assign(m_score->tracks.size(), false);
        m_solo.assign(m_score->tracks.size(), false);
        applyMix();
        Q_EMIT mixChanged();
    }
    m_machine->volumes_127.clear();
    if (m_machine->player)
        m_machine->player->setScore(m_score, at_bar_line ? ScoreChange::kAtNextBarLine : ScoreChange::kNow);
    if (m_is_loop_on && !m_loop) applyLoop();
}

bool SoundDesk::isPlaying() const { return m_machine->is_playing; }

Tick SoundDesk::position() const { return m_machine->player ? m_machine->player->position() : Tick{}; }

void SoundDesk::playOrPause() {
    if (isPlaying())
        stop();
    else
        playFrom(position());
}

void SoundDesk::playFrom(Tick at) {
    if (m_machine->player) m_machine->player->play(at);
}

void SoundDesk::stop() {
    if (m_machine->player) m_machine->player->stop();
}

void SoundDesk::seek(Tick to) {
    if (!m_machine->player || !m_score) return;
    const Tick at = std::clamp(to, Tick{}, m_score->end);
    m_machine->player->seek(at);
    Q_EMIT moved(at, isPlaying());
}

void SoundDesk::moveByBars(int bars) {
    if (!m_score) return;
    const MetreMap metres(m_score->metres);
    const Tick at = position();
    const int bar = metres.barAt(at);
    // Back goes to the beginning of this bar first, if it is some way in.
    const bool is_inside = at > metres.barStart(bar) + metres.metreOfBar(bar).beatLength();
    seek(metres.barStart(std::max(bar + bars + (bars < 0 && is_inside ? 1 : 0), 0)));
}

void SoundDesk::panic() {
    if (m_machine->player) m_machine->player->panic();
    Q_EMIT said(tr("Silence: every note was let go."));
}

void SoundDesk::setLoop(std::optional<TickRange> loop, bool is_on) {
    m_loop = loop;
    m_is_loop_on = is_on;
    applyLoop();
    Q_EMIT loopChanged();
}

void SoundDesk::applyLoop() {
    if (!m_machine->player) return;
    if (!m_is_loop_on || !m_score) return m_machine->player->setLoop({});
    const TickRange range = m_loop.value_or(TickRange{{}, m_score->end});
    m_machine->player->setLoop(LoopRange{range.from, range.to});
}

void SoundDesk::setMetronome(bool is_on) {
    if (m_machine->player) m_machine->player->setMetronome(is_on);
}

void SoundDesk::setCountIn(int bars) {
    if (m_machine->player) m_machine->player->setCountIn(bars);
}

// ---- mix

void SoundDesk::applyMix() {
    if (!m_machine->player) return;
    Mix mix;
    mix.tracks.resize(m_muted.size());
    for (std::size_t i = 0; i < m_muted.size(); ++i) {
        mix.tracks[i].is_muted = m_muted[i];
        mix.tracks[i].is_soloed = m_solo[i];
        if (i < m_machine->volumes_127.size()) mix.tracks[i].volume_127 = m_machine->volumes_127[i];
    }
    m_machine->player->setMix(std::move(mix));
}

void SoundDesk::setMuted(int track, bool is_muted) {
    if (track < 0 || static_cast<std::size_t>(track) >= m_muted.size()) return;
    m_muted[static_cast<std::size_t>(track)] = is_muted;
    applyMix();
    Q_EMIT mixChanged();
}

void SoundDesk::setSolo(int track, bool is_solo) {
    if (track < 0 || static_cast<std::size_t>(track) >= m_solo.size()) return;
    m_solo[static_cast<std::size_t>(track)] = is_solo;
    applyMix();
    Q_EMIT mixChanged();
}

void SoundDesk::previewVolume(int track, int volume_127) {
    if (track < 0 || static_cast<std::size_t>(track) >= m_muted.size()) return;
    m_machine->volumes_127.resize(m_muted.size());
    m_machine->volumes_127[static_cast<std::size_t>(track)] = volume_127;
    applyMix();
}

void SoundDesk::previewNote(int track, int key, int velocity_127) {
    if (!m_machine->player || !m_score || track < 0
        || static_cast<std::size_t>(track) >= m_score->tracks.size())
        return;
    const Track& voice = m_score->tracks[static_cast<std::size_t>(track)];
    m_machine->player->previewNote(key, velocity_127, voice.program, voice.is_drums);
}

/// All notes that sound at a tick, each on its own instrument.
void SoundDesk::previewChord(Tick at) {
    if (!m_machine->player || !m_score) return;
    for (const Track& track : m_score->tracks)
        for (const Note& note : track.notes)
            if (note.start <= at && at < note.end())
                m_machine->player->previewNote(note.key, kPreviewVelocity_127, track.program, track.is_drums);
}

void SoundDesk::setVolume(double volume_unit) {
    m_preferences.setVolume(volume_unit);
    if (m_machine->player) m_machine->player->setVolume(volume_unit);
}

// ---- outputs

void SoundDesk::listOutputs() {
    QStringList choices{kSpeakers};
    QStringList names{tr("Speakers")};
    for (const QString& port : m_machine->ports) {
        choices.append(kMidi + port);
        names.append(tr("MIDI: %1").arg(port));
    }
    choices.append({kVirtual, kSilence});
    names.append({tr("MIDI: a port for other programs"), tr("Silence")});
    const QString chosen = m_preferences.outputName();
    if (chosen.startsWith(kMidi) && !choices.contains(chosen)) { // unplugged: it stays visible
        choices.append(chosen);
        names.append(tr("MIDI: %1 (not there)").arg(chosen.mid(kMidi.size())));
    }
    const int current = std::max<int>(static_cast<int>(choices.indexOf(chosen)), 0);
    if (choices == m_machine->choices && names == m_outputs && current == m_current_output) return;
    m_machine->choices = choices;
    m_outputs = names;
    m_current_output = current;
    Q_EMIT outputsChanged();
}

void SoundDesk::refreshOutputs() {
    m_machine->lister.append([this](std::stop_token) {
        QStringList ports;
        for (const std::string& name : MidiPortLister().names()) ports.append(QString::fromStdString(name));
        QMetaObject::invokeMethod(
            this,
            [this, ports] {
                m_machine->ports = ports;
                listOutputs();
            },
            Qt::QueuedConnection);
    });
}

void SoundDesk::chooseOutput(int index) {
    if (index < 0 || index >= m_machine->choices.size()) return;
    m_preferences.setOutputName(m_machine->choices[index]);
    reopen();
    listOutputs();
}

void SoundDesk::reopen() {
    if (m_machine->player) m_machine->player->chooseSound(choice());
}

void SoundDesk::chooseSoundfont(const QString& path) {
    if (const Status status = checkSoundfont(path.toStdString()); !status) {
        Q_EMIT troubled(engineText(sentence(status.error())), {}, {});
        return;
    }
    m_preferences.setSoundfont(path);
    reopen();
}

} // namespace chainsong
