#include "engine/jobs/loader.h"

#include "engine/model/muse/muse.h"

#include <array>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <utility>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWeightsName = "muse.safetensors";
constexpr const char* kKnownRunsName = "known_runs.bin";
constexpr const char* kPhrasesName = "phrases.library";

fs::path programFolder() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return failed ? fs::path() : program.parent_path();
}

LoadedPrior rulesBecause(std::string reason) { return {makeRulePrior(), true, std::move(reason)}; }

/// What a variable of the environment names, or the file of this name that came with the program.
Result<std::string> findShipped(const char* variable, const char* name) {
    if (const char* const asked = std::getenv(variable); asked && *asked) {
        if (std::string_view(asked) == "none") return Error{std::string(variable) + " asks to do without"};
        return std::string(asked);
    }
    const fs::path here = programFolder();
    const std::array<fs::path, 4> places{here / name, here / "../share/chainsong" / name,
        fs::path(CHAINSONG_SHARE_DIR) / name, fs::path(CHAINSONG_SOURCE_DIR) / "resources" / name};
    for (const fs::path& place : places) {
        std::error_code absent;
        if (fs::is_regular_file(place, absent)) return place.lexically_normal().string();
    }
    return Error{std::string("no ") + name + " beside the program, in its share/chainsong or in resources"};
}

} // namespace

Result<std::string> findWeights() { return findShipped("CHAINSONG_WEIGHTS", kWeightsName); }
Result<std::string> findKnownRuns() { return findShipped("CHAINSONG_RUNS", kKnownRunsName); }
Result<std::string> findPhrases() { return findShipped("CHAINSONG_PHRASES", kPhrasesName); }

Result<std::shared_ptr<const PhraseLibrary>> openLibrary(const std::string& name) {
    if (name != "shipped") return PhraseLibrary::open(name);
    const auto path = findPhrases();
    if (!path) return path.error();
    return PhraseLibrary::open(*path);
}

LoadedPrior loadPrior(const std::string& weights_path) {
    std::string path = weights_path;
    if (path.empty()) {
        auto found = findWeights();
        if (!found) return rulesBecause(sentence(found.error()));
        path = *std::move(found);
    }
    try {
        auto model = loadMuse(path);
        if (model) return {*std::move(model)};
        return rulesBecause(sentence(model.error()));
    } catch (const std::exception& exception) { // no memory for the network
        return rulesBecause(path + ": " + exception.what());
    }
}

Loader::Loader(std::function<void(LoadedPrior)> on_loaded)
    : m_on_loaded(std::move(on_loaded))
    , m_worker("loader") { }

void Loader::start(std::string weights_path) {
    m_worker.replace([this, weights_path = std::move(weights_path)](std::stop_token stop) {
        LoadedPrior loaded = loadPrior(weights_path);
        if (!stop.stop_requested() && m_on_loaded) m_on_loaded(std::move(loaded));
    });
}

} // namespace chainsong
