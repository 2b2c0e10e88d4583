#include "engine/inference/bridge_stan.h"

#include "engine/base/text.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace chainsong {
namespace {

constexpr int kVersion = 2; // of the interface: the functions below had other names or arguments before
constexpr int kMaxParameters = 10'000'000;

// BridgeStan's types are opaque to us; a library loaded by name gives them as pointers to nothing known.
using Model = void;
using Generator = void;

/// The functions of BridgeStan's C interface that a sampler needs.
struct Functions {
    Model* (*construct)(const char* data, unsigned int seed, char** error) = nullptr;
    void (*destruct)(Model*) = nullptr;
    void (*free_error)(char*) = nullptr;
    const char* (*name)(const Model*) = nullptr;
    const char* (*info)(const Model*) = nullptr;
    const char* (*parameter_names)(const Model*, bool with_transformed, bool with_generated) = nullptr;
    int (*num_parameters)(const Model*, bool with_transformed, bool with_generated) = nullptr;
    int (*num_unconstrained)(const Model*) = nullptr;
    int (*constrain)(const Model*, bool with_transformed, bool with_generated, const double* from, double* to,
        Generator*, char** error) = nullptr;
    int (*gradient)(const Model*, bool drops_constants, bool with_jacobian, const double* at, double* value,
        double* gradient, char** error) = nullptr;
    int (*set_print)(void (*print)(const char* text, std::size_t size), char** error) = nullptr;
};

/// What models print. Standard output belongs to the results, so it goes where remarks go.
void printAside(const char* text, std::size_t size) { std::fwrite(text, 1, size, stderr); }

thread_local bool is_inside_library = false;

/// A library can end the whole program: exit(). Then at least somebody says who did it, and the exit status
/// is that of a failure.
void sayWhoEndedTheProgram() {
    if (!is_inside_library) return;
    std::fputs("the model has ended the program\n", stderr);
    std::fflush(stderr);
    std::_Exit(1);
}

/// For as long as this thread is inside a library.
class Visit {
public:
    Visit() { is_inside_library = true; }
    ~Visit() { is_inside_library = false; }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
};

/// The library's name for the function, or nothing where it has none.
template <class F> bool find(void* library, const char* name, F& function) {
    void* const address = dlsym(library, name);
    if (address != nullptr) std::memcpy(&function, &address, sizeof address);
    return address != nullptr;
}

Result<Functions> functionsOf(void* library, const std::string& path) {
    const void* const version = dlsym(library, "bs_major_version");
    if (version == nullptr && dlsym(library, "bs_model_construct") == nullptr)
        return Error{"is no Stan model compiled with BridgeStan 2: it has no bs_model_construct", path};
    if (version != nullptr) {
        int major = 0;
        std::memcpy(&major, version, sizeof major);
        if (major != kVersion)
            return Error{"was compiled with BridgeStan " + std::to_string(major)
                    + "; compile the model again with version 2",
                path};
    }
    Functions functions;
    const char* missing = nullptr;
    const auto need = [&](const char* name, auto& function) {
        if (!find(library, name, function) && missing == nullptr) missing = name;
    };
    need("bs_model_construct", functions.construct);
    need("bs_model_destruct", functions.destruct);
    need("bs_free_error_msg", functions.free_error);
    need("bs_name", functions.name);
    need("bs_param_names", functions.parameter_names);
    need("bs_param_num", functions.num_parameters);
    need("bs_param_unc_num", functions.num_unconstrained);
    need("bs_param_constrain", functions.constrain);
    need("bs_log_density_gradient", functions.gradient);
    if (missing != nullptr)
        return Error{std::string("is no complete BridgeStan library: it has no ") + missing, path};
    find(library, "bs_model_info", functions.info);
    find(library, "bs_set_print_callback", functions.set_print);
    return functions;
}

/// "theta.2.1" -> "theta[2,1]", as people write it.
std::string withBrackets(const std::string& name) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return name;
    std::string indices = name.substr(dot + 1);
    if (indices.find_first_not_of("0123456789.") != std::string::npos) return name;
    std::replace(indices.begin(), indices.end(), '.', ',');
    return name.substr(0, dot) + "[" + indices + "]";
}

