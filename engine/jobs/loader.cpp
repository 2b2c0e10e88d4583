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

fs::path programFolder() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return failed ? fs::path() : program.parent_path();
}

LoadedPrior rulesBecause(std::string reason) { return {makeRulePrior(), true, std::move(reason)}; }

} // namespace

Result<std::string> findWeights() {
    if (const char* const asked = std::getenv("CHAINSONG_WEIGHTS"); asked && *asked) {
        if (std::string_view(asked) == "none") return Error{"CHAINSONG_WEIGHTS asks for rules only"};
        return std::string(asked);
    }
    const fs::path here = programFolder();
    const std::array<fs::path, 4> places{here / kWeightsName, here / "../share/chainsong" / kWeightsName,
        fs::path(CHAINSONG_SHARE_DIR) / kWeightsName,
        fs::path(CHAINSONG_SOURCE_DIR) / "resources" / kWeightsName};
    for (const fs::path& place : places) {
        std::error_code absent;
        if (fs::is_regular_file(place, absent)) return place.lexically_normal().string();
    }
    return Error{
        std::string("no ") + kWeightsName + " beside the program, in its share/chainsong or in resources"};
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
