#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"

// Deliveries: what is on its way to whom. Called within a transaction.

namespace stakeout {

std::size_t queue_delivery_rows(Connection& connection, const Recipient& to,
                                const std::vector<std::int64_t>& alert_ids,
                                const std::string& message_id);
[[nodiscard]] std::vector<Delivery> due_delivery_rows(Connection& connection, Timestamp now);
void save_delivery_rows(Connection& connection, const std::vector<std::int64_t>& ids,
                        DeliveryState state, const std::string& error,
                        std::optional<Timestamp> retry_at, Timestamp now);

}  // namespace stakeout
