#include "engine/io/project_steps.h"

#include "engine/base/text.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <utility>

namespace chainsong {
namespace {

constexpr std::uint64_t kMaxStepBytes = 512ull << 20;
constexpr std::size_t kMaxKnownBytes = 64u << 20;
constexpr std::size_t kMaxSteps = 1'000'000;
constexpr std::int64_t kMaxId = std::int64_t{1} << 40;

constexpr const char* kPartTable =
    "CREATE TABLE part (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL, check_sum INTEGER NOT NULL) STRICT";
constexpr const char* kStepTable =
    "CREATE TABLE step (step INTEGER PRIMARY KEY, name TEXT NOT NULL, made_at_s INTEGER NOT NULL, "
    "parts BLOB NOT NULL, check_sum INTEGER NOT NULL) STRICT";

} // namespace

ProjectSteps::ProjectSteps(SqliteDatabase database, std::string path)
    : m_database(std::move(database))
    , m_path(std::move(path)) { }

Status ProjectSteps::layOut() {
    const std::string marks = "PRAGMA application_id = " + std::to_string(kProjectApplicationId)
        + "; PRAGMA user_version = " + std::to_string(kProjectVersion);
    for (const std::string& sql : {marks, std::string(kPartTable), std::string(kStepTable)})
        if (const Status status = m_database.run(sql.c_str()); !status) return status;
    return Done{};
}

bool ProjectSteps::hasOurLayout() const {
    Result<SqliteStatement> all = m_database.prepared("SELECT name, sql FROM sqlite_schema ORDER BY name");
    if (!all) return false;
    for (const auto& [name, sql] : {std::pair("part", kPartTable), std::pair("step", kStepTable)})
        if (all->step() != SqliteStatement::Step::kRow || all->bytes(0) != name || all->bytes(1) != sql)
            return false;
    return all->step() == SqliteStatement::Step::kDone;
}

Result<std::vector<std::int64_t>> ProjectSteps::partsOf(std::int64_t step) const {
    Result<SqliteStatement> query = m_database.prepared("SELECT parts, check_sum FROM step WHERE step = ?");
    if (!query) return query.error();
    query->bind(1, step);
    switch (query->step()) {
    case SqliteStatement::Step::kRow: break;
    case SqliteStatement::Step::kDone: return Error{"it has no step " + std::to_string(step), m_path};
    case SqliteStatement::Step::kFailed: return m_database.lastError();
    }
    const auto ids = decodedList(query->bytes(0));
    if (!ids || checkSum(query->bytes(0)) != query->integer(1))
        return Error{"its step " + std::to_string(step) + " is damaged", m_path};
    return *ids;
}

/// A part that is absent or damaged is nothing.
Result<ProjectSteps::OptionalParts> ProjectSteps::readParts(
    std::int64_t step, const std::vector<std::int64_t>& ids) const {
    Result<SqliteStatement> query = m_database.prepared("SELECT bytes, check_sum FROM part WHERE id = ?");
    if (!query) return query.error();
    OptionalParts parts;
    std::uint64_t num_bytes = 0;
    for (const std::int64_t id : ids) {
        query->bind(1, id);
        const bool is_there = query->step() == SqliteStatement::Step::kRow;
        std::optional<std::string>& part = parts.emplace_back();
        if (is_there && checkSum(query->bytes(0)) == query->integer(1)) part = query->text(0);
        query->reset();
        num_bytes += part ? part->size() : 0;
        if (num_bytes > kMaxStepBytes)
            return Error{"its step " + std::to_string(step) + " is too large", m_path};
    }
    return parts;
}

Result<DecodedContent> ProjectSteps::contentAt(std::int64_t step) const {
    const Result<std::vector<std::int64_t>> ids = partsOf(step);
    if (!ids) return ids.error();
    const Result<OptionalParts> parts = readParts(step, *ids);
    if (!parts) return parts.error();
    return decodedParts(*parts);
}

Result<ProjectContent> ProjectSteps::loadNewest() {
    const Error damaged{"it is damaged", m_path};
    const auto newest = m_database.number("SELECT max(step) FROM step");
    const auto last_part = m_database.number("SELECT max(id) FROM part");
    if (!newest || !last_part || *newest < 1 || *newest > kMaxId || *last_part < 0 || *last_part > kMaxId)
        return damaged;
    if (m_database.text("PRAGMA quick_check(1)") != "ok") return damaged;
    const Result<std::vector<std::int64_t>> ids = partsOf(*newest);
    if (!ids) return ids.error();
    Result<OptionalParts> parts = readParts(*newest, *ids);
    if (!parts) return parts.error();
    DecodedContent decoded = decodedParts(*parts);
    if (!decoded.is_complete) return damaged;
    for (std::size_t i = 0; i < parts->size(); ++i) remember(*std::move((*parts)[i]), (*ids)[i]);
    m_last_step = *newest;
    m_last_part = *last_part;
    return std::move(decoded.content);
}

std::vector<std::int64_t> ProjectSteps::stepsNewestFirst() const {
    std::vector<std::int64_t> steps;
    // In both directions: damage on the way ends the one, and the other may still get to the rest.
    for (const char* sql :
        {"SELECT step FROM step ORDER BY step DESC", "SELECT step FROM step ORDER BY step"}) {
        Result<SqliteStatement> query = m_database.prepared(sql);
        if (!query) continue;
        SqliteStatement::Step went = query->step();
        for (; went == SqliteStatement::Step::kRow && steps.size() < 2 * kMaxSteps; went = query->step())
            steps.push_back(query->integer(0));
        if (went == SqliteStatement::Step::kDone) break;
    }
    std::sort(steps.begin(), steps.end(), std::greater<>());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    return steps;
}

Result<ProjectSteps::Salvaged> ProjectSteps::salvage() const {
    constexpr std::size_t kMostTried =
        200; // steps share their parts: if these are lost, older ones hardly help
    std::optional<Salvaged> best;
    std::vector<std::int64_t> steps = stepsNewestFirst();
    steps.resize(std::min(steps.size(), kMostTried));
    for (const std::int64_t step : steps) {
        Result<DecodedContent> decoded = contentAt(step);
        if (!decoded || (best && !decoded->is_complete)) continue;
        best = Salvaged{step, *std::move(decoded)};
        if (best->decoded.is_complete) break;
    }
    if (!best) return Error{"it is damaged, and nothing in it can be read any more", m_path};
    return *std::move(best);
}

void ProjectSteps::remember(std::string part, std::int64_t id) {
    if (m_known_bytes > kMaxKnownBytes) {
        m_known.clear();
        m_known_bytes = 0;
    }
    m_known_bytes += part.size();
    m_known.emplace(std::move(part), id);
}

/// Their ids; those the file does not hold yet are added.
Result<std::vector<std::int64_t>> ProjectSteps::addParts(const std::vector<std::string>& parts) {
    Result<SqliteStatement> add =
        m_database.prepared("INSERT INTO part (id, bytes, check_sum) VALUES (?, ?, ?)");
    if (!add) return add.error();
    std::vector<std::int64_t> ids;
    ids.reserve(parts.size());
    std::int64_t last_part = m_last_part;
    for (const std::string& part : parts) {
        if (const auto found = m_known.find(part); found != m_known.end()) {
            ids.push_back(found->second);
            continue;
        }
        ids.push_back(++last_part);
        add->bind(1, last_part);
        add->bindBytes(2, part);
        add->bind(3, checkSum(part));
        if (add->step() != SqliteStatement::Step::kDone) return m_database.lastError();
        add->reset();
    }
    return ids;
}

Status ProjectSteps::addStep(const std::string& name, const std::vector<std::int64_t>& ids) {
    const std::string list = encodedList(ids);
    Result<SqliteStatement> add = m_database.prepared(
        "INSERT INTO step (step, name, made_at_s, parts, check_sum) VALUES (?, ?, ?, ?, ?)");
    if (!add) return add.error();
    add->bind(1, m_last_step + 1);
    add->bind(2, cleanLabel(name));
    add->bind(3, static_cast<std::int64_t>(std::time(nullptr)));
    add->bindBytes(4, list);
    add->bind(5, checkSum(list));
    if (add->step() != SqliteStatement::Step::kDone) return m_database.lastError();
    return Done{};
}

Status ProjectSteps::append(const ProjectContent& content, const std::string& name) {
    std::vector<std::string> parts = encodedParts(content);
    // While edits come in, they go to a write-ahead log: one sync an edit instead of three. Whoever only
    // looks at a project leaves it as it is, and at rest it is one file again (see SqliteDatabase), fit for
    // mail and read-only disks.
    if (m_last_step > 0 && !std::exchange(m_has_log, true))
        (void)m_database.text("PRAGMA journal_mode = WAL");
    if (const Status begun = m_database.run("BEGIN IMMEDIATE"); !begun) return begun;
    const auto undone = [&](const Error& error) {
        (void)m_database.run("ROLLBACK"); // SQLite may have done so already
        return error;
    };
    const Result<std::vector<std::int64_t>> ids = addParts(parts);
    if (!ids) return undone(ids.error());
    if (const Status added = addStep(name, *ids); !added) return undone(added.error());
    if (const Status committed = m_database.run("COMMIT"); !committed) return undone(committed.error());
    ++m_last_step;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if ((*ids)[i] <= m_last_part) continue;
        remember(std::move(parts[i]), (*ids)[i]);
    }
    if (!ids->empty()) m_last_part = std::max(m_last_part, *std::max_element(ids->begin(), ids->end()));
    return Done{};
}

Result<std::vector<HistoryStep>> ProjectSteps::history() const {
    Result<SqliteStatement> query =
        m_database.prepared("SELECT step, name, made_at_s FROM step ORDER BY step");
    if (!query) return query.error();
    std::vector<HistoryStep> steps;
    while (true) {
        switch (query->step()) {
        case SqliteStatement::Step::kDone: return steps;
        case SqliteStatement::Step::kFailed: return m_database.lastError();
        case SqliteStatement::Step::kRow: break;
        }
        if (steps.size() == kMaxSteps) return steps;
        steps.push_back({query->integer(0), cleanLabel(query->bytes(1)), query->integer(2)});
    }
}

Status ProjectSteps::copyTo(const std::string& path) const {
    Result<SqliteStatement> copy = m_database.prepared("VACUUM INTO ?");
    if (!copy) return copy.error();
    copy->bind(1, path);
    if (copy->step() != SqliteStatement::Step::kDone) return m_database.lastError();
    return Done{};
}

} // namespace chainsong
