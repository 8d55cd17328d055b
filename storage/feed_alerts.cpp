#include "storage/feed_alerts.h"

#include <array>

#include "storage/alert_rows.h"

namespace stakeout {
namespace {

constexpr std::int64_t hour = 3'600;

constexpr double failures_until_alert = 1;
constexpr std::int64_t failing_until_alert = 12 * hour;
constexpr std::int64_t long_wait = 36 * hour;

// "2024-10-07 06:00 UTC"
std::string plain_time(const std::optional<Timestamp>& time) {
  if (!time) return "an unknown time";
  const std::string instant = to_rfc3339(*time);
  return instant.substr(0, 10) + " " + instant.substr(11, 5) + " UTC";
}

// "45 minutes", "3 hours", "2 days"
std::string plain_duration(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    const char* name;
  };
  static constexpr std::array units = {Unit{86'400, "day"}, Unit{hour, "hour"}, Unit{60, "minute"}};
  for (const Unit& unit : units) {
    const std::int64_t count = (seconds + unit.seconds / 2) / unit.seconds;
    if (count >= 2) return std::to_string(count) + " " + unit.name + "s";
  }
  return "minute or two";
}

std::string what_to_do(const std::string& advice) {
  return advice.empty() ? "" : " What to do: " + advice + ".";
}

void raise(Connection& connection, AlertKind kind, std::int64_t feed_id, const std::string& mark,
           const std::string& details, Timestamp now) {
  const std::string key = std::string{word_of(kind)} + ":" + std::to_string(feed_id) + ":" + mark;
  raise_alert(connection, {.kind = kind, .key = key, .feed_id = feed_id, .details = details}, now);
}

}  // namespace

void raise_if_failing(Connection& connection, std::int64_t feed_id, Timestamp now) {
  const bool tell =
      run(connection,
          "UPDATE feeds SET failing_alerted = 1 WHERE id = ?1 AND failing_alerted = 0 AND "
          "((failures >= ?2 AND status_since <= ?3) OR next_fetch_at >= ?4)",
          feed_id, failures_until_alert, now - failing_until_alert, now + long_wait) > 0;
  if (!tell) return;
  Query q{connection,
          "SELECT status_since, failed_polls, last_error, advice, "
          "max(next_fetch_at, coalesce(not_before, '')) FROM feeds WHERE id = ?",
          feed_id};
  if (!q.next()) return;
  const auto since = q.maybe_time(0);
  const std::int64_t polls = q.integer(1);
  const std::string details =
      (polls == 1
           ? "The poll of " + plain_time(since) + " failed"
           : std::to_string(polls) + " polls in a row have failed since " + plain_time(since)) +
      ": " + q.text(2) + ". It is asked again on " + plain_time(q.maybe_time(4)) + "." +
      what_to_do(q.text(3));
  raise(connection, AlertKind::feed_failing, feed_id, since ? to_rfc3339(*since) : "", details,
        now);
}

void raise_if_recovered(Connection& connection, std::int64_t feed_id, Timestamp now) {
  Query q{connection,
          "SELECT status_since, failed_polls, last_error FROM feeds "
          "WHERE id = ? AND failing_alerted = 1",
          feed_id};
  if (!q.next()) return;
  const auto since = q.maybe_time(0);
  const std::string details = "It answers again. It had failed since " + plain_time(since) + " (" +
                              std::to_string(q.integer(1)) +
                              " polls); the last error was: " + q.text(2) + ".";
  raise(connection, AlertKind::feed_recovered, feed_id, since ? to_rfc3339(*since) : "", details,
        now);
}

void raise_if_silent(Connection& connection, std::int64_t feed_id, Timestamp now) {
  const bool tell = run(connection,
                        "UPDATE feeds SET silent_alerted = 1 WHERE id = ?1 AND silent_alerted = 0 "
                        "AND silent_from <= ?2 AND silent_from > first_seen_at",
                        feed_id, now) > 0;
  if (!tell) return;
  Query q{connection, "SELECT newest_at, usual_gap FROM feeds WHERE id = ?", feed_id};
  if (!q.next()) return;
  const auto newest = q.maybe_time(0);
  const std::string details =
      "It answers, but has had nothing new since " + plain_time(newest) +
      "; as a rule something comes every " + plain_duration(q.integer(1)) +
      ". What to do: look on the site whether the feed was given up or has a new address.";
  raise(connection, AlertKind::feed_silent, feed_id, newest ? to_rfc3339(*newest) : "", details,
        now);
}

void raise_gone(Connection& connection, std::int64_t feed_id, Timestamp now) {
  Query q{connection, "SELECT last_error, advice FROM feeds WHERE id = ?", feed_id};
  if (!q.next()) return;
  raise(connection, AlertKind::feed_gone, feed_id, to_rfc3339(now),
        "It is not asked again: " + q.text(0) + "." + what_to_do(q.text(1)), now);
}

void raise_moved(Connection& connection, std::int64_t feed_id, const std::string& before,
                 const std::string& after, Timestamp now) {
  if (after.empty()) {
    raise(connection, AlertKind::feed_moved, feed_id, "back from " + before,
          "It serves at its listed address again, and is read there, no longer at " + before + ".",
          now);
    return;
  }
  Query other{connection,
              "SELECT url FROM feeds WHERE listed AND id <> ?1 AND (url = ?2 OR current_url = ?2) "
              "ORDER BY id LIMIT 1",
              feed_id, after};
  std::string details = "It has moved for good to " + after +
                        " and is read there. What to do: put the new address into the feed list.";
  if (other.next()) {
    details += " The feed " + other.text(0) +
               " of the list is read there as well: one of the two lines can go.";
  }
  raise(connection, AlertKind::feed_moved, feed_id, after, details, now);
}

}  // namespace stakeout
