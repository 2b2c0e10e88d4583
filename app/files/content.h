#pragma once

#include "app/document/document.h"
#include "engine/io/project_file.h"

namespace chainsong {

/// A document as a project file holds it.
ProjectContent contentOf(const Document& document);

/// A document out of a project file: its newest steps can be undone.
struct OpenedProject {
    History history;
    Wishes wishes = {};
    VariationSet variations = {}; // no original: none
};
OpenedProject openedFrom(const ProjectFile& file);
/// So many steps of the past come back with a project.
constexpr std::size_t kReopenedSteps = 16;

} // namespace chainsong
