#include "engine/io/project_file.h"

#include "engine/base/atomic_file.h"
#include "engine/io/project_steps.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace chainsong {
namespace {

constexpr std::size_t kHeaderBytes = 100;

/// The advisory lock that keeps two studios from writing one project. It is none of SQLite's locks, so
/// readers stay welcome; it ends with the process.
class WriterLock {
public:
    WriterLock() = default;
    explicit WriterLock(const std::string& path)
        : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        // File systems that know no such locks are no reason to refuse.
        m_is_held =
            m_descriptor >= 0 && (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK);
    }
    WriterLock(WriterLock&& other) noexcept { *this = std::move(other); }
    WriterLock& operator=(WriterLock&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        std::swap(m_is_held, other.m_is_held);
        return *this;
    }
    ~WriterLock() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    bool isHeld() const { return m_is_held; }

private:
    int m_descriptor = -1;
    bool m_is_held = false;
};

std::uint32_t bigEndian32(const std::vector<std::uint8_t>& bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16
        | static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

/// Looks at a file's first bytes before SQLite does: what is not ours, or newer, stays untouched.
Status checkedHeader(const std::string& path) {
    const Result<std::vector<std::uint8_t>> header = readBeginning(path, kHeaderBytes);
    if (!header) return header.error();
    if (header->empty()) return Error{"it is empty, not a project", path};
    const std::string_view text(reinterpret_cast<const char*>(header->data()), header->size());
    if (text.size() < kHeaderBytes || !text.starts_with(std::string_view("SQLite format 3\0", 16))
        || bigEndian32(*header, 68) != kProjectApplicationId)
        return Error{"it is not a Chainsong project", path};
    const std::uint32_t version = bigEndian32(*header, 60);
    if (version != kProjectVersion)
        return Error{"it was made by a newer Chainsong (format " + std::to_string(version)
                + "; this program knows " + std::to_string(kProjectVersion) + ") and was left as it is",
            path};
    return Done{};
}

Error readOnlyError(const std::string& path) {
    return {"it was opened read-only; save it under another name", path};
}

} // namespace

struct ProjectFile::Impl {
    std::string path;
    WriterLock lock; // before the steps: released after their database is closed
    ProjectSteps steps;
    bool is_read_only = false;
    bool is_damaged = false;
    std::vector<std::string> notices;
    ProjectContent content;
};

ProjectFile::ProjectFile(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
ProjectFile::ProjectFile(ProjectFile&&) noexcept = default;
ProjectFile& ProjectFile::operator=(ProjectFile&&) noexcept = default;
ProjectFile::~ProjectFile() = default;

const std::string& ProjectFile::path() const { return m_impl->path; }
bool ProjectFile::isReadOnly() const { return m_impl->is_read_only; }
const std::vector<std::string>& ProjectFile::notices() const { return m_impl->notices; }
const ProjectContent& ProjectFile::content() const { return m_impl->content; }

namespace {

/// A whole project in one new file: the schema and its first step.
Status writeNewProject(const std::string& path, const ProjectContent& content, const std::string& step_name) {
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Access::kWrite);
    if (!database) return database.error();
    ProjectSteps steps(*std::move(database), path);
    if (const Status laid_out = steps.layOut(); !laid_out) return laid_out;
    return steps.append(content, step_name);
}

/// A project that is open elsewhere must not be replaced under that other's feet.
Status checkedTarget(const std::string& path) {
    std::error_code unknown;
    if (std::filesystem::is_regular_file(path, unknown) && !WriterLock(path).isHeld())
        return Error{"it is open in another window", path};
    return Done{};
}

} // namespace

Result<ProjectFile> ProjectFile::create(const std::string& path, const ProjectContent& content) {
    if (const Status free_target = checkedTarget(path); !free_target) return free_target.error();
    Result<AtomicPath> place = AtomicPath::begin(path);
    if (!place) return place.error();
    if (const Status written = writeNewProject(place->temporary(), content, "New"); !written)
        return Error{written.error().what, path};
    if (const Status committed = place->commit(); !committed) return committed.error();
    return open(path);
}

Result<ProjectFile> ProjectFile::open(const std::string& path) {
    if (const Status header = checkedHeader(path); !header) return header.error();
    WriterLock lock(path);
    const bool is_open_elsewhere = !lock.isHeld();
    Result<SqliteDatabase> database = SqliteDatabase::open(
        path, is_open_elsewhere ? SqliteDatabase::Access::kRead : SqliteDatabase::Access::kWrite);
    if (!database) return database.error();
    auto impl = std::unique_ptr<Impl>(
        new Impl{path, std::move(lock), ProjectSteps(*std::move(database), path), false, false, {}, {}});
    if (is_open_elsewhere)
        impl->notices.push_back(
            "It is open in another window; here it can be looked at and saved under another name.");
    if (!is_open_elsewhere && impl->steps.isReadOnly())
        impl->notices.push_back("The file may not be written to; changes can be saved under another name.");
    impl->is_read_only = is_open_elsewhere || impl->steps.isReadOnly();
    if (!impl->steps.hasOurLayout())
        return Error{"it is damaged, or laid out as no Chainsong project is", path};
    Result<ProjectContent> newest = impl->steps.loadNewest();
    if (newest) {
        impl->content = *std::move(newest);
        return ProjectFile(std::move(impl));
    }
    Result<ProjectSteps::Salvaged> salvaged = impl->steps.salvage();
    if (!salvaged) return salvaged.error();
    impl->is_read_only = impl->is_damaged = true;
    impl->notices.push_back("The file is damaged and was opened read-only. "
        + std::string(salvaged->decoded.is_complete ? "Everything up to step " : "What is left of step ")
        + std::to_string(salvaged->step) + " is here; save it under another name to go on.");
    impl->content = std::move(salvaged->decoded.content);
    return ProjectFile(std::move(impl));
}

Status ProjectFile::record(const ProjectContent& content, const std::string& edit_name) {
    if (m_impl->is_read_only) return readOnlyError(m_impl->path);
    if (const Status appended = m_impl->steps.append(content, edit_name); !appended) return appended;
    m_impl->content = content;
    return Done{};
}

Result<std::vector<HistoryStep>> ProjectFile::history() const { return m_impl->steps.history(); }

Result<ProjectContent> ProjectFile::contentAt(std::int64_t step) const {
    Result<DecodedContent> decoded = m_impl->steps.contentAt(step);
    if (!decoded) return decoded.error();
    if (!decoded->is_complete) return Error{"its step " + std::to_string(step) + " is damaged", m_impl->path};
    return std::move(decoded->content);
}

Status ProjectFile::saveAs(const std::string& path) {
    std::error_code unknown;
    const bool is_itself = std::filesystem::equivalent(path, m_impl->path, unknown);
    if (is_itself && m_impl->is_read_only) return readOnlyError(path);
    if (is_itself) return Done{}; // every edit is there already
    if (const Status free_target = checkedTarget(path); !free_target) return free_target;
    Result<AtomicPath> place = AtomicPath::begin(path);
    if (!place) return place.error();
    const Status written = m_impl->is_damaged
        ? writeNewProject(place->temporary(), m_impl->content, "Saved from a damaged file")
        : m_impl->steps.copyTo(place->temporary());
    if (!written) return Error{written.error().what, path};
    if (const Status committed = place->commit(); !committed) return committed;
    Result<ProjectFile> there = open(path);
    if (!there) return there.error();
    *this = *std::move(there);
    return Done{};
}

} // namespace chainsong
