#pragma once

#include "engine/base/result.h"
#include "engine/jobs/worker.h"
#include "engine/model/phrases/phrase_library.h"
#include "engine/model/prior.h"

#include <functional>
#include <memory>
#include <string>

namespace chainsong {

/// What a start without usable weights says, word for word, to the user.
inline constexpr std::string_view kRulesOnlyNotice =
    "The prompt model could not be loaded; composing with rules only.";

/// A prior that composes in any case.
struct LoadedPrior {
    PriorPtr prior; // never null
    bool is_rules_only = false;
    /// Why the model is missing, for a details button; empty if it is there.
    std::string reason = {};
};

/// The weights file: CHAINSONG_WEIGHTS if it is set ("none" = compose with rules), else muse.safetensors
/// beside the program, in its share/chainsong, or in the source tree's resources.
Result<std::string> findWeights();

/// The runs of the training corpus, which originality is measured by: CHAINSONG_RUNS if it is set ("none" =
/// do without), else known_runs.bin in the same places.
Result<std::string> findKnownRuns();

/// The phrases that Muse itself has drawn: CHAINSONG_PHRASES if it is set ("none" = do without), else
/// phrases.library in the same places.
Result<std::string> findPhrases();

/// The library in a file, or "shipped": the phrases that Muse itself has drawn.
Result<std::shared_ptr<const PhraseLibrary>> openLibrary(const std::string& name);

/// Reads the weights (of that path, or those that findWeights() names) on the caller's thread; falls back to
/// rules.
LoadedPrior loadPrior(const std::string& weights_path = {});

/// Loads the prior on the *loader* thread, so that the window is there first.
class Loader {
public:
    /// `on_loaded` runs on the loader thread, once for each start() that was not overtaken by another.
    explicit Loader(std::function<void(LoadedPrior)> on_loaded);
    void start(std::string weights_path = {});

private:
    std::function<void(LoadedPrior)> m_on_loaded;
    Worker m_worker; // last member
};

} // namespace chainsong
