#include "app/cli/table.h"

#include "engine/base/text.h"

#include <algorithm>

namespace chainsong {

Table::Table(std::vector<std::string> heads) { m_rows.push_back(std::move(heads)); }

void Table::add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }

std::string Table::text() const {
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto& row : m_rows)
        for (std::size_t column = 0; column < std::min(row.size(), widths.size()); ++column)
            widths[column] = std::max(widths[column], decodeUtf8(row[column]).size());

    std::string text;
    for (const auto& row : m_rows) {
        for (std::size_t column = 0; column < std::min(row.size(), widths.size()); ++column) {
            const std::string gap(widths[column] - decodeUtf8(row[column]).size(), ' ');
            if (column == 0)
                text += row[column] + gap;
            else
                text += "  " + gap + row[column];
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += '\n';
    }
    return text;
}

} // namespace chainsong
