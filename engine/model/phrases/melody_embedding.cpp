// A melody as sixteen numbers. Each is a mean over the phrase, so a change of one note moves it a little;
// pitches count relative to their mean or to each other, so a transposition moves nothing.
//   0..6   contour: the cosine coefficients 1..7 of the pitch curve (principal components of melodies are
//   nearly
//          cosines: Cornelissen, Zuidema and Burgoyne 2021)
//   7..10  where the onsets lie in the phrase: cosine coefficients 1..4 of their density
//   11     how many onsets, in octaves
//   12     share of the onsets off the quarters; 13  share of them that are off the eighths too
//   14     mean size of the intervals
//   15     how much the pitch classes look like a scale: the fifths' component of their Fourier transform
//   (Amiot 2016)
#include "engine/model/phrases/embedding.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace chainsong {
namespace {

constexpr int kPoints = 48; // of the pitch curve
constexpr int kContour = 7, kOnsets = 4;

/// Each component's unit, so that a varied note moves any of them about as far as another (measured:
/// docs/phrases.md).
constexpr MelodyVector kUnits{1.81f, 1.45f, 1.35f, 1.03f, 0.97f, 0.80f, 0.78f, 0.27f, 0.29f, 0.29f, 0.31f,
    0.56f, 0.30f, 0.31f, 1.82f, 0.35f};

using Curve = std::array<double, kPoints>;

/// The pitch that sounds or has sounded last, at even distances through the phrase; before the first note:
/// that one's.
Curve pitchCurve(std::span<const PhraseNote> notes, int length_steps) {
    Curve curve{};
    std::size_t note = 0;
    for (int i = 0; i < kPoints; ++i) {
        const int step = (2 * i + 1) * length_steps / (2 * kPoints);
        while (note + 1 < notes.size() && notes[note + 1].position <= step) ++note;
        curve[static_cast<std::size_t>(i)] = notes[note].pitch;
    }
    return curve;
}

double cosine(int k, double place_unit) { return std::cos(std::numbers::pi * k * place_unit); }

void addContour(std::span<const PhraseNote> notes, int length_steps, MelodyVector& vector) {
    static const auto kCosines = [] {
        std::array<Curve, kContour> cosines;
        for (int k = 1; k <= kContour; ++k)
            for (int i = 0; i < kPoints; ++i)
                cosines[static_cast<std::size_t>(k - 1)][static_cast<std::size_t>(i)] =
                    cosine(k, (i + 0.5) / kPoints);
        return cosines;
    }();
    const Curve curve = pitchCurve(notes, length_steps);
    for (int k = 1; k <= kContour; ++k) {
        const Curve& cosines = kCosines[static_cast<std::size_t>(k - 1)];
        const double sum = std::inner_product(curve.begin(), curve.end(), cosines.begin(), 0.0);
        vector[static_cast<std::size_t>(k - 1)] = static_cast<float>(std::numbers::sqrt2 * sum / kPoints);
    }
}

void addRhythm(std::span<const PhraseNote> notes, int length_steps, MelodyVector& vector) {
    const auto count = static_cast<double>(notes.size());
    for (int k = 1; k <= kOnsets; ++k) {
        double sum = 0;
        for (const PhraseNote& note : notes)
            sum += cosine(k, static_cast<double>(note.position) / length_steps);
        vector[static_cast<std::size_t>(kContour + k - 1)] = static_cast<float>(sum / count);
    }
    constexpr int kQuarter = static_cast<int>(kStepsPerQuarter), kEighth = kQuarter / 2;
    double off_quarter = 0, off_eighth = 0;
    for (const PhraseNote& note : notes) {
        off_quarter += note.position % kQuarter != 0 ? 1 : 0;
        off_eighth += note.position % kEighth != 0 ? 1 : 0;
    }
    vector[11] = static_cast<float>(std::log2(count));
    vector[12] = static_cast<float>(off_quarter / count);
    vector[13] = static_cast<float>(off_eighth / count);
}

void addPitches(std::span<const PhraseNote> notes, MelodyVector& vector) {
    double leaps = 0, sounding = 0;
    std::complex<double> fifths;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        if (i > 0) leaps += std::min(12, std::abs(notes[i].pitch - notes[i - 1].pitch));
        const double weight = std::sqrt(static_cast<double>(notes[i].duration_steps));
        constexpr int kFifths = 5;
        fifths += std::polar(weight, 2 * std::numbers::pi * kFifths * (notes[i].pitch % 12) / 12);
        sounding += weight;
    }
    vector[14] = static_cast<float>(leaps / static_cast<double>(std::max<std::size_t>(1, notes.size() - 1)));
    vector[15] = static_cast<float>(std::abs(fifths) / sounding);
}

} // namespace

MelodyVector embedMelody(std::span<const PhraseNote> notes, int length_steps) {
    MelodyVector vector{};
    if (notes.empty() || length_steps < 1) return vector;
    addContour(notes, length_steps, vector);
    addRhythm(notes, length_steps, vector);
    addPitches(notes, vector);
    for (std::size_t i = 0; i < vector.size(); ++i) vector[i] /= kUnits[i];
    return vector;
}

MelodyVector embedMelody(const Phrase& phrase) { return embedMelody(phrase.notes, phrase.length_steps); }

} // namespace chainsong
