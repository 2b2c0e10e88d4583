#pragma once

#include "engine/playback/output.h"
#include "engine/playback/schedule.h"

#include <optional>
#include <vector>

namespace chainsong {

/// A note that is tried out while a piece may be playing: on a channel of its own where one is free.
class NotePreview {
public:
    /// Ends the one before. `schedule` is what plays or may play; null = nothing.
    void start(
        Output& output, const Schedule* schedule, int key, int velocity_127, int program_127, bool is_drums);
    /// Ends the note when its time is over.
    void pump(Output& output);
    void end(Output& output);
    /// Without a word to the output.
    void forget() { m_sounding.reset(); }
    bool isSounding() const { return m_sounding.has_value(); }

private:
    struct Sounds {
        double until_s;
        std::vector<MidiMessage> ending; // the off, and what the channel must be told again
    };
    std::optional<Sounds> m_sounding;
};

} // namespace chainsong
