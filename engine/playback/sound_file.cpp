#include "engine/playback/sound_file.h"

#include "engine/base/atomic_file.h"
#include "engine/base/text.h"
#include "engine/playback/ogg_serial.h"

#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <vector>

namespace chainsong {
namespace {

constexpr int kNumSides = 2;
constexpr std::uint32_t kOggSerial = 1;
constexpr std::uint64_t kHeaderBytes = 4096;
/// Leave room below 2^32 for chunk headers.
constexpr std::uint64_t kLargestPlainWav = 0xFFFF'0000;

struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
};

std::uint64_t bytesPerSample(SampleFormat format) {
    switch (format) {
    case SampleFormat::kInt16: return 2;
    case SampleFormat::kInt24: return 3;
    case SampleFormat::kFloat32: return 4;
    }
    return 4;
}

int sndfileFormat(const SoundFileOptions& options, bool is_huge) {
    if (options.type == SoundFileType::kOgg) return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    const bool is_flac = options.type == SoundFileType::kFlac;
    const int container = is_flac ? SF_FORMAT_FLAC : is_huge ? SF_FORMAT_RF64 : SF_FORMAT_WAV;
    if (options.format == SampleFormat::kInt16) return container | SF_FORMAT_PCM_16;
    if (options.format == SampleFormat::kInt24 || is_flac) return container | SF_FORMAT_PCM_24;
    return container | SF_FORMAT_FLOAT;
}

} // namespace

struct SoundFileWriter::Impl {
    std::string path;
    std::string where;
    bool is_int16 = false;
    bool is_ogg = false;
    std::uint64_t num_frames = 0;
    std::vector<std::int16_t> shorts;
    std::unique_ptr<SNDFILE, Close> file;

    Error failure(int system_error) const {
        if (system_error != 0) return writingError(where, system_error);
        return Error{"the sound could not be written: " + std::string(sf_strerror(file.get())), where};
    }
};

Result<SoundFileType> soundFileTypeOf(const std::string& path) {
    const std::string ending = lowerAscii(std::filesystem::path(path).extension().string());
    if (ending == ".wav" || ending == ".wave") return SoundFileType::kWav;
    if (ending == ".flac") return SoundFileType::kFlac;
    if (ending == ".ogg" || ending == ".oga") return SoundFileType::kOgg;
    return Error{"the name of a sound file must end in .wav, .flac or .ogg", path};
}

std::uint64_t estimatedBytes(const SoundFileOptions& options, std::uint64_t num_frames) {
    if (options.type == SoundFileType::kOgg) {
        constexpr std::uint64_t kVorbisBytesPerSecond = 20'000; // quality 0.4, twice what music usually takes
        const auto rate = static_cast<std::uint64_t>(options.sample_rate_hz);
        return kHeaderBytes + (num_frames / rate + 1) * kVorbisBytesPerSecond;
    }
    return kHeaderBytes + num_frames * kNumSides * bytesPerSample(options.format);
}

Result<SoundFileWriter> SoundFileWriter::create(const std::string& path, const std::string& where,
    const SoundFileOptions& options, std::uint64_t expected_frames) {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->where = where;
    impl->is_ogg = options.type == SoundFileType::kOgg;
    impl->is_int16 = options.format == SampleFormat::kInt16 && options.type != SoundFileType::kOgg;
    const bool is_huge = estimatedBytes(options, expected_frames) > kLargestPlainWav;
    SF_INFO info{};
    info.samplerate = options.sample_rate_hz;
    info.channels = kNumSides;
    info.format = sndfileFormat(options, is_huge);
    errno = 0;
    impl->file.reset(sf_open(path.c_str(), SFM_WRITE, &info));
    if (!impl->file) return impl->failure(errno);
    sf_command(impl->file.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
    // A peak chunk holds the time of writing; without it the same piece gives the same bytes.
    sf_command(impl->file.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    return SoundFileWriter(std::move(impl));
}

SoundFileWriter::SoundFileWriter(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) { }
SoundFileWriter::SoundFileWriter(SoundFileWriter&&) noexcept = default;
SoundFileWriter& SoundFileWriter::operator=(SoundFileWriter&&) noexcept = default;
SoundFileWriter::~SoundFileWriter() = default;

Status SoundFileWriter::write(std::span<const float> interleaved) {
    const auto count = static_cast<sf_count_t>(interleaved.size());
    errno = 0;
    sf_count_t written = 0;
    if (m_impl->is_int16) {
        m_impl->shorts.resize(interleaved.size());
        std::transform(interleaved.begin(), interleaved.end(), m_impl->shorts.begin(), [](float sample) {
            return static_cast<std::int16_t>(std::lrint(std::clamp(sample, -1.0f, 1.0f) * 32767.0f));
        });
        written = sf_write_short(m_impl->file.get(), m_impl->shorts.data(), count);
    } else {
        written = sf_write_float(m_impl->file.get(), interleaved.data(), count);
    }
    if (written != count) return m_impl->failure(errno);
    m_impl->num_frames += interleaved.size() / kNumSides;
    return Done{};
}

Status SoundFileWriter::finish() {
    errno = 0;
    const int closed = sf_close(m_impl->file.release());
    if (closed != 0)
        return errno != 0 ? writingError(m_impl->where, errno)
                          : Error{"the sound file could not be completed", m_impl->where};
    if (m_impl->is_ogg)
        if (const Status even = setOggSerialOfFile(m_impl->path, m_impl->where, kOggSerial); !even)
            return even;
    // What libsndfile buffered may have met a full disk unnoticed.
    SF_INFO info{};
    const std::unique_ptr<SNDFILE, Close> check(sf_open(m_impl->path.c_str(), SFM_READ, &info));
    const bool is_complete = check && static_cast<std::uint64_t>(info.frames) == m_impl->num_frames;
    if (!is_complete) return Error{"the sound file could not be written completely", m_impl->where};
    return Done{};
}

} // namespace chainsong
