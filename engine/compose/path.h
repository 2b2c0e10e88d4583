#pragma once

#include "engine/compose/request.h"
#include "engine/model/phrases/piece_vector.h"

#include <vector>

namespace chainsong {

/// Pieces at points among pieces: at each point several are drawn, and the one that lies nearest to it stays.
struct PathRequest {
    std::vector<PieceVector> points;
    int num_tries = 4; // at each point
    int num_particles = 32;
    double temperature = 1;
    std::uint64_t seed = 1;
    int num_threads = 1;
};

/// How near the pieces came, one row a point; units of distanceOf.
struct PathStep {
    double distance = 0; // of the piece that stayed
    double mean_distance = 0; // of all tries
};
struct PathResult {
    ComposeResult result; // draws in the order of the points
    std::vector<PathStep> steps;
};

/// `count` points strictly between two pieces' vectors, or with both ends if `has_ends`.
std::vector<PieceVector> pointsBetween(
    const PieceVector& from, const PieceVector& to, int count, bool has_ends);

/// What is asked for at a point: its form as chips, register and density of each voice as soft constraints.
ComposeRequest requestAt(const PieceVector& point, const PathRequest& path);

/// Calls on_draw as soon as a point's piece is there. Stops as compose() does.
Result<PathResult> composePath(
    const Prior& prior, const PathRequest& request, const ComposeCallbacks& callbacks, std::stop_token stop);

} // namespace chainsong
