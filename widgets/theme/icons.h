#pragma once

#include <QIcon>

namespace chainsong {

/// The studio's pictograms. They are drawn, not stored: sharp at any scale, in the colour of the palette in
/// force.
enum class Icon {
    kPlay,
    kPause,
    kStop,
    kToStart,
    kLoop,
    kMetronome,
    kPanic,
    kDice,
    kStar,
    kStarFilled,
    kPin,
    kPinFilled,
    kLock,
    kPlus,
    kClose,
    kPointer,
    kDraw,
    kErase,
    kSpeaker,
    kSpeakerOff,
    kCheck,
    kWarning,
    kInfo,
    kMenu
};
QIcon icon(Icon kind);

} // namespace chainsong
