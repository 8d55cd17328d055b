#include "storage/delivery_rows.h"

#include <array>

namespace stakeout {
namespace {

// In the order of DeliveryState.
constexpr std::array<std::string_view, 4> state_words = {"queued", "sending", "sent", "failed"};

}  // namespace

std::size_t queue_delivery_rows(Connection& connection, const Recipient& to,
                                const std::vector<std::int64_t>& alert_ids,
                                const std::string& message_id) {
  std::size_t queued = 0;
  for (const std::int64_t alert : alert_ids) {
    queued += static_cast<std::size_t>(
        run(connection,
            "INSERT INTO deliveries (alert_id, digest, channel, recipient, message_id) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET message_id = excluded.message_id "
            "WHERE message_id IS NULL AND state = 'queued'",
            alert, to.digest, to.channel, to.address, message_id));
  }
  return queued;
}

std::vector<Delivery> due_delivery_rows(Connection& connection, Timestamp now) {
  std::vector<Delivery> due;
  Query q{connection,
          "SELECT id, alert_id, digest, channel, recipient, state, message_id, attempts FROM "
          "deliveries d WHERE state IN ('queued', 'sending') AND (next_attempt_at IS NULL OR "
          "next_attempt_at <= ?) AND (message_id IS NOT NULL OR attempts > 0 OR EXISTS (SELECT 1 "
          "FROM subscriptions s WHERE (s.digest, s.channel, s.recipient) = (d.digest, d.channel, "
          "d.recipient))) ORDER BY message_id, recipient, id",
          now};
  while (q.next()) {
    due.push_back({q.integer(0),
                   q.integer(1),
                   {q.text(2), q.text(3), q.text(4)},
                   q.text(5),
                   q.text(6),
                   static_cast<int>(q.integer(7))});
  }
  return due;
}

void save_delivery_rows(Connection& connection, const std::vector<std::int64_t>& ids,
                        DeliveryState state, const std::string& error,
                        std::optional<Timestamp> retry_at, Timestamp now) {
  const bool is_sent = state == DeliveryState::sent;
  for (const std::int64_t id : ids) {
    run(connection,
        "UPDATE deliveries SET state = ?2, attempts = attempts + ?3, last_error = ?4, "
        "next_attempt_at = ?5, sent_at = ?6 WHERE id = ?1",
        id, state_words.at(static_cast<std::size_t>(state)),
        state == DeliveryState::sending ? 1 : 0, given(error), retry_at,
        is_sent ? std::optional{now} : std::nullopt);
  }
}

}  // namespace stakeout
