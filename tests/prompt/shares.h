#pragma once

#include "tests/prompt/expectation.h"

#include <string>
#include <vector>

namespace chainsong {

/// How many of the attributes that were asked for, or were read without being asked for, are right.
struct Share {
    int num_right = 0;
    int num_all = 0;
    double perCent() const { return num_all == 0 ? 100 : 100.0 * num_right / num_all; }
};

struct Shares {
    Share objective; // key, mode, metre, tempo, tempo range, bars, seconds, instruments, without, voices,
                     // octaves
    Share subjective; // each style and each mood, energy, density
    Share notices; // told where the table wants it, silent where it does not
    std::vector<std::string> misses; // "prompt: name=wanted, read …"
};

/// Adds what was read from one prompt to the shares.
void addTo(Shares& shares, const PromptCase& one);

} // namespace chainsong
