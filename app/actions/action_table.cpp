#include "app/actions/actions.h"

#include <QtGlobal>

#include <array>

namespace chainsong {
namespace {

using enum MenuId;
using enum Reach;

// clang-format off
constexpr std::array kSpecs {
    ActionSpec{"new", kFile, QT_TRANSLATE_NOOP("Actions", "&New piece"), "Ctrl+N"},
    ActionSpec{"open", kFile, QT_TRANSLATE_NOOP("Actions", "&Open…"), "Ctrl+O"},
    ActionSpec{"example", kFile, QT_TRANSLATE_NOOP("Actions", "Open the e&xample"), ""},
    ActionSpec{"save", kFile, QT_TRANSLATE_NOOP("Actions", "&Save"), "Ctrl+S", kWindow, false, true},
    ActionSpec{"save_as", kFile, QT_TRANSLATE_NOOP("Actions", "Save &as…"), "Ctrl+Shift+S"},
    ActionSpec{"export", kFile, QT_TRANSLATE_NOOP("Actions", "&Export…"), "Ctrl+E", kWindow, false, true},
    ActionSpec{"export_midi", kFile, QT_TRANSLATE_NOOP("Actions", "Export &MIDI…"), ""},
    ActionSpec{"export_sound", kFile, QT_TRANSLATE_NOOP("Actions", "Export so&und…"), "Ctrl+Shift+E"},
    ActionSpec{"quit", kFile, QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q", kWindow, false, true},

    ActionSpec{"undo", kEdit, QT_TRANSLATE_NOOP("Actions", "&Undo"), "Ctrl+Z"},
    ActionSpec{"redo", kEdit, QT_TRANSLATE_NOOP("Actions", "&Redo"), "Ctrl+Shift+Z Ctrl+Y"},
    ActionSpec{"cut", kEdit, QT_TRANSLATE_NOOP("Actions", "Cu&t"), "Ctrl+X", kMusic, false, true},
    ActionSpec{"copy", kEdit, QT_TRANSLATE_NOOP("Actions", "&Copy"), "Ctrl+C", kMusic},
    ActionSpec{"paste", kEdit, QT_TRANSLATE_NOOP("Actions", "&Paste at the playhead"), "Ctrl+V", kMusic},
    ActionSpec{"duplicate", kEdit, QT_TRANSLATE_NOOP("Actions", "&Duplicate"), "Ctrl+D", kMusic},
    ActionSpec{"erase", kEdit, QT_TRANSLATE_NOOP("Actions", "&Erase"), "Del", kRollItself},
    ActionSpec{"select_all", kEdit, QT_TRANSLATE_NOOP("Actions", "Select &all"), "Ctrl+A", kMusic, false, true},
    ActionSpec{"select_none", kEdit, QT_TRANSLATE_NOOP("Actions", "Select &none"), "Ctrl+Shift+A", kMusic},
    ActionSpec{"select_inverse", kEdit, QT_TRANSLATE_NOOP("Actions", "&Invert selection"), "Ctrl+I", kMusic},
    ActionSpec{"transpose_up", kEdit, QT_TRANSLATE_NOOP("Actions", "Semitone up"), "Up", kRollItself, false, true},
    ActionSpec{"transpose_down", kEdit, QT_TRANSLATE_NOOP("Actions", "Semitone down"), "Down", kRollItself},
    ActionSpec{"octave_up", kEdit, QT_TRANSLATE_NOOP("Actions", "Octave up"), "Shift+Up", kRollItself},
    ActionSpec{"octave_down", kEdit, QT_TRANSLATE_NOOP("Actions", "Octave down"), "Shift+Down", kRollItself},
    ActionSpec{"scale_up", kEdit, QT_TRANSLATE_NOOP("Actions", "Scale step up"), "Alt+Up", kRollItself},
    ActionSpec{"scale_down", kEdit, QT_TRANSLATE_NOOP("Actions", "Scale step down"), "Alt+Down", kRollItself},
    ActionSpec{"nudge_left", kEdit, QT_TRANSLATE_NOOP("Actions", "Earlier by the grid"), "Left", kRollItself},
    ActionSpec{"nudge_right", kEdit, QT_TRANSLATE_NOOP("Actions", "Later by the grid"), "Right", kRollItself},
    ActionSpec{"shorter", kEdit, QT_TRANSLATE_NOOP("Actions", "Shorter"), "Shift+Left", kRollItself},
    ActionSpec{"longer", kEdit, QT_TRANSLATE_NOOP("Actions", "Longer"), "Shift+Right", kRollItself},
    ActionSpec{"louder", kEdit, QT_TRANSLATE_NOOP("Actions", "Louder"), "+", kRollItself},
    ActionSpec{"softer", kEdit, QT_TRANSLATE_NOOP("Actions", "Softer"), "-", kRollItself},
    ActionSpec{"next_note", kEdit, QT_TRANSLATE_NOOP("Actions", "Next note"), "Tab", kRollItself, false, true},
    ActionSpec{"insert_note", kEdit, QT_TRANSLATE_NOOP("Actions", "Note at the cursor: put or take"), "Return", kRollItself},
    ActionSpec{"quantise", kEdit, QT_TRANSLATE_NOOP("Actions", "&Quantise"), "Q", kMusic},

    ActionSpec{"tool_pointer", kView, QT_TRANSLATE_NOOP("Actions", "&Pointer"), "V", kRollItself},
    ActionSpec{"tool_draw", kView, QT_TRANSLATE_NOOP("Actions", "&Draw"), "D", kRollItself},
    ActionSpec{"tool_erase", kView, QT_TRANSLATE_NOOP("Actions", "&Erase by mouse"), "E", kRollItself},
    ActionSpec{"grid_coarser", kView, QT_TRANSLATE_NOOP("Actions", "Coarser grid"), "[", kRollItself},
    ActionSpec{"grid_finer", kView, QT_TRANSLATE_NOOP("Actions", "Finer grid"), "]", kRollItself},
    ActionSpec{"grid_triplet", kView, QT_TRANSLATE_NOOP("Actions", "Triplet grid"), "T", kRollItself},
    ActionSpec{"zoom_in", kView, QT_TRANSLATE_NOOP("Actions", "Zoom &in"), "Ctrl++ Ctrl+=", kWindow, false, true},
    ActionSpec{"zoom_out", kView, QT_TRANSLATE_NOOP("Actions", "Zoom &out"), "Ctrl+-"},
    ActionSpec{"zoom_selection", kView, QT_TRANSLATE_NOOP("Actions", "Zoom to the &selection"), "Z", kMusic},
    ActionSpec{"zoom_fit", kView, QT_TRANSLATE_NOOP("Actions", "Show the &whole piece"), "Shift+Z", kMusic},
    ActionSpec{"follow", kView, QT_TRANSLATE_NOOP("Actions", "&Follow the playhead: off, by pages, smoothly"), "F", kMusic, false, true},
    ActionSpec{"uncertainty", kView, QT_TRANSLATE_NOOP("Actions", "How s&ure: off, opacity, alternatives"), "U", kMusic},
    ActionSpec{"undecided", kView, QT_TRANSLATE_NOOP("Actions", "Go to the most undecided &beat"), "Shift+U", kMusic},
    ActionSpec{"highlight_scale", kView, QT_TRANSLATE_NOOP("Actions", "&Highlight the scale"), "H", kMusic, true},
    ActionSpec{"note_names", kView, QT_TRANSLATE_NOOP("Actions", "&Note names"), "N", kMusic, true},
    ActionSpec{"other_voices", kView, QT_TRANSLATE_NOOP("Actions", "Notes of the other &voices"), "G", kMusic, true},
    ActionSpec{"layout_compose", kView, QT_TRANSLATE_NOOP("Actions", "Layout: &Compose"), "Ctrl+F1", kWindow, false, true},
    ActionSpec{"layout_diagnose", kView, QT_TRANSLATE_NOOP("Actions", "Layout: Dia&gnose"), "Ctrl+F2"},
    ActionSpec{"layout_reset", kView, QT_TRANSLATE_NOOP("Actions", "&Reset layout"), ""},
    ActionSpec{"next_region", kView, QT_TRANSLATE_NOOP("Actions", "Next part of the window"), "F6"},
    ActionSpec{"previous_region", kView, QT_TRANSLATE_NOOP("Actions", "Previous part of the window"), "Shift+F6"},
    ActionSpec{"where_am_i", kView, QT_TRANSLATE_NOOP("Actions", "Where am I?"), "Alt+0"},
    ActionSpec{"fullscreen", kView, QT_TRANSLATE_NOOP("Actions", "F&ull screen"), "F11", kWindow, true},

    ActionSpec{"focus_prompt", kCompose, QT_TRANSLATE_NOOP("Actions", "&Write the prompt"), "/", kMusic},
    ActionSpec{"compose", kCompose, QT_TRANSLATE_NOOP("Actions", "&Compose"), "Ctrl+Return Ctrl+Enter"},
    ActionSpec{"stop_composing", kCompose, QT_TRANSLATE_NOOP("Actions", "&Stop composing"), "Ctrl+."},
    ActionSpec{"new_seed", kCompose, QT_TRANSLATE_NOOP("Actions", "Another s&eed"), "Ctrl+Shift+N"},
    ActionSpec{"continue", kCompose, QT_TRANSLATE_NOOP("Actions", "Co&ntinue this piece"), "Ctrl+Shift+Return"},
    ActionSpec{"resample", kCompose, QT_TRANSLATE_NOOP("Actions", "&Resample the chosen bars"), "R", kMusic, false, true},
    ActionSpec{"pin", kCompose, QT_TRANSLATE_NOOP("Actions", "&Pin or unpin the selection"), "P", kMusic},
    ActionSpec{"pin_rest", kCompose, QT_TRANSLATE_NOOP("Actions", "Pin everything &outside the chosen bars"), "Shift+P", kMusic},
    ActionSpec{"audition_0", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to the original"), "0", kMusic, false, true},
    ActionSpec{"audition_1", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 1"), "1", kMusic},
    ActionSpec{"audition_2", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 2"), "2", kMusic},
    ActionSpec{"audition_3", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 3"), "3", kMusic},
    ActionSpec{"audition_4", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 4"), "4", kMusic},
    ActionSpec{"audition_5", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 5"), "5", kMusic},
    ActionSpec{"audition_6", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 6"), "6", kMusic},
    ActionSpec{"audition_7", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 7"), "7", kMusic},
    ActionSpec{"audition_8", kCompose, QT_TRANSLATE_NOOP("Actions", "Listen to variation 8"), "8", kMusic},
    ActionSpec{"compare", kCompose, QT_TRANSLATE_NOOP("Actions", "Compare the &last two"), "\\ Ctrl+B", kMusic},
    ActionSpec{"accept", kCompose, QT_TRANSLATE_NOOP("Actions", "&Keep what sounds"), "Return Enter", kMusic},
    ActionSpec{"star_1", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 1"), "Shift+1", kMusic},
    ActionSpec{"star_2", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 2"), "Shift+2", kMusic},
    ActionSpec{"star_3", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 3"), "Shift+3", kMusic},
    ActionSpec{"star_4", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 4"), "Shift+4", kMusic},
    ActionSpec{"star_5", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 5"), "Shift+5", kMusic},
    ActionSpec{"star_6", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 6"), "Shift+6", kMusic},
    ActionSpec{"star_7", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 7"), "Shift+7", kMusic},
    ActionSpec{"star_8", kCompose, QT_TRANSLATE_NOOP("Actions", "Star variation 8"), "Shift+8", kMusic},
    ActionSpec{"dismiss", kCompose, QT_TRANSLATE_NOOP("Actions", "&Dismiss the variations"), "Esc", kMusic},

    ActionSpec{"diagnostics", kSampler, QT_TRANSLATE_NOOP("Actions", "&Diagnostics"), "F8"},
    ActionSpec{"run_longer", kSampler, QT_TRANSLATE_NOOP("Actions", "Run &twice as long"), "Ctrl+R"},
    ActionSpec{"trace_log_density", kSampler, QT_TRANSLATE_NOOP("Actions", "Trace of the log &density"), "Ctrl+1", kWindow, false, true},
    ActionSpec{"trace_mean_pitch", kSampler, QT_TRANSLATE_NOOP("Actions", "Trace of the mean &pitch"), "Ctrl+2"},
    ActionSpec{"trace_density", kSampler, QT_TRANSLATE_NOOP("Actions", "Trace of the &note density"), "Ctrl+3"},
    ActionSpec{"trace_entropy", kSampler, QT_TRANSLATE_NOOP("Actions", "Trace of the pitch-class &entropy"), "Ctrl+4"},
    ActionSpec{"trace_all", kSampler, QT_TRANSLATE_NOOP("Actions", "&All four traces"), "Ctrl+5"},
    ActionSpec{"hide_warm_up", kSampler, QT_TRANSLATE_NOOP("Actions", "&Hide the warm-up"), "Ctrl+6", kWindow, true},
    ActionSpec{"export_traces", kSampler, QT_TRANSLATE_NOOP("Actions", "&Save the traces…"), "", kWindow, false, true},

    ActionSpec{"play", kPlayback, QT_TRANSLATE_NOOP("Actions", "&Play or pause"), "Space"},
    ActionSpec{"play_region", kPlayback, QT_TRANSLATE_NOOP("Actions", "Play from the &chosen bars"), "Shift+Space"},
    ActionSpec{"to_start", kPlayback, QT_TRANSLATE_NOOP("Actions", "To the &start"), "Home", kMusic},
    ActionSpec{"to_end", kPlayback, QT_TRANSLATE_NOOP("Actions", "To the &end"), "End", kMusic},
    ActionSpec{"bar_back", kPlayback, QT_TRANSLATE_NOOP("Actions", "One bar &back"), "Ctrl+Left", kMusic},
    ActionSpec{"bar_forward", kPlayback, QT_TRANSLATE_NOOP("Actions", "One bar &forward"), "Ctrl+Right", kMusic},
    ActionSpec{"loop", kPlayback, QT_TRANSLATE_NOOP("Actions", "&Loop"), "L", kMusic, true, true},
    ActionSpec{"loop_region", kPlayback, QT_TRANSLATE_NOOP("Actions", "Loop the chosen ba&rs"), "Shift+L", kMusic},
    ActionSpec{"metronome", kPlayback, QT_TRANSLATE_NOOP("Actions", "&Metronome"), "K", kMusic, true},
    ActionSpec{"faster", kPlayback, QT_TRANSLATE_NOOP("Actions", "Faster"), "Ctrl+Shift+Up"},
    ActionSpec{"slower", kPlayback, QT_TRANSLATE_NOOP("Actions", "Slower"), "Ctrl+Shift+Down"},
    ActionSpec{"mute", kPlayback, QT_TRANSLATE_NOOP("Actions", "M&ute the voice"), "M", kMusic, false, true},
    ActionSpec{"solo", kPlayback, QT_TRANSLATE_NOOP("Actions", "S&olo the voice"), "S", kMusic},
    ActionSpec{"panic", kPlayback, QT_TRANSLATE_NOOP("Actions", "P&anic: silence everything"), "F12 Ctrl+Alt+P"},
    ActionSpec{"soundfont", kPlayback, QT_TRANSLATE_NOOP("Actions", "Choose the sounds (Sound&Font)…"), "", kWindow, false, true},

    ActionSpec{"shortcuts", kHelp, QT_TRANSLATE_NOOP("Actions", "&Keys and actions"), "F1 ?"},
    ActionSpec{"palette", kHelp, QT_TRANSLATE_NOOP("Actions", "&Find an action…"), "Ctrl+K Ctrl+Shift+P"},
    ActionSpec{"about", kHelp, QT_TRANSLATE_NOOP("Actions", "&About Chainsong"), "", kWindow, false, true},
};
// clang-format on

} // namespace

std::span<const ActionSpec> actionSpecs() { return kSpecs; }

} // namespace chainsong
