#include "engine/io/sqlite_database.h"

#include "engine/base/atomic_file.h"

#include <cerrno>
#include <filesystem>
#include <sqlite3.h>

namespace chainsong {

void SqliteStatement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void SqliteDatabase::Close::operator()(sqlite3* database) const {
    // Out of the log and back into one file; without a log this does nothing.
    if (sqlite3_db_readonly(database, "main") == 0)
        sqlite3_exec(database, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
    sqlite3_close_v2(database);
}

void SqliteStatement::bind(int place, std::int64_t value) {
    sqlite3_bind_int64(m_statement.get(), place, value);
}
void SqliteStatement::bind(int place, std::string_view text) {
    sqlite3_bind_text64(m_statement.get(), place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void SqliteStatement::bindBytes(int place, std::string_view bytes) {
    sqlite3_bind_blob64(m_statement.get(), place, bytes.data(), bytes.size(), SQLITE_STATIC);
}
SqliteStatement::Step SqliteStatement::step() {
    switch (sqlite3_step(m_statement.get())) {
    case SQLITE_ROW: return Step::kRow;
    case SQLITE_DONE: return Step::kDone;
    default: return Step::kFailed;
    }
}
void SqliteStatement::reset() { sqlite3_reset(m_statement.get()); }
std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}
std::string SqliteStatement::text(int column) const { return std::string(bytes(column)); }
std::string_view SqliteStatement::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data ? std::string_view(data, static_cast<std::size_t>(size)) : std::string_view();
}

Result<SqliteDatabase> SqliteDatabase::open(const std::string& path, Access access) {
    // An absolute path: ":memory:" and "file:" have no special meaning then.
    std::error_code unknown;
    const std::string absolute = std::filesystem::absolute(path, unknown).string();
    SqliteDatabase database;
    database.m_path = path;
    sqlite3* raw = nullptr;
    const int flags = access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int opened = sqlite3_open_v2(unknown ? path.c_str() : absolute.c_str(), &raw, flags, nullptr);
    database.m_database.reset(raw);
    if (opened != SQLITE_OK) return database.lastError();
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, 2000);
    for (const int off :
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
            SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML})
        sqlite3_db_config(raw, off, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, 64 << 20);
    sqlite3_limit(raw, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(raw, SQLITE_LIMIT_COLUMN, 100);
    sqlite3_limit(raw, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(raw, SQLITE_LIMIT_VDBE_OP, 25'000);
    sqlite3_limit(raw, SQLITE_LIMIT_WORKER_THREADS, 0);
    for (const char* setting : {"PRAGMA cell_size_check = ON", "PRAGMA foreign_keys = ON",
             "PRAGMA synchronous = FULL", "PRAGMA mmap_size = 0", "PRAGMA temp_store = MEMORY"})
        sqlite3_exec(raw, setting, nullptr, nullptr, nullptr);
    return database;
}

bool SqliteDatabase::isReadOnly() const { return sqlite3_db_readonly(m_database.get(), "main") != 0; }

Status SqliteDatabase::run(const char* sql) {
    if (sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return lastError();
    return Done{};
}

Result<SqliteStatement> SqliteDatabase::prepared(const char* sql) const {
    SqliteStatement statement;
    sqlite3_stmt* raw = nullptr;
    const int prepared =
        sqlite3_prepare_v3(m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    statement.m_statement.reset(raw);
    if (prepared != SQLITE_OK) return lastError();
    return statement;
}

std::optional<std::int64_t> SqliteDatabase::number(const char* sql) const {
    Result<SqliteStatement> statement = prepared(sql);
    if (!statement || statement->step() != SqliteStatement::Step::kRow) return {};
    return statement->integer(0);
}

std::optional<std::string> SqliteDatabase::text(const char* sql) const {
    Result<SqliteStatement> statement = prepared(sql);
    if (!statement || statement->step() != SqliteStatement::Step::kRow) return {};
    return statement->text(0);
}

Error SqliteDatabase::lastError() const {
    sqlite3* database = m_database.get();
    const int code = sqlite3_extended_errcode(database);
    switch (code & 0xFF) {
    case SQLITE_FULL: return writingError(m_path, ENOSPC);
    case SQLITE_READONLY:
    case SQLITE_PERM: return writingError(m_path, EACCES);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {"another program is using it", m_path};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {"it is damaged", m_path};
    case SQLITE_TOOBIG: return {"a part of it is too large", m_path};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (const int system_error = sqlite3_system_errno(database))
            return writingError(m_path, system_error);
        [[fallthrough]];
    default:
        return {std::string("the project cannot be read or written: ") + sqlite3_errmsg(database), m_path};
    }
}

} // namespace chainsong
