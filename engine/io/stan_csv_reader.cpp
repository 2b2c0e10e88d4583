#include "engine/io/stan_csv.h"

#include "engine/base/atomic_file.h"
#include "engine/base/numbers.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_set>

namespace chainsong {
namespace {

/// A cell: what parseNumber reads, and the spellings of "not a number" and "infinite" that programs write.
std::optional<double> parseCell(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    if (!cell.empty() && cell.front() == '+') cell.remove_prefix(1);
    if (const auto number = parseNumber(cell)) return number;
    const std::string word = lowerAscii(cell.substr(0, 16));
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (word == "nan" || word == "-nan" || word == "na") return std::numeric_limits<double>::quiet_NaN();
    if (word == "inf" || word == "infinity") return kInfinity;
    if (word == "-inf" || word == "-infinity") return -kInfinity;
    return std::nullopt;
}

/// "theta.3.1" -> "theta[3,1]"; names with brackets, or dots that no index follows, stay.
std::string nameFromFile(std::string_view name) {
    name = trimmed(name);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    std::string out = cleanLabel(name);
    const auto parts = split(out, '.');
    const bool is_indexed = parts.size() > 1 && !parts.front().empty()
        && std::all_of(parts.begin() + 1, parts.end(),
            [](const std::string& part) { return parseUnsigned(part).has_value(); });
    if (!is_indexed) return out;
    out = parts.front() + "[";
    for (std::size_t i = 1; i < parts.size(); ++i) out += (i > 1 ? "," : "") + parts[i];
    return out + "]";
}

/// Reads line by line; remembers what the comments before it announced.
class Reader {
public:
    Reader(std::string_view text, const std::string& where, const CsvBudget& budget)
        : m_text(text)
        , m_where(where)
        , m_budget(budget) { }

    Result<DrawsTable> read() {
        if (m_text.substr(0, 3) == "\xEF\xBB\xBF") m_text.remove_prefix(3);
        while (!m_text.empty()) {
            const auto status = readLine(nextLine());
            if (!status) return status.error();
        }
        if (m_table.names.empty()) return fail("the file holds no header and no draws");
        if (!m_has_adapted) leaveOutAnnouncedWarmUp();
        return std::move(m_table);
    }

private:
    enum class Awaited { kNothing, kDiagonal };

    std::string_view nextLine() {
        ++m_line_number;
        const std::size_t end = m_text.find('\n');
        m_is_last_line = end == std::string_view::npos;
        std::string_view line = m_text.substr(0, end);
        m_text.remove_prefix(m_is_last_line ? m_text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }

    Status readLine(std::string_view line) {
        if (trimmed(line).empty()) return Done{};
        if (line.front() == '#') return readComment(line.substr(1));
        m_awaited = Awaited::kNothing;
        return m_table.names.empty() ? readHeader(line) : readRow(line);
    }

    Status readComment(std::string_view line) {
        const std::string_view comment = trimmed(line);
        if (m_awaited == Awaited::kDiagonal) {
            m_awaited = Awaited::kNothing;
            readDiagonal(comment);
            return Done{};
        }
        if (comment.starts_with("Adaptation terminated")) {
            m_table.num_warm_up = m_table.numDraws(); // rows before this line are warm-up
            m_has_adapted = true;
        } else if (comment.starts_with("Diagonal elements of inverse mass matrix")) {
            m_awaited = Awaited::kDiagonal;
        } else if (comment.starts_with("Step size =")) {
            m_table.step_size = parseNumber(trimmed(comment.substr(11))).value_or(0);
        } else if (comment.ends_with("seconds (Warm-up)")) {
            m_table.warm_up_s = secondsIn(comment);
        } else if (comment.ends_with("seconds (Sampling)")) {
            m_table.sampling_s = secondsIn(comment);
        } else if (m_table.names.empty()) {
            m_comment_bytes += comment.size() + sizeof(std::string);
            if (m_comment_bytes > m_budget.max_comment_bytes)
                return fail("the comments at the top are too long");
            m_table.comments.push_back(settingIn(line));
        }
        return Done{};
    }

    /// The value of a setting at the top: "num_warmup = 1000 (Default)" (CmdStan), "warmup=1000" (rstan).
    std::string setting(std::string_view name) const {
        for (const std::string& comment : m_table.comments) {
            const std::size_t seam = comment.find('=');
            if (seam == std::string::npos || trimmed(std::string_view(comment).substr(0, seam)) != name)
                continue;
            const std::string_view value = trimmed(std::string_view(comment).substr(seam + 1));
            return std::string(value.substr(0, value.find(' ')));
        }
        return {};
    }

    /// A run that was stopped in its warm-up, or did not adapt, has no line where the warm-up ends.
    void leaveOutAnnouncedWarmUp() {
        const std::string saves = setting("save_warmup");
        if (saves != "1" && saves != "true") return;
        const auto warm_up = parseNumber(setting("num_warmup")), also = parseNumber(setting("warmup"));
        const double every = std::max(1.0, parseNumber(setting("thin")).value_or(1));
        const double num_rows = std::ceil(warm_up.value_or(also.value_or(0)) / every);
        const auto num_draws = static_cast<double>(m_table.numDraws());
        m_table.num_warm_up = static_cast<std::size_t>(std::clamp(num_rows, 0.0, num_draws));
    }

    /// Without the space after "#" and those at the end; those between are the settings' indentation.
    static std::string settingIn(std::string_view line) {
        if (line.starts_with(' ')) line.remove_prefix(1);
        while (line.ends_with(' ')) line.remove_suffix(1);
        return std::string(line);
    }

    void readDiagonal(std::string_view comment) {
        if (comment.size() > m_budget.max_comment_bytes) return;
        for (const std::string& cell : split(comment, ','))
            if (const auto value = parseNumber(trimmed(cell))) m_table.inverse_mass.push_back(*value);
    }

    static double secondsIn(std::string_view comment) {
        for (const std::string& word : split(comment.substr(0, 200), ' '))
            if (const auto seconds = parseNumber(word)) return *seconds;
        return 0;
    }

    Status readHeader(std::string_view line) {
        if (line.size() > m_budget.max_header_bytes) return fail("the header is too long to be one");
        const auto num_columns = static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) + 1;
        if (num_columns > m_budget.max_columns)
            return fail("the header names more than " + std::to_string(m_budget.max_columns) + " columns");
        std::unordered_set<std::string> seen;
        for (const std::string& cell : split(line, ',')) {
            const std::string name = nameFromFile(cell);
            if (name.empty()) return fail("the header has a column without a name");
            if (parseCell(name)) return fail("the header is missing: the first line holds numbers");
            if (!seen.insert(name).second) return fail("the header names \"" + name + "\" twice");
            m_table.names.push_back(name);
        }
        m_table.columns.resize(num_columns);
        return Done{};
    }

