#pragma once

#include "engine/model/muse/trainer.h"

#include <string>
#include <vector>

namespace chainsong {

/// A training's log as a table (notes_seen, minutes, train_nats_per_note, valid_nats_per_note) and back.
/// Lines that are no four numbers are passed over.
std::string lossTable(const std::vector<LossPoint>& losses);
std::vector<LossPoint> lossesFromTable(const std::string& csv);

/// The loss curves as an SVG picture: nats per note against millions of notes seen, training and held out.
/// Values off the scale of the later nine tenths are cut, so that the beginning does not flatten the rest.
std::string lossPicture(const std::vector<LossPoint>& losses);

} // namespace chainsong
