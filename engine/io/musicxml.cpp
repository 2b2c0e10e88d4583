#include "engine/io/musicxml.h"

#include "engine/base/atomic_file.h"
#include "engine/io/musicxml_part.h"

namespace chainsong {
namespace {

constexpr int kMaxBars = 20'000;
constexpr std::string_view kPrologue =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
    "<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 3.1 Partwise//EN\" "
    "\"http://www.musicxml.org/dtds/partwise.dtd\">\n";
constexpr int kDrumChannel = 10; // from 1, as MusicXML counts

std::vector<MusicXmlPart> partsOf(const Score& score) {
    std::vector<MusicXmlPart> parts;
    int num_pitched = 0;
    for (const Track& track : score.tracks) {
        int channel = kDrumChannel;
        if (!track.is_drums) {
            channel = num_pitched++ % 15 + 1;
            if (channel >= kDrumChannel) ++channel;
        }
        parts.push_back({"P" + std::to_string(parts.size() + 1), &track, channel, parts.empty()});
    }
    return parts;
}

} // namespace

Result<std::string> musicXml(const Score& given) {
    Score score = onNotationGrid(normalised(given));
    if (numBars(score) > kMaxBars)
        return Error{"the piece has more than " + std::to_string(kMaxBars) + " bars, too many for notation"};
    if (score.tracks.empty()) score.tracks.emplace_back(); // a score has at least one part
    const std::vector<NotatedBar> bars = notatedBars(score);
    const std::vector<MusicXmlPart> parts = partsOf(score);
    XmlWriter out(kPrologue);
    out.open("score-partwise", {{"version", "3.1"}});
    if (!score.title.empty()) {
        out.open("work");
        out.leaf("work-title", score.title);
        out.close();
    }
    out.open("identification");
    out.open("encoding");
    out.leaf("software", "Chainsong");
    out.close();
    out.close();
    out.open("part-list");
    for (const MusicXmlPart& part : parts) writePartEntry(out, part);
    out.close();
    for (const MusicXmlPart& part : parts) writePart(out, part, score, bars);
    out.close();
    return out.finished();
}

Status writeMusicXml(const Score& score, const std::string& path) {
    const Result<std::string> text = musicXml(score);
    if (!text) return Error{text.error().what, path};
    return writeFileAtomically(path, *text);
}

} // namespace chainsong
