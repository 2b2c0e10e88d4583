// phrase_bench CORPUS [PHRASES]: how near variations of a phrase come to it, and what range queries cost.
#include "engine/base/random.h"
#include "engine/io/midi_file.h"
#include "engine/model/corpus.h"
#include "engine/model/phrases/embedding.h"
#include "engine/model/phrases/index_tree.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace chainsong;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The same melody as another player might have it: in another key, one or two notes changed.
Phrase varied(Phrase phrase, Rng& rng) {
    auto& notes = phrase.notes;
    const int shift = static_cast<int>(rng.below(11)) - 5;
    for (PhraseNote& note : notes) note.pitch += shift;
    const auto changes = 1 + rng.below(2);
    for (std::uint64_t c = 0; c < changes; ++c) {
        const auto i = static_cast<std::size_t>(rng.below(notes.size()));
        switch (rng.below(4)) {
        case 0: notes[i].pitch += rng.below(2) == 0 ? 2 : -1; break;
        case 1: // left out
            if (notes.size() > 3) notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        case 2: // split, the second half a neighbour
            if (notes[i].duration_steps >= 6) {
                PhraseNote second = notes[i];
                notes[i].duration_steps /= 2;
                second.position += notes[i].duration_steps;
                second.duration_steps -= notes[i].duration_steps;
                second.pitch += rng.below(2) == 0 ? 2 : -2;
                notes.insert(notes.begin() + static_cast<std::ptrdiff_t>(i) + 1, second);
            }
            break;
        default: // dotted
            if (i + 1 < notes.size() && notes[i + 1].duration_steps >= 12) {
                notes[i].duration_steps += 6;
                notes[i + 1].position += 6;
                notes[i + 1].duration_steps -= 6;
            }
        }
    }
    return phrase;
}

std::vector<Phrase> phrasesOfCorpus(const std::string& corpus, std::size_t most) {
    std::vector<Phrase> phrases;
    const auto pieces = listCorpus(corpus, {});
    if (!pieces) return phrases;
    for (const CorpusPiece& piece : *pieces) {
        const auto reading = readMidiFile(piece.path);
        if (!reading || piece.split != "train") continue;
        const auto voices = voicesOf(reading->score);
        for (PlacedPhrase& placed : phrasesOf(reading->score, voices))
            phrases.push_back(std::move(placed.phrase));
        if (phrases.size() >= most) break;
    }
    Rng rng(1);
    const std::size_t original = phrases.size();
    while (!phrases.empty() && phrases.size() < most)
        phrases.push_back(varied(phrases[rng.below(original)], rng));
    std::printf(
        "phrases: %zu of the corpus, %zu varied ones to fill up\n", original, phrases.size() - original);
    return phrases;
}

void measureUnits(const std::vector<Phrase>& phrases, Rng& rng) {
    constexpr int kSamples = 20'000;
    std::array<double, kMelodyDimensions> sum{}, squares{}, moved{};
    for (int s = 0; s < kSamples; ++s) {
        const Phrase& phrase = phrases[rng.below(phrases.size())];
        const MelodyVector here = embedMelody(phrase), there = embedMelody(varied(phrase, rng));
        for (std::size_t k = 0; k < here.size(); ++k) {
            const double x = static_cast<double>(here[k]), y = static_cast<double>(there[k]);
            sum[k] += x;
            squares[k] += x * x;
            moved[k] += (x - y) * (x - y);
        }
    }
    std::printf("component: spread among phrases, root mean square move under variation\n");
    for (std::size_t k = 0; k < sum.size(); ++k) {
        const double mean = sum[k] / kSamples;
        std::printf("  %2zu  %6.3f  %6.3f\n", k, std::sqrt(squares[k] / kSamples - mean * mean),
            std::sqrt(moved[k] / kSamples));
    }
}

/// What the embedding is compared with: hashed n-grams (n = 1..3) of intervals and of distances between
/// onsets, sixteen numbers by random projection, unit length.
MelodyVector embedGrams(const Phrase& phrase) {
    MelodyVector vector{};
    const auto& notes = phrase.notes;
    const auto addSigns = [&vector](std::uint64_t gram) {
        Rng signs(gram);
        for (float& x : vector) x += signs.below(2) == 0 ? 1.0f : -1.0f;
    };
    for (std::size_t n = 1; n <= 3; ++n)
        for (std::size_t i = 0; i + n < notes.size(); ++i) {
            std::uint64_t pitches = n, onsets = n + 10;
            for (std::size_t j = i; j < i + n; ++j) {
                pitches =
                    pitches * 1000 + static_cast<std::uint64_t>(notes[j + 1].pitch - notes[j].pitch + 300);
                onsets =
                    onsets * 1000 + static_cast<std::uint64_t>(notes[j + 1].position - notes[j].position);
            }
            addSigns(pitches);
            addSigns(onsets);
        }
    float squares = 0;
    for (const float x : vector) squares += x * x;
    for (float& x : vector) x /= std::sqrt(std::max(1e-9f, squares));
    return vector;
}

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

