#include "reference_files.h"

#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <fstream>
#include <map>

namespace chainsong::test {
namespace {

void flatten(const nlohmann::json& value, std::vector<double>& out) {
    if (value.is_array())
        for (const auto& item : value) flatten(item, out);
    else if (value.is_number())
        out.push_back(value.get<double>());
}

} // namespace

std::optional<nlohmann::json> referenceJson(const std::string& path) {
    std::ifstream file(std::string(CHAINSONG_SHARED) + "/reference/" + path);
    if (!file) return std::nullopt;
    return nlohmann::json::parse(file);
}

std::vector<std::vector<double>> referenceColumns(const std::string& path) {
    std::vector<std::vector<double>> columns;
    std::ifstream file(std::string(CHAINSONG_SHARED) + "/reference/" + path);
    for (std::string line; std::getline(file, line);) {
        const auto cells = split(trimmed(line), ',');
        columns.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            columns[i].push_back(parseNumber(trimmed(cells[i])).value());
    }
    return columns;
}

std::vector<double> referenceFloats(const std::string& path) {
    std::vector<double> numbers;
    std::ifstream file(std::string(CHAINSONG_SHARED) + "/reference/" + path, std::ios::binary);
    for (float x = 0; file.read(reinterpret_cast<char*>(&x), sizeof x);) numbers.push_back(x);
    return numbers;
}

NamedNumbers numbersIn(const nlohmann::json& object) {
    NamedNumbers numbers;
    for (const auto& [name, value] : object.items()) flatten(value, numbers[name]);
    return numbers;
}

std::string dataFileOf(const std::string& target) {
    static const std::map<std::string, std::string> files{
        {"arK", "arK-arK"},
        {"arma11", "arma-arma11"},
        {"garch11", "garch-garch11"},
        {"kidscore_interaction", "kidiq-kidscore_interaction"},
        {"earn_height", "earnings-earn_height"},
        {"kilpisjarvi", "kilpisjarvi_mod-kilpisjarvi"},
        {"gp_regr", "gp_pois_regr-gp_regr"},
        {"low_dim_gauss_mix", "low_dim_gauss_mix-low_dim_gauss_mix"},
        {"eight_schools_noncentered", "eight_schools-eight_schools_noncentered"},
        {"logreg", "logreg_german"},
    };
    const auto found = files.find(target);
    return found == files.end() ? std::string() : "posteriors/" + found->second + ".json";
}

std::optional<Target> referenceTarget(const std::string& name) {
    NamedNumbers data;
    if (const std::string file = dataFileOf(name); !file.empty()) {
        const auto json = referenceJson(file);
        if (!json) return std::nullopt;
        data = numbersIn(json->contains("data") ? json->at("data") : *json);
    }
    if (name.starts_with("mlp")) {
        data["weights"] = referenceFloats("posteriors/mlp_weights.f32");
        if (data["weights"].empty()) return std::nullopt;
    }
    auto target = makeTarget(name, data);
    if (!target) return std::nullopt;
    return *std::move(target);
}

} // namespace chainsong::test
