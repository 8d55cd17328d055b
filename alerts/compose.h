#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "alerts/digest.h"
#include "extractors/values/timestamp.h"
#include "storage/reader.h"

namespace stakeout {

// Which alerts a digest is made of.
struct DigestScope {
  std::optional<std::vector<std::int64_t>> alerts;  // by their ids; nullopt: all
  std::optional<Timestamp> since;                   // where there are no ids: raised at or after
  std::size_t lines_per_name = 5;                   // of one vendor or agency; the rest is counted
  std::size_t names_per_section = 40;
};

// Puts the alerts of the database together, in this order: new contracts; changed contracts, before
// and after; new mentions by vendor, then by agency, a story once however many copies it has;
// changed and vanished articles; names worth adding to the watchlist; feeds that need attention.
// Throws StorageError.
[[nodiscard]] Digest compose_digest(Reader& reader, const DigestScope& scope);

}  // namespace stakeout
