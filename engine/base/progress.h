#pragma once

#include <functional>
#include <string>

namespace chainsong {

/// How far a long piece of work has come: what, and a share from 0 to 1 (below 0: not known).
struct Progress {
    std::string what;
    double share_unit = -1;
};

/// Called on the thread that does the work, as often as it likes; the receiver thins it out.
using OnProgress = std::function<void(const Progress&)>;

}  // namespace chainsong
