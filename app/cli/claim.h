#pragma once

#include "engine/base/result.h"

#include <memory>
#include <string>

namespace chainsong {

/// Some chains of a folder that this process alone writes, for as long as the claim or the process lives.
/// Others may write other chains there meanwhile. Where the file system knows no locks, everybody is let in.
class ChainsClaim {
public:
    /// Chains from `first_chain` (from 0) on. An error where another process has claimed one of them.
    static Result<ChainsClaim> take(const std::string& folder, int first_chain, int num_chains);
    ChainsClaim(ChainsClaim&&) noexcept;
    ChainsClaim& operator=(ChainsClaim&&) noexcept;
    ~ChainsClaim();

    /// Gives back all chains but these.
    void keepOnly(int first_chain, int num_chains) const;

private:
    struct LockFile;
    explicit ChainsClaim(std::unique_ptr<LockFile> file);
    std::unique_ptr<LockFile> m_file;
};

} // namespace chainsong
