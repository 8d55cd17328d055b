#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "extractors/values/entity.h"
#include "extractors/values/timestamp.h"
#include "storage/connection.h"

// The entities: rows of the watchlist, and names found in texts. Called within a transaction.

namespace stakeout {

// Makes the rows say what the watchlist says. An entity whose name is new takes over the row of one
// of its aliases, where no other entity of the watchlist has it.
void sync_entity_rows(Connection& connection, const std::vector<Entity>& entities);

// Those that Reader::edited() tells.
[[nodiscard]] std::vector<Entity> edited_entity_rows(Connection& connection,
                                                     const std::vector<Entity>& watchlist);

// The id of an entity, which is made when it is not known.
[[nodiscard]] std::int64_t entity_row(Connection& connection, EntityKind kind,
                                      const std::string& name, bool listed);

// Agencies and the bodies above them, read once for a run of look-ups.
class AgencyLines {
 public:
  explicit AgencyLines(Connection& connection) : connection_{connection} {}

  // The agency, then the bodies above it.
  [[nodiscard]] const std::vector<std::int64_t>& line_of(std::int64_t agency);

 private:
  Connection& connection_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> lines_;
};

}  // namespace stakeout
