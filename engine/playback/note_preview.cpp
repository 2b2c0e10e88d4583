#include "engine/playback/note_preview.h"

#include <algorithm>

namespace chainsong {
namespace {

constexpr double kPreview_s = 0.4;
constexpr int kUsualVolume_127 = 100;
constexpr int kMiddle_127 = 64;

} // namespace

void NotePreview::start(
    Output& output, const Schedule* schedule, int key, int velocity_127, int program_127, bool is_drums) {
    end(output);
    key = std::clamp(key, 0, 127);
    int channel = kNumChannels - 1;
    if (is_drums)
        channel = kDrumChannel;
    else if (schedule)
        channel = schedule->freeChannel().value_or(channel);
    std::vector<MidiMessage> beginning;
    std::vector<MidiMessage> ending = {noteOff(channel, key)};
    if (!is_drums) {
        beginning = {control(channel, kBankController, 0), program(channel, std::clamp(program_127, 0, 127)),
            control(channel, kVolumeController, kUsualVolume_127),
            control(channel, kPanController, kMiddle_127)};
        if (schedule) {
            const std::vector<MidiMessage> setup = schedule->setupOf(channel);
            ending.insert(ending.end(), setup.begin(), setup.end());
        }
    }
    beginning.push_back(noteOn(channel, key, std::clamp(velocity_127, 1, 127)));
    output.sendNow(beginning);
    m_sounding = Sounds{output.now_s() + kPreview_s, std::move(ending)};
}

void NotePreview::pump(Output& output) {
    if (m_sounding && output.now_s() >= m_sounding->until_s) end(output);
}

void NotePreview::end(Output& output) {
    if (!m_sounding) return;
    output.sendNow(m_sounding->ending);
    m_sounding.reset();
}

} // namespace chainsong
