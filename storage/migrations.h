#pragma once

#include "storage/connection.h"

namespace stakeout {

// Brings the schema up to date, version by version. Each version is one transaction together with
// its number, so that a crash leaves one version or the next, and two programs that open a file at
// once do not both change it. A version that was released is never edited: add another.
void migrate(Connection& connection);

}  // namespace stakeout