/// A model with its data. Models compiled without STAN_THREADS share their memory between calls, so only one
/// thread at a time may be inside.
class LoadedModel {
public:
    LoadedModel(const Functions& functions, Model* model)
        : m_functions(functions)
        , m_model(model) {
        const char* const info = functions.info == nullptr ? nullptr : functions.info(model);
        m_is_threaded =
            info != nullptr && std::string_view(info).find("STAN_THREADS=true") != std::string_view::npos;
    }
    ~LoadedModel() { m_functions.destruct(m_model); }
    LoadedModel(const LoadedModel&) = delete;
    LoadedModel& operator=(const LoadedModel&) = delete;

    const char* name() const { return m_functions.name(m_model); }
    int dimension() const { return m_functions.num_unconstrained(m_model); }
    int numParameters() const { return m_functions.num_parameters(m_model, true, false); }
    const char* parameterNames() const { return m_functions.parameter_names(m_model, true, false); }

    /// Throws what the model has to say when it refuses the point; the chains contain and count that.
    double logDensity(std::span<const double> q, std::span<double> grad) const {
        thread_local Vec scratch; // the interface has no density without a gradient that is worth a call
        if (grad.empty()) scratch.resize(q.size());
        double value = 0;
        double* const slopes = grad.empty() ? scratch.data() : grad.data();
        call([&](char** error) {
            return m_functions.gradient(m_model, true, true, q.data(), &value, slopes, error);
        });
        return value;
    }
    /// A point that has a density may still have transformed parameters that the model refuses; they are then
    /// no numbers, as in Stan's own output.
    void constrain(std::span<const double> q, std::span<double> parameters) const {
        try {
            call([&](char** error) {
                return m_functions.constrain(
                    m_model, true, false, q.data(), parameters.data(), nullptr, error);
            });
        } catch (...) {
            std::fill(parameters.begin(), parameters.end(), std::numeric_limits<double>::quiet_NaN());
        }
    }

private:
    template <class F> void call(const F& function) const {
        std::unique_lock<std::mutex> lock;
        if (!m_is_threaded) lock = std::unique_lock(m_mutex);
        const Visit visit;
        char* error = nullptr;
        if (function(&error) == 0) return;
        std::string what = error == nullptr ? "the model gave no reason" : error;
        if (error != nullptr) m_functions.free_error(error);
        throw std::runtime_error(cleanLabel(what));
    }

    Functions m_functions;
    Model* m_model;
    bool m_is_threaded = false;
    mutable std::mutex m_mutex;
};

} // namespace

Result<Target> bridgeStanTarget(
    const std::string& library_path, const std::string& data, std::uint64_t seed) {
    // Without a slash the system would look in its own folders and not in this one.
    const std::string path = library_path.find('/') == std::string::npos ? "./" + library_path : library_path;
    void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* const reason = dlerror();
        return Error{"cannot be loaded as a shared library: " + cleanLabel(reason == nullptr ? "" : reason),
            library_path};
    }
    const auto functions = functionsOf(library, library_path);
    if (!functions) return functions.error();
    static const int is_registered = std::atexit(sayWhoEndedTheProgram);
    static_cast<void>(is_registered);
    const Visit visit;
    char* error = nullptr;
    if (functions->set_print != nullptr && functions->set_print(printAside, &error) != 0 && error != nullptr)
        functions->free_error(std::exchange(error, nullptr));
    Model* const made = functions->construct(data.c_str(), static_cast<unsigned int>(seed), &error);
    if (made == nullptr) {
        const std::string why = error == nullptr ? "it gave no reason" : cleanLabel(error, 400);
        if (error != nullptr) functions->free_error(error);
        return Error{"the model refuses its data: " + why, library_path};
    }
    const auto model = std::make_shared<const LoadedModel>(*functions, made);
    Target target;
    const char* const name = model->name();
    target.name = cleanLabel(name == nullptr ? "model" : name);
    target.dimension = model->dimension();
    const int num_parameters = model->numParameters();
    if (target.dimension < 1 || num_parameters < 0 || target.dimension > kMaxParameters
        || num_parameters > kMaxParameters)
        return Error{"the model has no parameters to draw", library_path};
    const char* const names = model->parameterNames();
    if (names != nullptr && *names != '\0')
        for (const std::string& part : split(names, ','))
            target.parameter_names.push_back(withBrackets(cleanLabel(part)));
    if (target.parameter_names.size() != static_cast<std::size_t>(num_parameters))
        return Error{"the model names " + std::to_string(target.parameter_names.size())
                + " parameters but has " + std::to_string(num_parameters),
            library_path};
    target.log_density = [model](auto q, auto grad) { return model->logDensity(q, grad); };
    target.constrain = [model](auto q, auto parameters) { model->constrain(q, parameters); };
    return target;
}

} // namespace chainsong
