#pragma once

#include <cstdint>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"

// Who is told of which alerts. Called within a transaction.

namespace stakeout {

// Makes the subscriptions what the settings say. What was queued for somebody who is no longer
// among them stays.
void sync_subscription_rows(Connection& connection, const std::vector<Subscription>& wanted);

// Deliveries that were queued one after the other, by their ids.
struct DeliveryRange {
  std::int64_t after = 0;
  std::int64_t last = 0;
};

// The id of the latest delivery that was ever queued; 0: none.
[[nodiscard]] std::int64_t last_delivery(Connection& connection);

// Queues an alert for everybody whose filters let it through, but for those to whom one of the
// deliveries `told` goes. How many there are.
int queue_for_subscribers(Connection& connection, std::int64_t alert_id, DeliveryRange told = {});

// Queues a correction for those who were sent an alert that it corrects, or are being sent it,
// whatever their filters, and for nobody else.
void queue_for_readers_of(Connection& connection, std::int64_t correction_id,
                          const std::vector<std::int64_t>& corrected);

// The same for those who were sent the first of two alerts and get the second, too, or were sent
// it. How many there are.
int queue_for_readers_of_both(Connection& connection, std::int64_t correction_id,
                              std::int64_t first, std::int64_t second);

}  // namespace stakeout
