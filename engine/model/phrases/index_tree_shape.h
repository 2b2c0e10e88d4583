#pragma once

#include "engine/model/phrases/index_tree.h"

#include <array>

namespace chainsong {

/// How many boxes stand on each level, leaves' boxes first, and where a level's groups begin (the root's
/// first).
struct IndexTreeShape {
    std::size_t num_leaves = 0, num_groups = 0;
    int num_levels = 0;
    std::array<std::size_t, 24> num_boxes{}, first_group{};

    explicit IndexTreeShape(std::size_t num_points)
        : num_leaves((num_points + IndexTree::kLeaf - 1) / IndexTree::kLeaf) {
        std::size_t boxes = num_leaves;
        while (true) {
            num_boxes[static_cast<std::size_t>(num_levels++)] = boxes;
            if (boxes <= IndexTree::kFan) break;
            boxes = (boxes + IndexTree::kFan - 1) / IndexTree::kFan;
        }
        for (int level = num_levels - 1; level >= 0; --level) {
            const auto l = static_cast<std::size_t>(level);
            first_group[l] = num_groups;
            num_groups += (num_boxes[l] + IndexTree::kFan - 1) / IndexTree::kFan;
        }
    }
};

/// Numbers of a group of boxes.
constexpr std::size_t groupFloats(std::size_t dims) { return 2 * IndexTree::kFan * dims; }

} // namespace chainsong