    Status readRow(std::string_view line) {
        const std::size_t num_columns = m_table.names.size();
        const auto num_cells = static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) + 1;
        if (num_cells != num_columns) {
            const std::string sentence = "the row has " + std::to_string(num_cells)
                + " values, the header names " + std::to_string(num_columns);
            if (m_is_last_line && num_cells < num_columns) return leaveOutLastRow();
            return fail(sentence);
        }
        // Programs that write settings end every row: the last number may have lost its end with the line.
        if (m_is_last_line && !m_table.comments.empty()) return leaveOutLastRow();
        if ((m_table.numDraws() + 1) > m_budget.max_cells / num_columns)
            return fail("the file holds too many draws to read");
        for (std::size_t i = 0; i < num_columns; ++i) {
            const std::size_t end = line.find(',');
            const auto value = parseCell(line.substr(0, end));
            if (!value) {
                if (m_is_last_line) return leaveOutLastRow(i);
                return fail("\"" + cleanLabel(line.substr(0, end), 40) + "\" in column " + m_table.names[i]
                    + " is not a number");
            }
            m_table.columns[i].push_back(*value);
            line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
        }
        return Done{};
    }

    /// The program that wrote the file was interrupted. `num_read` values of the row are in the table
    /// already.
    Status leaveOutLastRow(std::size_t num_read = 0) {
        for (std::size_t i = 0; i < num_read; ++i) m_table.columns[i].pop_back();
        m_table.notices.push_back(
            "line " + std::to_string(m_line_number) + ": the last row is cut off and was left out");
        return Done{};
    }

    Error fail(const std::string& what) const {
        return {"line " + std::to_string(m_line_number) + ": " + what, m_where};
    }

    std::string_view m_text;
    const std::string& m_where;
    const CsvBudget& m_budget;
    DrawsTable m_table;
    std::size_t m_line_number = 0;
    std::size_t m_comment_bytes = 0;
    bool m_is_last_line = false;
    bool m_has_adapted = false;
    Awaited m_awaited = Awaited::kNothing;
};

} // namespace

const std::vector<double>* DrawsTable::column(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? nullptr : &columns[static_cast<std::size_t>(found - names.begin())];
}

Result<DrawsTable> readStanCsv(std::string_view text, const std::string& where, const CsvBudget& budget) {
    if (text.size() > budget.max_bytes) return Error{"the file is too large to read", where};
    if (trimmed(text.substr(0, 4096)).empty() && trimmed(text).empty())
        return Error{"the file is empty", where};
    return Reader(text, where, budget).read();
}

Result<DrawsTable> readStanCsvFile(const std::string& path, const CsvBudget& budget) {
    const auto bytes = readWholeFile(path, budget.max_bytes);
    if (!bytes) return bytes.error();
    return readStanCsv({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, path, budget);
}

} // namespace chainsong
