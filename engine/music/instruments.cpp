#include "engine/music/instruments.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace chainsong {
namespace {

struct Instrument {
    std::string_view name;
    KeyRange range;
};

/// General MIDI, eight programs a family. Ranges are those that players of some years' study are comfortable
/// with.
constexpr std::array<Instrument, 128> kInstruments{{
    // keyboards
    {"piano", {21, 108}},
    {"bright piano", {21, 108}},
    {"electric grand piano", {21, 108}},
    {"honky-tonk piano", {21, 108}},
    {"electric piano", {28, 103}},
    {"chorused electric piano", {28, 103}},
    {"harpsichord", {29, 89}},
    {"clavinet", {36, 96}},
    // tuned percussion
    {"celesta", {60, 108}},
    {"glockenspiel", {72, 108}},
    {"music box", {60, 96}},
    {"vibraphone", {53, 89}},
    {"marimba", {45, 96}},
    {"xylophone", {65, 108}},
    {"tubular bells", {60, 77}},
    {"dulcimer", {48, 84}},
    // organs
    {"drawbar organ", {36, 96}},
    {"percussive organ", {36, 96}},
    {"rock organ", {36, 96}},
    {"organ", {36, 96}},
    {"reed organ", {36, 96}},
    {"accordion", {53, 93}},
    {"harmonica", {60, 96}},
    {"bandoneon", {48, 88}},
    // guitars
    {"guitar", {40, 83}},
    {"acoustic guitar", {40, 84}},
    {"jazz guitar", {40, 86}},
    {"electric guitar", {40, 86}},
    {"muted electric guitar", {40, 86}},
    {"overdriven guitar", {40, 86}},
    {"distortion guitar", {40, 86}},
    {"guitar harmonics", {40, 86}},
    // basses
    {"acoustic bass", {28, 60}},
    {"electric bass", {28, 60}},
    {"picked bass", {28, 60}},
    {"fretless bass", {28, 60}},
    {"slap bass", {28, 60}},
    {"popped bass", {28, 60}},
    {"synth bass", {24, 60}},
    {"rubber synth bass", {24, 60}},
    // strings
    {"violin", {55, 96}},
    {"viola", {48, 84}},
    {"cello", {36, 76}},
    {"contrabass", {28, 60}},
    {"tremolo strings", {28, 96}},
    {"pizzicato strings", {28, 96}},
    {"harp", {24, 103}},
    {"timpani", {40, 57}},
    // ensembles
    {"strings", {28, 96}},
    {"slow strings", {28, 96}},
    {"synth strings", {36, 96}},
    {"slow synth strings", {36, 96}},
    {"voice", {40, 81}},
    {"voice oohs", {40, 81}},
    {"synth voice", {40, 84}},
    {"orchestra hit", {48, 72}},
    // brass
    {"trumpet", {55, 82}},
    {"trombone", {40, 72}},
    {"tuba", {28, 58}},
    {"muted trumpet", {55, 82}},
    {"french horn", {41, 77}},
    {"brass", {36, 82}},
    {"synth brass", {36, 84}},
    {"soft synth brass", {36, 84}},
    // reeds
    {"soprano saxophone", {56, 88}},
    {"alto saxophone", {49, 81}},
    {"tenor saxophone", {44, 76}},
    {"baritone saxophone", {36, 69}},
    {"oboe", {58, 89}},
    {"english horn", {52, 81}},
    {"bassoon", {34, 72}},
    {"clarinet", {50, 91}},
    // pipes
    {"piccolo", {74, 105}},
    {"flute", {60, 96}},
    {"recorder", {60, 86}},
    {"pan flute", {60, 96}},
    {"blown bottle", {60, 96}},
    {"shakuhachi", {55, 84}},
    {"whistle", {60, 96}},
    {"ocarina", {60, 84}},
    // synthetic leads
    {"square lead", {36, 96}},
    {"synth lead", {36, 96}},
    {"calliope", {36, 96}},
    {"chiff lead", {36, 96}},
    {"charang", {36, 96}},
    {"voice lead", {36, 96}},
    {"fifths lead", {36, 96}},
    {"bass lead", {24, 84}},
    // synthetic pads
    {"new age pad", {36, 96}},
    {"synth pad", {36, 96}},
    {"polysynth", {36, 96}},
    {"choir pad", {36, 96}},
    {"bowed pad", {36, 96}},
    {"metallic pad", {36, 96}},
    {"halo pad", {36, 96}},
    {"sweep pad", {36, 96}},
    // synthetic effects
    {"rain", {36, 96}},
    {"soundtrack", {36, 96}},
    {"crystal", {36, 96}},
    {"atmosphere", {36, 96}},
    {"synth effects", {36, 96}},
    {"goblins", {36, 96}},
    {"echoes", {36, 96}},
    {"science fiction", {36, 96}},
    // instruments of the world
    {"sitar", {48, 77}},
    {"banjo", {48, 84}},
    {"shamisen", {50, 79}},
    {"koto", {55, 84}},
    {"kalimba", {48, 79}},
    {"bagpipe", {56, 78}},
    {"fiddle", {55, 96}},
    {"shanai", {60, 84}},
    // percussion with a pitch of sorts
    {"tinkle bell", {60, 84}},
    {"agogo", {60, 84}},
    {"steel drums", {52, 76}},
    {"woodblock", {48, 84}},
    {"taiko drum", {36, 72}},
    {"melodic tom", {36, 72}},
    {"synth drum", {36, 72}},
    {"reverse cymbal", {36, 84}},
    // sounds
    {"guitar fret noise", {36, 84}},
    {"breath noise", {36, 84}},
    {"seashore", {36, 84}},
    {"bird tweet", {36, 84}},
    {"telephone", {36, 84}},
    {"helicopter", {36, 84}},
    {"applause", {36, 84}},
    {"gunshot", {36, 84}},
}};

/// Other words for programs: those of the corpus and of General MIDI's own list.
constexpr std::array<std::pair<std::string_view, int>, 66> kOtherNames{{
    {"acoustic grand piano", 0},
    {"grand piano", 0},
    {"keyboard", 0},
    {"bright acoustic piano", 1},
    {"honky tonk piano", 3},
    {"electric piano 1", 4},
    {"rhodes", 4},
    {"electric piano 2", 5},
    {"clavi", 7},
    {"vibes", 11},
    {"hammond organ", 16},
    {"church organ", 19},
    {"pipe organ", 19},
    {"harmonium", 20},
    {"tango accordion", 23},
    {"classical guitar", 24},
    {"nylon guitar", 24},
    {"lute", 24},
    {"mandolin", 24},
    {"ukulele", 24},
    {"steel guitar", 25},
    {"folk guitar", 25},
    {"clean electric guitar", 27},
    {"clean guitar", 27},
    {"overdrive guitar", 29},
    {"distorted guitar", 30},
    {"upright bass", 32},
    {"bass guitar", 33},
    {"finger bass", 33},
    {"pick bass", 34},
    {"synth bass 1", 38},
    {"synth bass 2", 39},
    {"violoncello", 42},
    {"double bass", 43},
    {"string bass", 43},
    {"string ensemble", 48},
    {"string", 48},
    {"strings ensemble", 48},
    {"string orchestra", 48},
    {"choir", 52},
    {"choir aahs", 52},
    {"voices", 52},
    {"soprano", 52},
    {"mezzo-soprano", 52},
    {"alto", 52},
    {"tenor", 52},
    {"baritone", 52},
    {"bass", 52},
    {"bass voice", 52},
    {"singer", 52},
    {"horn", 60},
    {"brass section", 61},
    {"sax", 65},
    {"saxophone", 65},
    {"alto sax", 65},
    {"soprano sax", 64},
    {"tenor sax", 66},
    {"baritone sax", 67},
    {"cor anglais", 69},
    {"panpipe", 75},
    {"pan pipes", 75},
    {"tin whistle", 78},
    {"sawtooth lead", 81},
    {"warm pad", 89},
    {"bagpipes", 109},
    {"taiko", 116},
}};

} // namespace

std::string_view instrumentName(int program) {
    return kInstruments[static_cast<std::size_t>(std::clamp(program, 0, 127))].name;
}

std::optional<int> programOf(std::string_view name) {
    const std::string lower = lowerAscii(trimmed(name));
    for (std::size_t program = 0; program < kInstruments.size(); ++program)
        if (kInstruments[program].name == lower) return static_cast<int>(program);
    for (const auto& [other, program] : kOtherNames)
        if (other == lower) return program;
    return std::nullopt;
}

KeyRange comfortableRange(int program) {
    return kInstruments[static_cast<std::size_t>(std::clamp(program, 0, 127))].range;
}

} // namespace chainsong
