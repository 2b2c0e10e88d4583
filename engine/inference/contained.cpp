#include "engine/inference/contained.h"

#include <algorithm>
#include <exception>
#include <limits>

namespace chainsong {

std::string writeParameters(const Target& target, std::span<const double> q, std::span<double> parameters) {
    std::string words;
    try {
        if (target.constrain)
            target.constrain(q, parameters);
        else
            std::copy(q.begin(), q.end(), parameters.begin());
        return words;
    } catch (const std::exception& exception) {
        words = exception.what();
    } catch (...) { // a stranger's code may throw anything
    }
    std::fill(parameters.begin(), parameters.end(), std::numeric_limits<double>::quiet_NaN());
    return words.empty() ? "the parameters threw something without words" : words;
}

} // namespace chainsong
