#pragma once

#include "engine/inference/pairs.h"

#include <algorithm>
#include <iterator>

namespace chainsong {

/// From this many dimensions on the passes are called, in lanes of four; shorter ones are better inlined.
inline constexpr std::size_t kLongPass = 16;

/// Half a kick and the drift of a leapfrog step with a diagonal mass: p' = p + half s g, q' = q + 2 half s
/// p'.
struct KickAndDrift {
    const double *q, *p, *grad, *scale;
    double *to_q, *to_p;
};
/// The momenta at the ends of two neighbouring spans of a trajectory, the sums over each, and where the sum
/// over both goes.
struct SpanMomenta {
    const double *first_begin, *first_end, *second_begin, *second_end;
    const double *first_sum, *second_sum;
    double* sum;
};

namespace passes {

template <class Lane>
[[gnu::always_inline]] inline void kickAndDrift(KickAndDrift at, double eps, std::size_t n) {
    const double half = 0.5 * eps;
    std::size_t i = 0;
    for (; i + kLaneSize<Lane> <= n; i += kLaneSize<Lane>) {
        Lane q, p, grad, scale;
        load(at.q + i, q);
        load(at.p + i, p);
        load(at.grad + i, grad);
        load(at.scale + i, scale);
        p += half * scale * grad;
        store(p, at.to_p + i);
        q += eps * scale * p;
        store(q, at.to_q + i);
    }
    for (; i < n; ++i) {
        at.to_p[i] = at.p[i] + half * at.scale[i] * at.grad[i];
        at.to_q[i] = at.q[i] + eps * at.scale[i] * at.to_p[i];
    }
}

/// p += half s g; returns the sum of squares of the new p.
template <class Lane>
[[gnu::always_inline]] inline double finishKick(
    double* p, const double* grad, const double* scale, double half, std::size_t n) {
    constexpr std::size_t kSize = kLaneSize<Lane>;
    Lane sums[2] = {};
    std::size_t i = 0;
    for (; i + 2 * kSize <= n; i += 2 * kSize)
        for (std::size_t k = 0; k < 2; ++k) {
            const std::size_t at = i + k * kSize;
            Lane kicked, g, s;
            load(p + at, kicked);
            load(grad + at, g);
            load(scale + at, s);
            kicked += half * s * g;
            store(kicked, p + at);
            sums[k] += kicked * kicked;
        }
    double sum = total(sums[0]) + total(sums[1]);
    for (; i < n; ++i) {
        p[i] += half * scale[i] * grad[i];
        sum += p[i] * p[i];
    }
    return sum;
}

/// Adds up two points' momenta; whether their union moves apart at both ends.
template <class Lane> [[gnu::always_inline]] inline bool addPoints(SpanMomenta at, std::size_t n) {
    Lane begins{}, ends{};
    std::size_t i = 0;
    for (; i + kLaneSize<Lane> <= n; i += kLaneSize<Lane>) {
        Lane a, b;
        load(at.first_begin + i, a);
        load(at.second_begin + i, b);
        const Lane whole = a + b;
        store(whole, at.sum + i);
        begins += whole * a;
        ends += whole * b;
    }
    double at_begin = total(begins), at_end = total(ends);
    for (; i < n; ++i) {
        const double a = at.first_begin[i], b = at.second_begin[i];
        at.sum[i] = a + b;
        at_begin += at.sum[i] * a;
        at_end += at.sum[i] * b;
    }
    return at_begin > 0 && at_end > 0;
}

/// Adds up two spans' momenta; whether the union, and each span with the other's nearest point, move apart at
/// both of their ends.
template <class Lane> [[gnu::always_inline]] inline bool addSpans(SpanMomenta at, std::size_t n) {
    Lane whole_begin{}, whole_end{}, left_begin{}, left_end{}, right_begin{}, right_end{};
    std::size_t i = 0;
    for (; i + kLaneSize<Lane> <= n; i += kLaneSize<Lane>) {
        Lane first_begin, first_end, second_begin, second_end, first_sum, second_sum;
        load(at.first_begin + i, first_begin);
        load(at.first_end + i, first_end);
        load(at.second_begin + i, second_begin);
        load(at.second_end + i, second_end);
        load(at.first_sum + i, first_sum);
        load(at.second_sum + i, second_sum);
        const Lane whole = first_sum + second_sum, left = first_sum + second_begin,
                   right = second_sum + first_end;
        store(whole, at.sum + i);
        whole_begin += whole * first_begin;
        whole_end += whole * second_end;
        left_begin += left * first_begin;
        left_end += left * second_begin;
        right_begin += right * first_end;
        right_end += right * second_end;
    }
    double along[] = {total(whole_begin), total(whole_end), total(left_begin), total(left_end),
        total(right_begin), total(right_end)};
    for (; i < n; ++i) {
        const double whole = at.first_sum[i] + at.second_sum[i], left = at.first_sum[i] + at.second_begin[i],
                     right = at.second_sum[i] + at.first_end[i];
        along[0] += whole * at.first_begin[i];
        along[1] += whole * at.second_end[i];
        along[2] += left * at.first_begin[i];
        along[3] += left * at.second_begin[i];
        along[4] += right * at.first_end[i];
        along[5] += right * at.second_end[i];
        at.sum[i] = whole; // last: it may be one of the two sums
    }
    return std::all_of(std::begin(along), std::end(along), [](double forward) { return forward > 0; });
}

} // namespace passes

// The same in lanes of four, by the processor's best instructions; the results are the same on all of them.
void kickAndDrift(const KickAndDrift& at, double eps, std::size_t n);
double finishKick(double* p, const double* grad, const double* scale, double half, std::size_t n);
bool addPoints(const SpanMomenta& at, std::size_t n);
bool addSpans(const SpanMomenta& at, std::size_t n);

} // namespace chainsong
