#pragma once

#include "engine/io/project_codec.h"
#include "engine/io/sqlite_database.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace chainsong {

/// The steps of one project within its open database. A part is a stretch of content that never changes; a
/// step is the list of parts that the project consisted of then.
class ProjectSteps {
public:
    ProjectSteps(SqliteDatabase database, std::string path);

    /// Makes the tables of an empty database.
    Status layOut();
    /// Nothing but our own two tables: anything else in a schema (a view, a trigger, a generated column)
    /// could make our SQL do what we do not mean.
    bool hasOurLayout() const;

    /// The newest step; fails on any damage in the file.
    Result<ProjectContent> loadNewest();
    struct Salvaged {
        std::int64_t step = 0;
        DecodedContent decoded;
    };
    /// Of a damaged file: the newest step that is whole, or else what is left of the newest of which anything
    /// is.
    Result<Salvaged> salvage() const;

    /// One transaction.
    Status append(const ProjectContent& content, const std::string& name);
    Result<std::vector<HistoryStep>> history() const;
    Result<DecodedContent> contentAt(std::int64_t step) const;
    /// The whole database into the empty file of that name.
    Status copyTo(const std::string& path) const;
    bool isReadOnly() const { return m_database.isReadOnly(); }

private:
    Result<std::vector<std::int64_t>> partsOf(std::int64_t step) const;
    using OptionalParts = std::vector<std::optional<std::string>>;
    Result<OptionalParts> readParts(std::int64_t step, const std::vector<std::int64_t>& ids) const;
    std::vector<std::int64_t> stepsNewestFirst() const;
    Result<std::vector<std::int64_t>> addParts(const std::vector<std::string>& parts);
    Status addStep(const std::string& name, const std::vector<std::int64_t>& ids);
    void remember(std::string part, std::int64_t id);

    SqliteDatabase m_database;
    std::string m_path;
    bool m_has_log = false;
    std::int64_t m_last_step = 0;
    std::int64_t m_last_part = 0;
    /// Ids of parts that the file holds already, by their bytes; forgotten when they grow too many.
    std::unordered_map<std::string, std::int64_t> m_known;
    std::size_t m_known_bytes = 0;
};

/// What marks a database as a project, in its header.
constexpr std::uint32_t kProjectApplicationId = 0x4368736F; // "Chso"
constexpr std::uint32_t kProjectVersion = 1;

} // namespace chainsong