template <class Embed>
void measureRecall(const char* name, Embed embed, const std::vector<Phrase>& phrases, Rng rng) {
    std::vector<float> rows;
    for (const Phrase& phrase : phrases)
        for (const float x : embed(phrase)) rows.push_back(x);
    IndexTree tree(kMelodyDimensions);
    tree.add(rows);
    std::printf("%s\n", name);
    constexpr int kSamples = 1000;
    std::vector<double> near, far, ranks;
    for (int s = 0; s < kSamples; ++s) {
        const auto which = static_cast<std::size_t>(rng.below(phrases.size()));
        const MelodyVector query = embed(varied(phrases[which], rng));
        const float own = IndexTree::distance(query, embed(phrases[which]));
        near.push_back(static_cast<double>(own));
        far.push_back(
            static_cast<double>(IndexTree::distance(query, embed(phrases[rng.below(phrases.size())]))));
        const auto nearer = tree.within(query, own);
        ranks.push_back(static_cast<double>(std::count_if(
            nearer.begin(), nearer.end(), [&](const Neighbour& n) { return n.distance < own; })));
    }
    const auto shareBelow = [&](double most) {
        return static_cast<double>(std::count_if(ranks.begin(), ranks.end(), [&](double r) {
            return r < most;
        })) / static_cast<double>(ranks.size());
    };
    std::printf(
        "  distance of a variation: median %.2f, 90%% %.2f; of any two phrases: 1%% %.2f, median %.2f\n",
        percentile(near, 0.5), percentile(near, 0.9), percentile(far, 0.01), percentile(far, 0.5));
    std::printf("  its original is the nearest in %.3f, among 10 in %.3f, among 100 in %.3f of %zu phrases\n",
        shareBelow(1), shareBelow(10), shareBelow(100), phrases.size());
}

void measureQueries(const IndexTree& tree, const std::vector<Phrase>& phrases, Rng& rng) {
    for (const float radius : {0.5f, 0.75f, 1.0f, 1.5f, 2.0f, 3.0f}) {
        std::vector<double> milliseconds, counts;
        for (int s = 0; s < 1000; ++s) {
            const MelodyVector query = embedMelody(varied(phrases[rng.below(phrases.size())], rng));
            const auto start = Clock::now();
            const auto found = tree.within(query, radius);
            milliseconds.push_back(1000 * secondsSince(start));
            counts.push_back(static_cast<double>(found.size()));
        }
        std::printf("radius %.2f: median %.3f ms, 95%% %.3f ms; found: median %.0f, 95%% %.0f\n",
            static_cast<double>(radius), percentile(milliseconds, 0.5), percentile(milliseconds, 0.95),
            percentile(counts, 0.5), percentile(counts, 0.95));
    }
    std::vector<double> milliseconds;
    for (int s = 0; s < 1000; ++s) {
        const MelodyVector query = embedMelody(varied(phrases[rng.below(phrases.size())], rng));
        const auto start = Clock::now();
        if (tree.nearest(query, 8).empty()) std::abort();
        milliseconds.push_back(1000 * secondsSince(start));
    }
    std::printf("8 nearest: median %.3f ms, 95%% %.3f ms\n", percentile(milliseconds, 0.5),
        percentile(milliseconds, 0.95));
}

/// One plain loop over all rows, as a yardstick; and whether it finds the same.
void measureBruteForce(
    const IndexTree& tree, const std::vector<float>& rows, const std::vector<Phrase>& phrases, Rng& rng) {
    constexpr std::size_t kDims = kMelodyDimensions;
    std::vector<double> milliseconds;
    int differing = 0;
    for (int s = 0; s < 20; ++s) {
        const MelodyVector query = embedMelody(varied(phrases[rng.below(phrases.size())], rng));
        const auto start = Clock::now();
        std::vector<Neighbour> found;
        for (std::size_t i = 0; i * kDims < rows.size(); ++i) {
            const float distance = IndexTree::distance(query, std::span(rows).subspan(i * kDims, kDims));
            if (distance <= 1.0f) found.push_back({static_cast<std::uint32_t>(i), distance});
        }
        milliseconds.push_back(1000 * secondsSince(start));
        std::sort(found.begin(), found.end(), [](const Neighbour& a, const Neighbour& b) {
            return a.distance != b.distance ? a.distance < b.distance : a.id < b.id;
        });
        differing += found == tree.within(query, 1.0f) ? 0 : 1;
    }
    std::printf("brute force at radius 1: median %.2f ms; answers that differ: %d of 20\n",
        percentile(milliseconds, 0.5), differing);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::puts("phrase_bench CORPUS [PHRASES]"), 2;
    const std::size_t most = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    auto start = Clock::now();
    const auto phrases = phrasesOfCorpus(argv[1], most);
    if (phrases.empty()) return std::puts("no phrases"), 1;
    std::printf("read and cut in %.1f s\n", secondsSince(start));
    Rng rng(2);
    measureUnits(phrases, rng);
    start = Clock::now();
    std::vector<float> rows;
    rows.reserve(phrases.size() * kMelodyDimensions);
    for (const Phrase& phrase : phrases) {
        const MelodyVector vector = embedMelody(phrase);
        rows.insert(rows.end(), vector.begin(), vector.end());
    }
    std::printf("embedded in %.2f s\n", secondsSince(start));
    start = Clock::now();
    IndexTree tree(kMelodyDimensions);
    tree.add(rows);
    std::printf("tree built in %.2f s, %.1f MB\n", secondsSince(start),
        static_cast<double>(tree.bytes().size()) / 1e6);
    measureRecall(
        "this embedding", [](const Phrase& phrase) { return embedMelody(phrase); }, phrases, rng);
    measureRecall("hashed n-grams, random projection", embedGrams, phrases, rng);
    measureQueries(tree, phrases, rng);
    measureBruteForce(tree, rows, phrases, rng);
    return 0;
}
