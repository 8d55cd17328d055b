#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/timestamp.h"
#include "extractors/values/words.h"
#include "storage/alert_reasons.h"
#include "storage/connection.h"
#include "storage/records.h"
#include "storage/subscription_rows.h"

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

// Stores the alert, and its deliveries unless it is quiet. False when it was raised before and
// stands. One that was withdrawn goes on under its id, and as loud or quiet as it was.
bool raise_alert(Connection& connection, const AlertRow& alert, Timestamp now);

// The same for an alert that only those need who hear nothing by the deliveries `told`: where
// nobody is left, it is not raised.
bool raise_for_others(Connection& connection, const AlertRow& alert, DeliveryRange told,
                      Timestamp now);

// The same for a correction: it goes to those who were sent one of the alerts that it corrects,
// unless it is quiet.
bool raise_correction(Connection& connection, const AlertRow& alert,
                      const std::vector<std::int64_t>& corrected, Timestamp now);

// The same for a correction of two alerts together: it goes to those who were sent the first and
// have or get the second. Where there is nobody, it is not raised.
bool raise_correction_of_both(Connection& connection, const AlertRow& alert, std::int64_t first,
                              std::int64_t second, Timestamp now);

// What a correction may correct: the alert of a key, if it was raised; all of a contract.
[[nodiscard]] std::vector<std::int64_t> alerts_with_key(Connection& connection,
                                                        const std::string& key);
[[nodiscard]] std::vector<std::int64_t> alerts_of_contract(Connection& connection,
                                                           std::int64_t contract_id);

// What stands of the alerts after this one.
[[nodiscard]] AlertTally alerts_after(Connection& connection, std::int64_t id);

// Counts an alert that was raised.
void count_alert(AlertCount& count, const AlertRow& alert);

// Says why an alert was raised, in place of what it said.
void set_reason(Connection& connection, const std::string& key, const AlertReason& reason);

// Takes back an alert that nobody was sent: it shows nowhere until it is raised again. False when
// it is out, or does not stand.
bool withdraw_alert(Connection& connection, const std::string& key);

// Whether an alert was sent, or is being sent, to anybody.
[[nodiscard]] bool was_sent(Connection& connection, std::int64_t alert_id);

// Whether an alert of a contract was sent to anybody.
[[nodiscard]] bool was_told_of(Connection& connection, std::int64_t contract_id);

}  // namespace stakeout
