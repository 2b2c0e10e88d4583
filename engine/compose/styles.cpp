#include "engine/compose/plan.h"

#include <algorithm>
#include <array>

namespace chainsong {
namespace {

constexpr std::array kStyles{
    StyleDefaults{"waltz", "3/4", 138},
    StyleDefaults{"minuet", "3/4", 116},
    StyleDefaults{"mazurka", "3/4", 130},
    StyleDefaults{"sarabande", "3/4", 66, "", 0, "minor"},
    StyleDefaults{"polonaise", "3/4", 92},
    StyleDefaults{"lullaby", "3/4", 76, "", 0, "major"},
    StyleDefaults{"barcarolle", "6/8", 84},
    StyleDefaults{"siciliana", "6/8", 72, "", 0, "minor"},
    StyleDefaults{"gigue", "6/8", 132, "violin"},
    StyleDefaults{"jig", "6/8", 168, "violin", 0, "major"},
    StyleDefaults{"slip jig", "9/8", 168, "violin"},
    StyleDefaults{"reel", "4/4", 200, "violin"},
    StyleDefaults{"hornpipe", "4/4", 160, "violin"},
    StyleDefaults{"strathspey", "4/4", 120, "violin"},
    StyleDefaults{"polka", "2/4", 120, "accordion", 0, "major"},
    StyleDefaults{"folk", "4/4", 112, "violin, guitar"},
    StyleDefaults{"folk dance", "4/4", 132, "violin, guitar"},
    StyleDefaults{"air", "4/4", 76, "flute, guitar"},
    StyleDefaults{"march", "2/4", 112, "", 0, "major"},
    StyleDefaults{"gavotte", "4/4", 116},
    StyleDefaults{"chorale", "4/4", 76, "voice", 4},
    StyleDefaults{"hymn", "4/4", 88, "voice", 4, "major"},
    StyleDefaults{"fugue", "4/4", 84, "organ", 4},
    StyleDefaults{"canon", "4/4", 84, "", 3},
    StyleDefaults{"nocturne", "4/4", 66},
    StyleDefaults{"ballad", "4/4", 72},
    StyleDefaults{"prelude", "4/4", 80},
    StyleDefaults{"etude", "4/4", 120},
    StyleDefaults{"art song", "4/4", 84, "voice, piano, piano"},
    StyleDefaults{"lied", "4/4", 84, "voice, piano, piano"},
    StyleDefaults{"opera", "4/4", 96, "voice, piano, piano"},
    StyleDefaults{"ragtime", "2/4", 92, "", 0, "major"},
    StyleDefaults{"tango", "2/4", 66, "bandoneon, piano, contrabass", 0, "minor"},
    StyleDefaults{"string quartet", "4/4", 100, "violin, violin, viola, cello"},
    StyleDefaults{
        "orchestra", "4/4", 100, "flute, oboe, clarinet, french horn, violin, viola, cello, contrabass"},
    StyleDefaults{"jazz", "4/4", 120, "piano, acoustic bass, drums"},
    StyleDefaults{"blues", "4/4", 90, "electric guitar, electric bass, drums"},
    StyleDefaults{"rock", "4/4", 124, "electric guitar, electric bass, drums"},
    StyleDefaults{"metal", "4/4", 150, "distortion guitar, electric bass, drums", 0, "minor"},
    StyleDefaults{"pop", "4/4", 108, "piano, electric bass, drums", 0, "major"},
    StyleDefaults{"electronic", "4/4", 124, "synth lead, synth bass, drums", 0, "minor"},
    StyleDefaults{"bossa nova", "4/4", 120, "guitar, acoustic bass, drums"},
};
constexpr StyleDefaults kPlain{""};

} // namespace

const StyleDefaults& defaultsOf(std::string_view style) {
    const auto found = std::find_if(
        kStyles.begin(), kStyles.end(), [&](const StyleDefaults& row) { return row.style == style; });
    return found == kStyles.end() ? kPlain : *found;
}

} // namespace chainsong
