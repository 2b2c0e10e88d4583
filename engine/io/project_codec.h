#pragma once

#include "engine/io/project_file.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// A project's content as a row of small byte strings. Equal stretches of two contents give equal parts: an
/// edit of a few notes changes one or two of them, whatever the size of the piece.
std::vector<std::string> encodedParts(const ProjectContent& content);

/// The content again. Trusts nothing: counts are limited, values clamped, scores normalised(). Absent parts
/// are ones that could not be read; they and what is malformed are left out, and `is_complete` says so.
struct DecodedContent {
    ProjectContent content;
    bool is_complete = true;
};
DecodedContent decodedParts(std::span<const std::optional<std::string>> parts);

/// The list of parts of one step, as a compact byte string, and back; nothing if it is malformed.
std::string encodedList(std::span<const std::int64_t> ids);
std::optional<std::vector<std::int64_t>> decodedList(std::string_view bytes);

/// FNV-1a, 64 bits: finds damage, keeps no secrets.
std::int64_t checkSum(std::string_view bytes);

} // namespace chainsong
