#include "widgets/piano_roll/roll_certainty.h"

#include "widgets/piano_roll/roll_scene.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

std::vector<double> carriedShares(
    const std::vector<double>& shares, const std::vector<Note>& before, const std::vector<Note>& after) {
    std::vector<double> carried;
    carried.reserve(after.size());
    for (const Note& note : after) {
        const auto at = std::ranges::lower_bound(before, note, comesBefore);
        const auto index = static_cast<std::size_t>(at - before.begin());
        const bool is_same = at != before.end() && at->start == note.start && at->key == note.key;
        carried.push_back(is_same && index < shares.size() ? shares[index] : 1.0);
    }
    return carried;
}

QString percent(double share_unit) { return RollText::tr("%1 %").arg(std::lround(100 * share_unit)); }

} // namespace

RollCertainty carriedOver(const RollCertainty& certainty, const Score& before, const Score& after) {
    RollCertainty carried = certainty;
    const std::size_t num_tracks = std::min(carried.note_share_unit.size(), after.tracks.size());
    carried.note_share_unit.resize(num_tracks);
    for (std::size_t track = 0; track < num_tracks; ++track) {
        auto& shares = carried.note_share_unit[track];
        if (shares.empty() || track >= before.tracks.size()) continue;
        shares = carriedShares(shares, before.tracks[track].notes, after.tracks[track].notes);
    }
    std::erase_if(carried.ghosts,
        [&](const GhostNote& ghost) { return ghost.track >= static_cast<int>(after.tracks.size()); });
    return carried;
}

QString choicesAt(const RollCertainty& certainty, const Score& score, int track, int note) {
    const auto t = static_cast<std::size_t>(track);
    const auto i = static_cast<std::size_t>(note);
    if (t >= certainty.note_share_unit.size() || i >= certainty.note_share_unit[t].size()) return {};
    const Note& chosen = score.tracks[t].notes[i];
    const Key key = keyAt(score, chosen.start);
    double rest = 1 - certainty.note_share_unit[t][i];
    const auto named = [&](int midi_key, double share) {
        return QStringLiteral("%1 %2").arg(QString::fromStdString(noteName(midi_key, key)), percent(share));
    };
    QStringList choices{named(chosen.key, certainty.note_share_unit[t][i])};
    for (const GhostNote& ghost : certainty.ghosts) {
        if (ghost.track != track || ghost.note.start != chosen.start || ghost.note.key == chosen.key)
            continue;
        choices << named(ghost.note.key, ghost.share_unit);
        rest -= ghost.share_unit;
    }
    if (rest > 0.005) choices << RollText::tr("rest %1").arg(percent(rest));
    QString text = choices.join(QStringLiteral(", "));
    if (certainty.num_draws > 0) {
        const QString draws = RollText::tr("%1 draws").arg(QLocale().toString(certainty.num_draws));
        text = certainty.num_chains > 0
            ? RollText::tr("%1 – from %2, %3")
                  .arg(text, draws, RollText::tr("%1 chains").arg(certainty.num_chains))
            : RollText::tr("%1 – from %2").arg(text, draws);
    }
    return text;
}

} // namespace chainsong
