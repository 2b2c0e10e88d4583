#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace chainsong {

enum class SoundFileType { kWav, kFlac, kOgg };
enum class SampleFormat { kInt16, kInt24, kFloat32 };

/// By the ending of the name; the Error lists the endings there are.
Result<SoundFileType> soundFileTypeOf(const std::string& path);

struct SoundFileOptions {
    SoundFileType type = SoundFileType::kWav;
    SampleFormat format = SampleFormat::kInt16; // OGG has none; FLAC has no float and takes 24 bits instead
    int sample_rate_hz = 44'100;
};

/// An upper bound of the bytes that so many stereo frames take on disk (for OGG a usual size).
std::uint64_t estimatedBytes(const SoundFileOptions& options, std::uint64_t num_frames);

/// Writes interleaved stereo to a file of WAV, FLAC or OGG through libsndfile. A WAV beyond 4 GiB becomes
/// RF64. Equal samples give equal bytes.
class SoundFileWriter {
public:
    /// `where` is the name that errors show; `path` is written to.
    static Result<SoundFileWriter> create(const std::string& path, const std::string& where,
        const SoundFileOptions& options, std::uint64_t expected_frames);
    SoundFileWriter(SoundFileWriter&&) noexcept;
    SoundFileWriter& operator=(SoundFileWriter&&) noexcept;
    ~SoundFileWriter();

    /// Finite samples only; those beyond full scale are clipped, except in float files.
    Status write(std::span<const float> interleaved);
    /// Closes the file and reads its header back: every frame must be there.
    Status finish();

private:
    struct Impl;
    explicit SoundFileWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace chainsong
