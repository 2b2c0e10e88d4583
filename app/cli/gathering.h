#pragma once

#include "app/cli/claim.h"
#include "app/cli/console.h"
#include "app/cli/ranks.h"
#include "engine/io/stan_csv.h"

#include <string>
#include <utility>
#include <vector>

namespace chainsong {

/// Chains drawn by several processes into one folder that all of them see.
struct SharedRun {
    std::string folder;
    RunOptions all; // of all ranks together
    Rank rank; // this one
    double patience_s = 60; // a rank that gives no sign for so long has stopped
};

/// What --resume is given to go on with all ranks; each keeps its own beside it.
std::string sharedCheckpointPath(const SharedRun& shared);

/// Where a rank keeps what it has drawn so far, which is also its sign of life.
std::string checkpointPath(const SharedRun& shared, int rank);

/// The folder while this process is one of those that write into it.
class OpenFolder {
public:
    /// Makes the folder the run's own: claims this rank's chains and removes what an earlier run has left.
    /// Where the launcher tells its starts apart, the first rank does that for all, and the others wait for
    /// its word.
    static Result<OpenFolder> open(const SharedRun& shared, Console& console);
    OpenFolder(OpenFolder&& other) noexcept;
    OpenFolder& operator=(OpenFolder&&) = delete;
    ~OpenFolder();

private:
    explicit OpenFolder(ChainsClaim claim)
        : m_claim(std::move(claim)) { }
    ChainsClaim m_claim;
    std::string m_word_path; // to remove; "" = none
};

/// The first rank's last duty: waits for the other ranks' chains and reads them. Of a rank that has stopped
/// it saves what its checkpoint holds, and says so. Chains with less than half the draws of the longest are
/// left out; their files stay.
Result<std::vector<DrawsTable>> gatherChains(
    const Target& target, const SharedRun& shared, std::vector<DrawsTable> own, Console& console);

} // namespace chainsong
