#pragma once

#include <string>
#include <vector>

namespace chainsong {

/// Columns for a terminal: the first left, the others right; widths counted in characters, not bytes.
class Table {
public:
    explicit Table(std::vector<std::string> heads);
    void add(std::vector<std::string> row);
    std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows; // the heads first
};

} // namespace chainsong
