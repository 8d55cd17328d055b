#pragma once

#include <cstdint>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"

// Who is told of which alerts. Called within a transaction.

namespace stakeout {

// Makes the subscriptions what the settings say. What was queued for somebody who is no longer
// among them, and never tried, is dropped.
void sync_subscription_rows(Connection& connection, const std::vector<Subscription>& wanted);

// Queues an alert for everybody whose filters let it through.
void queue_for_subscribers(Connection& connection, std::int64_t alert_id);

}  // namespace stakeout
