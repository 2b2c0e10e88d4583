#include "tests/io/hostile_midi.h"

namespace chainsong::test {
namespace {

Bytes oneTrack(const Bytes& events) { return header() + track(events + kEnd); }

std::vector<HostileMidi> headers() {
    const Bytes plain = track(kNote + kEnd);
    const auto withLength = [&](std::uint64_t length, const Bytes& extra) {
        return text("MThd") + number(length, 4) + number(1, 2) + number(1, 2) + number(480, 2) + extra
            + plain;
    };
    const auto riff = [&](std::string_view kind) {
        const Bytes file = header() + plain;
        return text("RIFF") + Bytes{0xFF, 0, 0, 0} + text(kind) + text("data")
            + Bytes{static_cast<std::uint8_t>(file.size()), 0, 0, 0} + file;
    };
    return {
        {"01 empty file", {}, "it is empty"},
        {"02 something else",
            text("\x7F"
                 "ELF and more"),
            "not a MIDI file"},
        {"02 only the header", header(), "holds no tracks"},
        {"02 ends inside the header", text("MThd") + Bytes{0, 0, 0}, "ends inside its header"},
        {"03 header length 0", withLength(0, {}), "header is too short at byte 4"},
        {"04 header length 4 GiB", withLength(0xFFFFFFFF, {}), "", 1, "longer than the file"},
        {"05 header length 8", withLength(8, {1, 2}), "", 1},
        {"06 type 2", header(2, 2) + plain + plain, "", 2, "type 2"},
        {"07 type 3", header(3, 1) + plain, "", 1, "type 3"},
        {"08 division 0", header(1, 1, 0) + plain, "no ticks"},
        {"09 SMPTE 25 x 40", header(1, 1, 0xE728) + plain, "", 1, "SMPTE"},
        {"10 SMPTE 0 frames", header(1, 1, 0x8028) + plain, "film frames"},
        {"11 SMPTE 0 ticks", header(1, 1, 0xE700) + plain, "film frame has no ticks"},
        {"12 65535 tracks promised, none there", header(1, 65535), "holds no tracks"},
        {"13 300 empty tracks", header(1, 300) + repeated(track({}), 300), "", 0},
        {"14 more tracks than promised", header(1, 1) + plain + plain, "", 2, "promises 1 track"},
        {"15 0 tracks promised", header(1, 0) + plain, "", 1, "promises 0 tracks"},
        {"16 RIFF wrapper", riff("RMID"), "", 1},
        {"16 RIFF of sound", riff("WAVE"), "kind \"WAVE\""},
        {"16 RIFF without data", text("RIFF") + Bytes{4, 0, 0, 0} + text("RMID"), "holds no MIDI data"},
        {"17 million empty tracks", header(1, 1) + repeated(track({}), 1'000'000), "", 0,
            "Only the first 1024 tracks"},
    };
}

std::vector<HostileMidi> chunks() {
    const Bytes events = kNote + kEnd;
    const Bytes plain = track(events);
    return {
        {"20 track length 4 GiB", header() + chunk("MTrk", events, 0xFFFFFFFF), "", 1, "wrong length"},
        {"20 track length 4 GiB, another follows", header(1, 2) + chunk("MTrk", events, 0xFFFFFFFF) + plain,
            "", 2, "wrong length"},
        {"21 track length 2 GiB", header() + chunk("MTrk", events, 0x80000000), "", 1, "wrong length"},
        {"22 track length too short", header(1, 2) + chunk("MTrk", events, 5) + plain, "", 2, "wrong length"},
        {"22 track length 0 with events", header(1, 2) + chunk("MTrk", events, 0) + plain, "", 2,
            "wrong length"},
        {"23 no end of track", header() + track(kNote), "", 1},
        {"24 events after the end", header() + track(events + kNote), "", 1},
        {"25 garbage after the last track", header() + plain + text("xyz"), "", 1, "not music"},
        {"26 unknown chunk between", header(1, 2) + plain + chunk("XFIH", text("abcd")) + plain, "", 2,
            "unknown kind"},
        {"27 unknown chunk without end", header() + plain + chunk("junk", text("ab"), 0x7FFFFFFF), "", 1,
            "unknown kind"},
        {"28 file ends inside an event", header() + chunk("MTrk", kNote + Bytes{0, 0x90}, 100), "", 1,
            "inside an event"},
        {"34 text longer than the file", oneTrack(kNote + Bytes{0, 0xFF, 0x01, 0x7F, 'a'}), "", 1,
            "inside an event"},
        {"35 256 MiB block in 20 bytes", header() + track({0, 0xF0, 0xFF, 0xFF, 0xFF, 0x7F, 1}), "", 0,
            "inside an event"},
        {"36 text of 300 bytes", oneTrack(Bytes{0, 0xFF, 0x03, 0x82, 0x2C} + repeated({'a'}, 300) + kNote),
            "", 1},
    };
}

std::vector<HostileMidi> numbersAndStatus() {
    const Bytes running{0, 61, 90, 10, 61, 0};
    return {
        {"30 time step of five bytes", oneTrack({0xFF, 0xFF, 0xFF, 0xFF, 0x7F}),
            "longer than four bytes at byte 22"},
        {"31 time step without end", header() + track(repeated({0x80}, 4096)),
            "longer than four bytes at byte 22"},
        {"31 length without end", header() + track({0, 0xFF, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80}),
            "longer than four bytes at byte"},
        {"32 padded time step",
            oneTrack(Bytes{0x80, 0x80, 0x80, 0} + Bytes{0x90, 60, 90} + Bytes{10, 0x80, 60, 0}), "", 1},
        {"33 ticks beyond 32 bits",
            oneTrack(repeated(kLongestStep + Bytes{0x90, 60, 90} + kLongestStep + Bytes{0x80, 60, 0}, 50)),
            "", 50},
        {"33 ticks beyond two years",
            oneTrack(repeated(kLongestStep + Bytes{0x90, 60, 90, 1, 0x80, 60, 0}, 1000)), "", -1,
            "longer than two years"},
        {"37 ticks at 1 a quarter", header(1, 1, 1) + track(repeated(kLongestStep + kNote, 1000) + kEnd), "",
            -1, "longer than two years"},
        {"40 running status first", oneTrack({0, 60, 90}),
            "track 1: the first event of a track lacks its kind at byte 23"},
        {"41 running status after a text",
            oneTrack(kNote + Bytes{0, 0x90, 62, 90, 0, 0xFF, 0x01, 1, 'a'} + running), "", 3},
        {"42 running status after SysEx",
            oneTrack(kNote + Bytes{0, 0x90, 62, 90, 0, 0xF0, 1, 0xF7} + running), "", 3},
        {"43 running status across tracks", header(1, 2) + track(kNote + kEnd) + track(running + kEnd),
            "track 2: the first event"},
        {"44 value of 255", oneTrack({0, 0x90, 60, 0xFF}), "a value is out of range at byte 25"},
        {"44 key of 128", oneTrack({0, 0x90, 0x80, 60}), "a value is out of range at byte 24"},
        {"45 undefined kind F1", oneTrack({0, 0xF1, 0}), "no MIDI file may hold stands at byte 23"},
        {"45 undefined kind F4", oneTrack({0, 0xF4}), "no MIDI file may hold"},
        {"45 undefined kind FD", oneTrack({0, 0xFD}), "no MIDI file may hold"},
    };
}

std::vector<HostileMidi> metas() {
    const auto meta = [](int kind, const Bytes& block) {
        return Bytes{0, 0xFF, static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(block.size())}
        + block;
    };
    return {
        {"50 tempo 0", oneTrack(meta(0x51, {0, 0, 0}) + kNote), "", 1, "beyond 4 to 1000 BPM"},
        {"51 tempo of 1 microsecond", oneTrack(meta(0x51, {0, 0, 1}) + kNote), "", 1, "beyond 4 to 1000 BPM"},
        {"52 tempo of the wrong length", oneTrack(meta(0x51, {1, 2}) + kNote), "", 1,
            "tempo change is broken"},
        {"53 metre of 0 beats", oneTrack(meta(0x58, {0, 2, 24, 8}) + kNote), "", 1,
            "time signature is impossible"},
        {"53 metre over 2^255", oneTrack(meta(0x58, {4, 255, 24, 8}) + kNote), "", 1,
            "time signature is impossible"},
        {"54 key of 99 sharps", oneTrack(meta(0x59, {99, 0}) + kNote), "", 1, "key signature is impossible"},
        {"55 text that is not UTF-8", oneTrack(meta(0x03, {'D', 0xFC, 'r', 0xC0, 0x80, 0}) + kNote), "", 1},
        {"56 HTML, bidi, format, path",
            oneTrack(meta(0x06, text("<b>%n%s\xE2\x80\xAE../../etc/passwd</b>")) + kNote), "", 1},
        {"57 million texts", oneTrack(repeated(meta(0x01, {'a'}), 1'000'000) + kNote), "", 1},
    };
}

std::vector<HostileMidi> notes() {
    Bytes all_at_once;
    for (int channel = 0; channel < 16; ++channel)
        for (int key = 0; key < 128; ++key)
            all_at_once = all_at_once
                + Bytes{0, static_cast<std::uint8_t>(0x90 | channel), static_cast<std::uint8_t>(key), 100};
    return {
        {"58 note without end", oneTrack({0, 0x90, 60, 90}), "", 1, "note never ends"},
        {"60 thousand notes without end", oneTrack(repeated({1, 0x90, 60, 90}, 1000)), "", 1000,
            "1 note never ends"},
        {"61 ends without notes", oneTrack(repeated({1, 0x80, 60, 0}, 1000)), "", 0},
        {"62 zero length", oneTrack({0, 0x90, 60, 90, 0, 0x80, 60, 0}), "", 1},
        {"63 nested thousandfold",
            oneTrack(repeated({1, 0x90, 60, 90}, 1000) + repeated({1, 0x80, 60, 0}, 1000)), "", 1000},
        {"63 new note before the end of the old",
            oneTrack({0, 0x90, 60, 90, 9, 0x90, 60, 90, 0, 0x80, 60, 0, 9, 0x80, 60, 0}), "", 2},
        {"64 2048 at once", oneTrack(all_at_once), "", 2048, "2048 notes never end"},
        {"65 million notes", oneTrack(repeated({1, 0x90, 60, 90, 1, 0x80, 60, 0}, 1'000'000)), "", 1'000'000},
        {"65 four million notes", oneTrack(repeated({1, 0x90, 60, 90, 1, 0x80, 60, 0}, 4'000'000)), "",
            2'000'000, "Only the first 2000000 notes"},
        {"66 100000 tempo changes", oneTrack(repeated({1, 0xFF, 0x51, 3, 7, 0xA1, 0x20}, 100'000) + kNote),
            "", 1},
        {"67 100000 metre changes in one bar",
            oneTrack(repeated({0, 0xFF, 0x58, 4, 3, 6, 24, 8}, 100'000) + kNote), "", 1},
    };
}

} // namespace

std::vector<HostileMidi> hostileMidi() {
    std::vector<HostileMidi> all;
    for (const auto& part : {headers(), chunks(), numbersAndStatus(), metas(), notes()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace chainsong::test
