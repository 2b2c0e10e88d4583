#include "engine/model/phrases/piece_vector.h"

#include "engine/music/statistics.h"

#include <algorithm>
#include <cmath>

namespace chainsong {
namespace {

VoiceNumbers numbersOf(const Track& track, int num_bars) {
    VoiceNumbers numbers;
    numbers.program = track.program;
    numbers.is_drums = track.is_drums;
    double sum = 0, squares = 0;
    for (const Note& note : track.notes) {
        sum += note.key;
        squares += static_cast<double>(note.key) * note.key;
    }
    const auto count = static_cast<double>(track.notes.size());
    numbers.mean_key = sum / count;
    numbers.key_spread = std::sqrt(std::max(0.0, squares / count - numbers.mean_key * numbers.mean_key));
    numbers.notes_per_bar = count / num_bars;
    return numbers;
}

/// The mean over the phrases of the voice that lies highest.
MelodyVector melodyOf(const Score& score) {
    MelodyVector mean{};
    const auto voices = voicesOf(score);
    const auto height = [](const Voice& voice) {
        double sum = 0;
        for (const Note& note : voice.notes) sum += note.key;
        return sum / static_cast<double>(voice.notes.size());
    };
    const auto highest = std::max_element(
        voices.begin(), voices.end(), [&](const Voice& a, const Voice& b) { return height(a) < height(b); });
    if (highest == voices.end()) return mean;
    const auto phrases = phrasesOf(score, std::span(&*highest, 1));
    for (const PlacedPhrase& placed : phrases) {
        const MelodyVector own = embedMelody(placed.phrase);
        for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += own[k] / static_cast<float>(phrases.size());
    }
    return mean;
}

double mixed(double a, double b, double share) { return a + (b - a) * share; }

/// Steps along the circle of fifths, the shorter way round.
int tonicBetween(int first, int second, double share) {
    constexpr int kFifth = 7, kTonics = 12;
    int fifths = (second - first) * kFifth % kTonics; // 7 is its own inverse modulo 12
    if (fifths > kTonics / 2) fifths -= kTonics;
    if (fifths < -kTonics / 2) fifths += kTonics;
    const int steps = static_cast<int>(std::lround(fifths * share));
    return ((first + steps * kFifth) % kTonics + kTonics) % kTonics;
}

} // namespace

Result<PieceVector> encodePiece(const Score& score) {
    const auto frame = frameOf(score);
    if (!frame) return frame.error();
    if (frame->bars.empty() || numNotes(score) == 0) return Error{"the piece has no notes"};
    PieceVector vector;
    vector.key = frame->bars.front().key;
    vector.metre = frame->bars.front().metre;
    vector.tempo_bpm = frame->tempo_bpm;
    vector.num_bars = static_cast<int>(frame->bars.size());
    for (const Track& track : score.tracks)
        if (!track.notes.empty() && vector.voices.size() < kMaxParts)
            vector.voices.push_back(numbersOf(track, vector.num_bars));
    vector.pitch_class_entropy_bits = pitchClassEntropyBits(score);
    vector.groove_consistency = grooveConsistency(score);
    vector.melody = melodyOf(score);
    return vector;
}

PieceVector between(const PieceVector& first, const PieceVector& second, double share_unit) {
    const double share = std::clamp(share_unit, 0.0, 1.0);
    PieceVector vector = share < 0.5 ? first : second; // metre, mode, instruments
    const PieceVector& other = share < 0.5 ? second : first;
    const double to_other = share < 0.5 ? share : 1 - share;
    vector.key.tonic = tonicBetween(first.key.tonic, second.key.tonic, share);
    vector.tempo_bpm = first.tempo_bpm * std::pow(second.tempo_bpm / first.tempo_bpm, share);
    vector.num_bars = static_cast<int>(std::lround(mixed(first.num_bars, second.num_bars, share)));
    for (std::size_t v = 0; v < std::min(vector.voices.size(), other.voices.size()); ++v) {
        VoiceNumbers& voice = vector.voices[v];
        const VoiceNumbers& goal = other.voices[v];
        voice.notes_per_bar = mixed(voice.notes_per_bar, goal.notes_per_bar, to_other);
        if (voice.is_drums || goal.is_drums) continue;
        voice.mean_key = mixed(voice.mean_key, goal.mean_key, to_other);
        voice.key_spread = mixed(voice.key_spread, goal.key_spread, to_other);
    }
    vector.pitch_class_entropy_bits =
        mixed(first.pitch_class_entropy_bits, second.pitch_class_entropy_bits, share);
    vector.groove_consistency = mixed(first.groove_consistency, second.groove_consistency, share);
    for (std::size_t k = 0; k < vector.melody.size(); ++k)
        vector.melody[k] = static_cast<float>(
            mixed(static_cast<double>(first.melody[k]), static_cast<double>(second.melody[k]), share));
    return vector;
}

double distanceOf(const PieceVector& a, const PieceVector& b) {
    // What counts as one step: about how far two halves of the same piece lie apart.
    constexpr double kRegister = 4, kSpread = 2, kDensity = 0.5, kEntropy = 0.3, kGroove = 0.1;
    double squares = 0;
    const auto add = [&squares](double difference, double unit) {
        squares += difference / unit * (difference / unit);
    };
    for (std::size_t v = 0; v < std::min(a.voices.size(), b.voices.size()); ++v) {
        add(std::log2((a.voices[v].notes_per_bar + 0.5) / (b.voices[v].notes_per_bar + 0.5)), kDensity);
        if (a.voices[v].is_drums || b.voices[v].is_drums) continue;
        add(a.voices[v].mean_key - b.voices[v].mean_key, kRegister);
        add(a.voices[v].key_spread - b.voices[v].key_spread, kSpread);
    }
    add(a.pitch_class_entropy_bits - b.pitch_class_entropy_bits, kEntropy);
    add(a.groove_consistency - b.groove_consistency, kGroove);
    for (std::size_t k = 0; k < a.melody.size(); ++k)
        add(static_cast<double>(a.melody[k]) - static_cast<double>(b.melody[k]), 1);
    return std::sqrt(squares);
}

} // namespace chainsong
