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

// Queues an alert for everybody whose filters let it through.
void queue_for_subscribers(Connection& connection, std::int64_t alert_id);

// Queues a correction for those who were sent an alert that it corrects, or are being sent it,
// whatever their filters, and for nobody else.
void queue_for_readers_of(Connection& connection, std::int64_t correction_id,
                          const std::vector<std::int64_t>& corrected);

}  // namespace stakeout
