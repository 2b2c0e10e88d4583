#pragma once

#include <QString>

namespace chainsong {

// Recovery files are never overwritten and never deleted while they may be wanted: each has the time and the
// process in its name.

/// Where the next piece without a name is kept: in the state folder, which is made if need be.
QString newRecoveryPath(const QString& piece_name);
/// The user left the piece or saved it: the copy is no longer offered. The newest kKeptCopies stay.
void setAsideRecovery(const QString& path);
/// The newest file of a session that is gone without having set it aside; empty: none.
QString newestLeftBehind();
constexpr int kKeptCopies = 10;

} // namespace chainsong
