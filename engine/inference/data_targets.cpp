#include "engine/inference/data_targets.h"

#include <algorithm>
#include <cmath>

namespace chainsong {

Result<Vec> numbersOf(const NamedNumbers& data, const std::string& name, std::size_t count) {
    const auto found = data.find(name);
    if (found == data.end()) return Error{"the data hold no \"" + name + "\"", {}};
    const Vec& values = found->second;
    if (values.empty() || (count != 0 && values.size() != count))
        return Error{"\"" + name + "\" has " + std::to_string(values.size()) + " numbers"
                + (count == 0 ? std::string() : ", not " + std::to_string(count)),
            {}};
    if (!std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); }))
        return Error{"\"" + name + "\" holds a value that is not a finite number", {}};
    return values;
}

Result<double> numberOf(const NamedNumbers& data, const std::string& name) {
    auto values = numbersOf(data, name, 1);
    if (!values) return values.error();
    return values->front();
}

Result<Target> makeDataTarget(std::string_view name, const NamedNumbers& data) {
    const auto make = [&]() -> Result<Target> {
        if (name == "arK") return autoregressionTarget(data);
        if (name == "arma11") return movingAverageTarget(data);
        if (name == "garch11") return volatilityTarget(data);
        if (name == "kidscore_interaction") return kidscoreTarget(data);
        if (name == "earn_height") return earningsTarget(data);
        if (name == "kilpisjarvi") return kilpisjarviTarget(data);
        if (name == "gp_regr") return gaussianProcessTarget(data);
        if (name == "low_dim_gauss_mix") return normalMixtureTarget(data);
        if (name == "logreg") return logisticTarget(data);
        if (name == "mlp") return networkTarget(data, 0.2);
        if (name == "mlp_hard") return networkTarget(data, 0.05);
        return Error{"no target of this name needs data", {}};
    };
    auto target = make();
    if (!target) return Error{target.error().what, std::string(name)};
    target->name = std::string(name);
    return target;
}

} // namespace chainsong
