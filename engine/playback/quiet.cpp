#include "engine/playback/quiet.h"

#include <fluidsynth.h>

#include <cstdlib>
#include <mutex>

#include <dlfcn.h>

namespace chainsong {
namespace {

void ignoreFluidMessage(int, const char*, void*) { }
void ignoreAlsaMessage(const char*, int, const char*, int, const char*, ...) { }
void ignoreJackMessage(const char*) { }

/// ALSA and JACK come with FluidSynth and RtMidi; where they do, they are told to be quiet. Looked up by
/// name, so that we need neither to build nor to start.
template <class Handler> void giveHandler(const char* setter_name, Handler handler) {
    using Setter = void (*)(Handler);
    if (void* found = dlsym(RTLD_DEFAULT, setter_name)) reinterpret_cast<Setter>(found)(handler);
}

} // namespace

void quietenAudioLibraries() {
    static std::once_flag is_done;
    std::call_once(is_done, [] {
        // Without this, asking for JACK starts a server and takes six seconds where there is none.
        setenv("JACK_NO_START_SERVER", "1", /*overwrite=*/0);
        for (const int level : {FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG})
            fluid_set_log_function(level, ignoreFluidMessage, nullptr);
        const char* drivers[] = {"pulseaudio", "alsa", "jack", nullptr};
        fluid_audio_driver_register(drivers);
        giveHandler("snd_lib_error_set_handler", ignoreAlsaMessage);
        giveHandler("jack_set_error_function", ignoreJackMessage);
        giveHandler("jack_set_info_function", ignoreJackMessage);
    });
}

bool isJackRunning() {
    quietenAudioLibraries();
    using Open = void* (*)(const char* name, int options, int* status, ...);
    using Close = int (*)(void* client);
    constexpr int kNoStartServer = 1;
    void* const open = dlsym(RTLD_DEFAULT, "jack_client_open");
    void* const close = dlsym(RTLD_DEFAULT, "jack_client_close");
    if (!open || !close) return false;
    int status = 0;
    void* client = reinterpret_cast<Open>(open)("Chainsong look", kNoStartServer, &status);
    if (client) reinterpret_cast<Close>(close)(client);
    return client != nullptr;
}

} // namespace chainsong
