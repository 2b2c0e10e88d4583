#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chainsong {

/// One chain's draws as a Stan CSV file holds them.
struct DrawsTable {
    /// "lp__", "theta[3]": as people write them; in the file brackets are dots ("theta.3").
    std::vector<std::string> names;
    std::vector<std::vector<double>> columns; // one a name, all equally long
    std::size_t num_warm_up = 0; // the first so many draws are warm-up
    /// The settings at the top, one a line, without "# ": "method = sample (Default)".
    std::vector<std::string> comments;
    double step_size = 0; // after adaptation; 0: the file says nothing
    std::vector<double> inverse_mass; // diagonal; empty: the file says nothing (or has a dense one)
    double warm_up_s = 0;
    double sampling_s = 0;
    /// What was odd but could be read: sentences with line numbers.
    std::vector<std::string> notices;

    std::size_t numDraws() const { return columns.empty() ? 0 : columns.front().size(); }
    /// The column of that name, or null.
    const std::vector<double>* column(std::string_view name) const;
};

/// What a file may cost at most, so that a hostile one is refused before memory is gone.
struct CsvBudget {
    std::size_t max_bytes = std::size_t{2} << 30;
    std::size_t max_columns = 1'000'000;
    std::size_t max_cells = 200'000'000;
    std::size_t max_header_bytes = std::size_t{64} << 20;
    std::size_t max_comment_bytes = std::size_t{16} << 20;
};

/// Reads what CmdStan, this program and their like write: comments, an adaptation block, warm-up draws or
/// none, any columns; a row cut off by the end of the file is left out with a notice (with settings at the
/// top, a row without an end of line is one). `where` names the file in errors.
Result<DrawsTable> readStanCsv(std::string_view text, const std::string& where, const CsvBudget& budget = {});
Result<DrawsTable> readStanCsvFile(const std::string& path, const CsvBudget& budget = {});

/// The run's settings as comment lines that stansummary, cmdstanr, cmdstanpy and ArviZ look for.
struct StanSettings {
    std::string model = "model";
    std::string algorithm = "hmc"; // with engine nuts
    int num_draws = 1000;
    int num_warm_up = 1000;
    bool keeps_warm_up = false;
    double target_accept = 0.8;
    int max_tree_depth = 10;
    int chain = 1; // from 1
    std::string seed = "1";
};
std::vector<std::string> stanComments(const StanSettings& settings);

/// The file's text; read back it gives the same table.
std::string stanCsvText(const DrawsTable& table);
/// Written completely or not at all.
Status writeStanCsv(const std::string& path, const DrawsTable& table);

} // namespace chainsong
