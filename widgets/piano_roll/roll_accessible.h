#pragma once

namespace chainsong {

class PianoRoll;

/// Makes every roll a list of notes for screen readers. Called by the roll itself; once is enough, more do no
/// harm.
void installRollAccessibility();
/// The roll shows other notes than before: what a screen reader holds of the old ones is dropped.
void rollNotesChanged(PianoRoll& roll);
/// The keyboard moved to that note of the current track.
void rollNoteFocused(PianoRoll& roll, int index);

} // namespace chainsong
