#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace chainsong {

/// One prepared SQL statement. Bind, step, read columns; SQL comes from our code alone.
class SqliteStatement {
public:
    enum class Step { kRow, kDone, kFailed };
    void bind(int place, std::int64_t value);
    void bind(int place, std::string_view text);
    /// The bytes must live until reset().
    void bindBytes(int place, std::string_view bytes);
    Step step();
    void reset();
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    /// Valid until the next step() or reset().
    std::string_view bytes(int column) const;

private:
    friend class SqliteDatabase;
    struct Finalise {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalise> m_statement;
};

/// A SQLite connection that trusts nothing in its file: no extensions, no triggers, no views, no functions
/// from the schema, small limits, full synchronisation. When it closes, the database is one file.
class SqliteDatabase {
public:
    enum class Access { kRead, kWrite };
    static Result<SqliteDatabase> open(const std::string& path, Access access);

    /// True if the disk or the permissions allow no writing.
    bool isReadOnly() const;
    Status run(const char* sql);
    /// Fails only on a damaged or foreign schema.
    Result<SqliteStatement> prepared(const char* sql) const;
    /// One number, as pragmas give it.
    std::optional<std::int64_t> number(const char* sql) const;
    std::optional<std::string> text(const char* sql) const;
    /// The last failure as a sentence with the path.
    Error lastError() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> m_database;
    std::string m_path;
};

} // namespace chainsong
