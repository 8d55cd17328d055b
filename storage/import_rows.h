#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"

// How far imports have come. Called within a transaction.

namespace stakeout {

[[nodiscard]] std::vector<ImportPosition> import_position_rows(Connection& connection);
void save_import_position_row(Connection& connection, const ImportPosition& position,
                              Timestamp now);
// When the page of this address was had last; nullopt: never.
[[nodiscard]] std::optional<Timestamp> page_had_at_row(Connection& connection,
                                                       const std::string& canonical_url);

}  // namespace stakeout
