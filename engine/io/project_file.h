#pragma once

#include "engine/base/result.h"
#include "engine/music/score.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace chainsong {

/// Everything that a project holds at one moment.
struct ProjectContent {
    /// A draw that was kept beside the score.
    struct Variation {
        std::string name;
        Score score;
        double log_density = 0; // nats
        bool is_starred = false;
        bool operator==(const Variation&) const = default;
    };

    Score score;
    std::string prompt;
    std::string chips_json; // as the studio writes them; never run, only shown
    std::vector<std::string> constraints; // specs, as parseConstraint() reads them
    std::uint64_t seed = 0;
    std::string model;
    double temperature = 1;
    std::vector<Variation> variations;
    bool operator==(const ProjectContent&) const = default;
};

/// One line of the undo history.
struct HistoryStep {
    std::int64_t step = 0; // from 1
    std::string name; // of the edit that led here
    std::int64_t made_at_s = 0; // seconds since 1970
    bool operator==(const HistoryStep&) const = default;
};

/// A project on disk: one SQLite database (.chainsong). Every record() is one transaction, on the disk when
/// it returns: a crash loses at most the edit in flight. Opening runs nothing from the file. Used by one
/// thread at a time.
class ProjectFile {
public:
    /// A new project with that content as its first step; takes the place of a file of that name.
    static Result<ProjectFile> create(const std::string& path, const ProjectContent& content = {});
    /// Refuses what is no project, or of a newer version. A damaged one, one that may not be written, or one
    /// that is open elsewhere is opened read-only: see isReadOnly() and notices().
    static Result<ProjectFile> open(const std::string& path);

    ProjectFile(ProjectFile&&) noexcept;
    ProjectFile& operator=(ProjectFile&&) noexcept;
    ~ProjectFile();

    const std::string& path() const;
    bool isReadOnly() const;
    /// Sentences on what was wrong with the file when it was opened.
    const std::vector<std::string>& notices() const;
    /// The newest step's content. Scores come back normalised().
    const ProjectContent& content() const;

    /// Appends a step and makes it the current one, or changes nothing. To undo, record the older content
    /// again: what the file holds already is not stored twice.
    Status record(const ProjectContent& content, const std::string& edit_name);
    /// Oldest first.
    Result<std::vector<HistoryStep>> history() const;
    Result<ProjectContent> contentAt(std::int64_t step) const;
    /// Copies the project with its history to another place, completely or not at all, and goes on there. Of
    /// a damaged one, what could be read becomes the first step of a sound one.
    Status saveAs(const std::string& path);

private:
    struct Impl;
    explicit ProjectFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
