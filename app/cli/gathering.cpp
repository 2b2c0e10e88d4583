#include "app/cli/gathering.h"

#include "app/cli/chain_files.h"
#include "engine/base/atomic_file.h"
#include "engine/inference/checkpoint.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <thread>

namespace chainsong {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A chain's file, if it is there and of this run.
std::optional<DrawsTable> finishedChain(const Target& target, const SharedRun& shared, int number) {
    const std::string path = chainPath(shared.folder, number);
    std::error_code failed;
    if (!fs::exists(path, failed)) return std::nullopt;
    auto table = readStanCsvFile(path);
    if (!table) return std::nullopt;
    RunOptions drawn = shared.all;
    drawn.num_draws = static_cast<int>(table->numDraws() - table->num_warm_up);
    const bool may_end_early = shared.all.stop_rule.max_seconds > 0;
    if (drawn.num_draws != shared.all.num_draws && !(may_end_early && drawn.num_draws < shared.all.num_draws))
        return std::nullopt;
    const auto wanted = stanComments(settingsOf(target.name, drawn, number));
    if (wanted.size() > table->comments.size()
        || !std::equal(wanted.begin(), wanted.end(), table->comments.begin()))
        return std::nullopt;
    return *std::move(table);
}

/// Notices by our own clock that a file changes; other machines' clocks may be wrong.
class SignOfLife {
public:
    explicit SignOfLife(std::string path)
        : m_path(std::move(path)) { }
    double secondsSilent() {
        std::error_code failed;
        const auto changed = fs::last_write_time(m_path, failed);
        if (!failed && changed != m_last_change) {
            m_last_change = changed;
            m_last_sign = Clock::now();
        }
        return std::chrono::duration<double>(Clock::now() - m_last_sign).count();
    }

private:
    std::string m_path;
    fs::file_time_type m_last_change{};
    Clock::time_point m_last_sign = Clock::now();
};

/// What a rank that stopped had drawn, written as its chains' files.
std::vector<DrawsTable> savedChains(const Target& target, const SharedRun& shared, int rank) {
    RunOptions options = shareOf(shared.all, {rank, shared.rank.count});
    auto checkpoint = readCheckpoint(checkpointPath(shared, rank), orderOf(target, options));
    std::vector<DrawsTable> tables;
    if (!checkpoint) return tables;
    Run run{target.name, target.parameter_names, options, {}, true};
    for (ChainPlace& place : checkpoint->chains) run.chains.push_back(std::move(place.run));
    for (std::size_t chain = 0; chain < run.chains.size(); ++chain) {
        if (run.chains[chain].stats.empty()) continue;
        tables.push_back(tableOf(run, chain));
        const int number = options.first_chain + static_cast<int>(chain) + 1;
        if (!writeStanCsv(chainPath(shared.folder, number), tables.back())) tables.pop_back();
    }
    return tables;
}

/// Removes what an earlier run has left in a rank's places.
void clearPlaces(const SharedRun& shared, int rank) {
    const RunOptions options = shareOf(shared.all, {rank, shared.rank.count});
    std::error_code ignored;
    for (int i = 1; i <= options.num_chains; ++i)
        fs::remove(chainPath(shared.folder, options.first_chain + i), ignored);
    if (!options.resumes) fs::remove(checkpointPath(shared, rank), ignored);
}

/// Where the first rank says that the folder is ready, by the launch's name.
std::string wordPath(const SharedRun& shared) {
    return (fs::path(shared.folder) / (".ranks-from-" + std::to_string(shared.all.first_chain + 1))).string();
}

Status waitForWord(const SharedRun& shared, Console& console) {
    const auto start = Clock::now();
    for (;;) {
        const auto word = readBeginning(wordPath(shared), 1000);
        if (word && std::string(word->begin(), word->end()) == shared.rank.launch) return Done{};
        if (console.stopToken().stop_requested()) return Error{"stopped"};
        if (std::chrono::duration<double>(Clock::now() - start).count() > shared.patience_s)
            return Error{"the first process has not opened the folder", shared.folder};
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

void leaveOutShortChains(std::vector<DrawsTable>& tables, Console& console) {
    std::size_t longest = 0;
    for (const DrawsTable& table : tables) longest = std::max(longest, table.numDraws());
    const auto num_short =
        std::erase_if(tables, [longest](const DrawsTable& table) { return 2 * table.numDraws() < longest; });
    if (num_short > 0)
        console.remark(std::to_string(num_short)
            + " chains have less than half the draws of the longest and are left out of the table");
}

} // namespace

std::string checkpointPath(const SharedRun& shared, int rank) {
    RunOptions all = shared.all;
    if (all.checkpoint_path.empty()) all.checkpoint_path = sharedCheckpointPath(shared);
    return shareOf(all, {rank, shared.rank.count}).checkpoint_path;
}

std::string sharedCheckpointPath(const SharedRun& shared) {
    return shared.all.checkpoint_path.empty() ? (fs::path(shared.folder) / "ranks.checkpoint").string()
                                              : shared.all.checkpoint_path;
}

Result<OpenFolder> OpenFolder::open(const SharedRun& shared, Console& console) {
    const Rank& rank = shared.rank;
    const RunOptions own = shareOf(shared.all, rank);
    if (rank.number > 0 && !rank.launch.empty())
        if (const auto heard = waitForWord(shared, console); !heard) return heard.error();
    const bool clears_all = rank.number == 0 && !rank.launch.empty();
    const RunOptions& claimed = clears_all ? shared.all : own;
    auto claim = ChainsClaim::take(shared.folder, claimed.first_chain, claimed.num_chains);
    if (!claim) return claim.error();
    OpenFolder folder(*std::move(claim));
    if (!clears_all) {
        if (rank.launch.empty()) clearPlaces(shared, rank.number);
        return folder;
    }
    for (int other = 0; other < rank.count; ++other) clearPlaces(shared, other);
    folder.m_claim.keepOnly(own.first_chain, own.num_chains);
    folder.m_word_path = wordPath(shared);
    if (const auto written = writeFileAtomically(folder.m_word_path, rank.launch); !written)
        return written.error();
    return folder;
}

OpenFolder::OpenFolder(OpenFolder&& other) noexcept
    : m_claim(std::move(other.m_claim))
    , m_word_path(std::exchange(other.m_word_path, {})) { }

OpenFolder::~OpenFolder() {
    std::error_code ignored;
    if (!m_word_path.empty()) fs::remove(m_word_path, ignored);
}

Result<std::vector<DrawsTable>> gatherChains(
    const Target& target, const SharedRun& shared, std::vector<DrawsTable> own, Console& console) {
    std::vector<DrawsTable> tables = std::move(own);
    for (int rank = 1; rank < shared.rank.count; ++rank) {
        const RunOptions options = shareOf(shared.all, {rank, shared.rank.count});
        SignOfLife sign(checkpointPath(shared, rank));
        std::map<int, DrawsTable> finished;
        while (static_cast<int>(finished.size()) < options.num_chains) {
            if (console.stopToken().stop_requested()) return Error{"stopped"};
            for (int i = 1; i <= options.num_chains; ++i) {
                const int number = options.first_chain + i;
                if (finished.contains(number)) continue;
                if (auto table = finishedChain(target, shared, number))
                    finished.emplace(number, *std::move(table));
            }
            if (static_cast<int>(finished.size()) == options.num_chains) break;
            if (sign.secondsSilent() > shared.patience_s) {
                auto saved = savedChains(target, shared, rank);
                console.remark("rank " + std::to_string(rank) + " has stopped; "
                    + (saved.empty() ? "it left no draws" : "what it had drawn is kept"));
                if (!saved.empty()) finished.clear(); // a finished chain is in the checkpoint too
                std::move(saved.begin(), saved.end(), std::back_inserter(tables));
                break;
            }
            console.progress({"waiting for rank " + std::to_string(rank), 1});
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        for (auto& [number, table] : finished) tables.push_back(std::move(table));
    }
    leaveOutShortChains(tables, console);
    return tables;
}

} // namespace chainsong
