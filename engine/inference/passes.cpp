#include "engine/inference/passes.h"

// Each pass is compiled twice. No fused products: they would round otherwise.

namespace chainsong {
namespace {

#if defined(__x86_64__)
#define CHAINSONG_WIDE __attribute__((target("avx2")))
const bool has_wide = __builtin_cpu_supports("avx2") != 0;
#else
#define CHAINSONG_WIDE
constexpr bool has_wide = false;
#endif

CHAINSONG_WIDE void wideKickAndDrift(const KickAndDrift& at, double eps, std::size_t n) {
    passes::kickAndDrift<Quad>(at, eps, n);
}
CHAINSONG_WIDE double wideFinishKick(
    double* p, const double* grad, const double* scale, double half, std::size_t n) {
    return passes::finishKick<Quad>(p, grad, scale, half, n);
}
CHAINSONG_WIDE bool wideAddPoints(const SpanMomenta& at, std::size_t n) {
    return passes::addPoints<Quad>(at, n);
}
CHAINSONG_WIDE bool wideAddSpans(const SpanMomenta& at, std::size_t n) {
    return passes::addSpans<Quad>(at, n);
}

} // namespace

void kickAndDrift(const KickAndDrift& at, double eps, std::size_t n) {
    if (has_wide) return wideKickAndDrift(at, eps, n);
    passes::kickAndDrift<Quad>(at, eps, n);
}
double finishKick(double* p, const double* grad, const double* scale, double half, std::size_t n) {
    if (has_wide) return wideFinishKick(p, grad, scale, half, n);
    return passes::finishKick<Quad>(p, grad, scale, half, n);
}
bool addPoints(const SpanMomenta& at, std::size_t n) {
    return has_wide ? wideAddPoints(at, n) : passes::addPoints<Quad>(at, n);
}
bool addSpans(const SpanMomenta& at, std::size_t n) {
    return has_wide ? wideAddSpans(at, n) : passes::addSpans<Quad>(at, n);
}

} // namespace chainsong
