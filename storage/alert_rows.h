#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "extractors/values/timestamp.h"
#include "extractors/values/words.h"
#include "storage/alert_reasons.h"
#include "storage/connection.h"
#include "storage/records.h"

// Alerts. Called within the transaction that stores what they are about.

namespace stakeout {

struct AlertRow {
  AlertKind kind = AlertKind::new_mention;
  std::string key;  // what it is about: the same key is raised once, for ever
  std::optional<std::int64_t> story_id{};
  std::optional<std::int64_t> article_id{};
  std::optional<std::int64_t> entity_id{};
  std::optional<std::int64_t> contract_id{};
  std::optional<std::int64_t> feed_id{};
  std::string details{};
  AlertReason reason{};
  bool quiet = false;  // kept only so that it is not raised later
};

// Stores the alert, and its deliveries unless it is quiet. False when it was raised before.
bool raise_alert(Connection& connection, const AlertRow& alert, Timestamp now);

// Counts an alert that was raised.
void count_alert(AlertCount& count, const AlertRow& alert);

// Says why an alert was raised, in place of what it said.
void set_reason(Connection& connection, const std::string& key, const AlertReason& reason);

// Forgets an alert that nobody was sent. False when it is out, or was never raised.
bool withdraw_alert(Connection& connection, const std::string& key);

// Whether an alert of a contract was sent to anybody.
[[nodiscard]] bool was_told_of(Connection& connection, std::int64_t contract_id);

}  // namespace stakeout
