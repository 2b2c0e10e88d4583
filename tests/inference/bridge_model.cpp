// A library with BridgeStan's C interface, written by hand for the tests, as if compiled from
//   data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }
//   transformed parameters { array[2] real moment = {mu, sigma^2}; } model { mu ~ normal(0, 10); sigma ~
//   exponential(1); y ~ normal(mu, sigma); }
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#ifndef MODEL_VERSION
#define MODEL_VERSION 2
#endif

extern "C" {

struct bs_model {
    std::vector<double> y;
    bool prints = false, exits = false, refuses_transformed = false; // as the data say
};
struct bs_rng;

extern const int bs_major_version, bs_minor_version, bs_patch_version;
const int bs_major_version = MODEL_VERSION, bs_minor_version = 6, bs_patch_version = 1;

using Print = void (*)(const char* text, size_t size);
bs_model* bs_model_construct(const char* data, unsigned int seed, char** error);
int bs_set_print_callback(Print callback, char** error);
void bs_model_destruct(bs_model* model);
void bs_free_error_msg(char* error);
const char* bs_name(const bs_model* model);
const char* bs_model_info(const bs_model* model);
const char* bs_param_names(const bs_model* model, bool with_transformed, bool with_generated);
int bs_param_num(const bs_model* model, bool with_transformed, bool with_generated);
int bs_param_unc_num(const bs_model* model);
int bs_param_constrain(const bs_model* model, bool with_transformed, bool with_generated, const double* from,
    double* to, bs_rng* rng, char** error);
int bs_log_density_gradient(const bs_model* model, bool drops_constants, bool with_jacobian, const double* at,
    double* value, double* gradient, char** error);

static void printToOutput(const char* text, size_t size) { std::fwrite(text, 1, size, stdout); }
static Print print = printToOutput;

int bs_set_print_callback(Print callback, char**) {
    print = callback == nullptr ? printToOutput : callback;
    return 0;
}
bs_model* bs_model_construct(const char* data, unsigned int, char** error) {
    const auto json = nlohmann::json::parse(data, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains("y")) {
        *error = strdup("variable does not exist; processing stage=data initialization; variable name=y");
        return nullptr;
    }
    return new bs_model{json.at("y").get<std::vector<double>>(), json.contains("prints"),
        json.contains("exits"), json.contains("refuses_transformed")};
}
void bs_model_destruct(bs_model* model) { delete model; }
void bs_free_error_msg(char* error) { std::free(error); }
const char* bs_name(const bs_model*) { return "normal_model"; }
const char* bs_model_info(const bs_model*) { return "Stan Compiler Details:\nSTAN_THREADS=false\n"; }
const char* bs_param_names(const bs_model*, bool with_transformed, bool) {
    return with_transformed ? "mu,sigma,moment.1,moment.2" : "mu,sigma";
}
int bs_param_num(const bs_model*, bool with_transformed, bool) { return with_transformed ? 4 : 2; }
int bs_param_unc_num(const bs_model*) { return 2; }
int bs_param_constrain(const bs_model* model, bool with_transformed, bool, const double* from, double* to,
    bs_rng*, char** error) {
    if (with_transformed && model->refuses_transformed) {
        *error = strdup("moment[1] is 7, but must be less than 0");
        return -1;
    }
    to[0] = from[0];
    to[1] = std::exp(from[1]);
    if (with_transformed) {
        to[2] = to[0];
        to[3] = to[1] * to[1];
    }
    return 0;
}
#ifndef MODEL_LACKS_GRADIENT
int bs_log_density_gradient(const bs_model* model, bool, bool with_jacobian, const double* at, double* value,
    double* gradient, char** error) {
    if (model->exits) std::exit(0);
    if (model->prints) print("mu is here\n", 11);
    const double mu = at[0], sigma = std::exp(at[1]);
    if (sigma > 1e6) {
        *error = strdup("normal_lpdf: Scale parameter is inf, but must be positive finite!");
        return -1;
    }
    *value = -0.5 * mu * mu / 100 - sigma + (with_jacobian ? at[1] : 0);
    gradient[0] = -mu / 100;
    gradient[1] = -sigma + (with_jacobian ? 1 : 0);
    for (const double y : model->y) {
        const double z = (y - mu) / sigma;
        *value -= 0.5 * z * z + at[1];
        gradient[0] += z / sigma;
        gradient[1] += z * z - 1;
    }
    return 0;
}
#endif

} // extern "C"
