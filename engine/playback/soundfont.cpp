#include "engine/playback/soundfont.h"

#include "engine/playback/soundfont_layout.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace chainsong {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNoSoundfont = "No soundfont found. Install one with \"sudo apt install "
                                          "timgm6mb-soundfont\", or choose an .sf2 or .sf3 file "
                                          "(CHAINSONG_SOUNDFONT names one, too).";

/// The .sf2 and .sf3 files of a folder, by name; none if it cannot be read.
std::vector<std::string> soundfontsIn(const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const fs::path ending = entry.path().extension();
        if (ending == ".sf2" || ending == ".sf3") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

Status checkSoundfont(const std::string& path) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status)) return Error{"there is no such soundfont", path};
    if (!fs::is_regular_file(status)) return Error{"this is not a file, so it cannot be a soundfont", path};
    const std::uintmax_t size = fs::file_size(path, failure);
    if (!failure && size > kMaxSoundfontBytes) return Error{"the soundfont is larger than 2 GiB", path};
    std::array<char, 12> head{};
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) return Error{"the soundfont may not be read", path};
    file.read(head.data(), head.size());
    const std::string_view text(head.data(), head.size());
    // Anything else would reach the DLS loader of libinstpatch, a second parser for files we do not know.
    const bool is_soundfont = file.gcount() == static_cast<std::streamsize>(head.size())
        && text.starts_with("RIFF") && text.ends_with("sfbk");
    if (!is_soundfont) return Error{"this is not a SoundFont file (.sf2 or .sf3)", path};
    if (!hasSoundfontLayout(file, size)) return Error{"the soundfont is damaged", path};
    return Done{};
}

std::vector<std::string> usualSoundfonts() {
    std::vector<std::string> files = {
        "/usr/share/sounds/sf2/TimGM6mb.sf2",
        "/usr/share/sounds/sf2/FluidR3_GM.sf2",
        "/usr/share/sounds/sf3/default-GM.sf3",
        "/usr/share/sounds/sf2/default-GM.sf2",
    };
    for (const char* folder : {"/usr/share/sounds/sf2", "/usr/share/sounds/sf3", "/usr/share/soundfonts"})
        for (std::string& file : soundfontsIn(folder)) files.push_back(std::move(file));
    return files;
}

Result<FoundSoundfont> findSoundfont(const std::string& chosen) {
    const char* environment = std::getenv("CHAINSONG_SOUNDFONT");
    return findSoundfont({environment ? environment : "", chosen}, usualSoundfonts());
}

Result<FoundSoundfont> findSoundfont(
    const std::vector<std::string>& wished, const std::vector<std::string>& usual) {
    FoundSoundfont found;
    for (const std::string& path : wished) {
        if (path.empty()) continue;
        const Status usable = checkSoundfont(path);
        if (usable) {
            found.path = path;
            return found;
        }
        if (found.notice.empty()) found.notice = sentence(usable.error());
    }
    for (const std::string& path : usual) {
        if (!checkSoundfont(path)) continue;
        found.path = path;
        if (!found.notice.empty())
            found.notice += "; using " + fs::path(path).filename().string() + " instead";
        return found;
    }
    const std::string reason = found.notice.empty() ? "" : " (" + found.notice + ")";
    return Error{std::string(kNoSoundfont) + reason};
}

} // namespace chainsong
