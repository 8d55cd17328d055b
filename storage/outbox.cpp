#include "storage/outbox.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "storage/connection.h"
#include "storage/hash.h"
#include "storage/mutes.h"

namespace stakeout {
namespace {

// The deliveries (d) of one message to one recipient, after its id.
#define OF_MESSAGE "d.message_id = ?1 AND d.digest = ?2 AND d.channel = ?3 AND d.recipient = ?4"
#define OF_RECIPIENT "d.digest = ?1 AND d.channel = ?2 AND d.recipient = ?3"

// What waits for a recipient and is in no message, by story; without one under nullopt.
using ByStory = std::map<std::optional<std::int64_t>, std::vector<std::int64_t>>;

ByStory new_deliveries(Connection& connection, const Recipient& to) {
  ByStory by_story;
  Query q{connection,
          "SELECT d.id, " STORY_OF_ALERT
          " FROM deliveries d JOIN alerts l ON l.id = d.alert_id WHERE " OF_RECIPIENT
          " AND d.state = 'queued' AND d.message_id IS NULL ORDER BY d.alert_id",
          to.digest, to.channel, to.address};
  while (q.next()) by_story[q.maybe_integer(1)].push_back(q.integer(0));
  return by_story;
}

// "20241008T070003Z"
std::string compact(Timestamp time) {
  std::string text = to_rfc3339(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string message_id(const Recipient& to, const std::string& host,
                       std::optional<std::int64_t> story, std::int64_t first_delivery,
                       Timestamp now) {
  const std::string time = compact(now);
  const auto hash =
      hash_of({to.digest, to.channel, to.address, std::to_string(first_delivery), time});
  char digits[17] = {};
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(hash.value_or(0)));
  return (story ? "<s." + std::to_string(*story) : "<d") + "." + time + "." + digits + "@" + host +
         ">";
}

void put_into(Connection& connection, const std::string& id,
              const std::vector<std::int64_t>& deliveries, Timestamp now) {
  for (const std::int64_t delivery : deliveries) {
    run(connection, "UPDATE deliveries SET message_id = ?2, message_at = ?3 WHERE id = ?1",
        delivery, id, now);
  }
}

// The alerts of a message, and what else its rows say of it.
void read_message(Connection& connection, OutboxMessage& message) {
  Query q{connection,
          "SELECT d.alert_id, d.attempts, d.state, d.message_at, " STORY_OF_ALERT
          " FROM deliveries d JOIN alerts l ON l.id = d.alert_id WHERE " OF_MESSAGE
          " AND d.state IN ('queued', 'sending') ORDER BY d.alert_id",
          message.id,
          message.to.digest,
          message.to.channel,
          message.to.address};
  while (q.next()) {
    const auto story = q.maybe_integer(4);
    if (message.alerts.empty()) message.story = story;
    if (message.story != story) message.story.reset();
    message.alerts.push_back(q.integer(0));
    message.attempts = std::max(message.attempts, static_cast<int>(q.integer(1)) + 1);
    message.may_have_arrived = message.may_have_arrived || q.text(2) == "sending";
    message.made_at = q.maybe_time(3).value_or(Timestamp{});
  }
}

std::vector<std::string> thread_of(Connection& connection, const OutboxMessage& message) {
  std::vector<std::string> thread;
  if (!message.story || !message.id.starts_with("<s.")) return thread;
  Query q{connection,
          "SELECT d.message_id FROM alerts l JOIN deliveries d ON d.alert_id = l.id "
          "WHERE " STORY_OF_ALERT
          " = ?5"
          " AND d.message_id <> ?1 AND d.message_id LIKE '<s.%' AND d.digest = ?2 AND d.channel = "
          "?3 AND d.recipient = ?4 AND d.state IN ('sending', 'sent') GROUP BY d.message_id ORDER "
          "BY min(d.message_at), min(d.id)",
          message.id,
          message.to.digest,
          message.to.channel,
          message.to.address,
          *message.story};
  while (q.next()) thread.push_back(q.text(0));
  return thread;
}

}  // namespace

struct Outbox::Impl {
  Impl(const std::filesystem::path& file, std::stop_token stop)
      : connection{file, Connection::Mode::write, std::move(stop)} {}

  Connection connection;
};

Outbox::Outbox(const std::filesystem::path& file, std::stop_token stop)
    : impl_{std::make_unique<Impl>(file, std::move(stop))} {}

Outbox::~Outbox() = default;

void Outbox::together(const std::function<void()>& work) {
  impl_->connection.write(work);
}

std::optional<DigestRun> Outbox::last_run(const std::string& digest) {
  return impl_->connection.translated([&]() -> std::optional<DigestRun> {
    Query q{impl_->connection, "SELECT schedule, last_run_at FROM digest_runs WHERE digest = ?",
            digest};
    if (!q.next()) return std::nullopt;
    return DigestRun{q.text(0), q.maybe_time(1).value_or(Timestamp{})};
  });
}

void Outbox::save_run(const std::string& digest, const DigestRun& run_now) {
  impl_->connection.write([&] {
    run(impl_->connection,
        "INSERT INTO digest_runs VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET schedule = "
        "excluded.schedule, last_run_at = excluded.last_run_at",
        digest, run_now.schedule, run_now.at);
  });
}

std::size_t Outbox::drop_muted(const Recipient& to, const Mutes& mutes) {
  return impl_->connection.write([&] {
    return static_cast<std::size_t>(
        run(impl_->connection,
            "DELETE FROM deliveries WHERE id IN (SELECT d.id FROM deliveries d JOIN alerts l ON "
            "l.id = d.alert_id WHERE " OF_RECIPIENT
            " AND d.state = 'queued' AND d.message_id IS NULL AND " ALERT_IS_MUTED("d", "?4") ")",
            to.digest, to.channel, to.address, mutes_text(mutes)));
  });
}

std::size_t Outbox::make_messages(const Recipient& to, const std::string& host, bool by_story,
                                  Timestamp now) {
  Connection& connection = impl_->connection;
  return connection.write([&]() -> std::size_t {
    const ByStory groups = new_deliveries(connection, to);
    if (by_story && groups.size() <= most_stories) {
      for (const auto& [story, deliveries] : groups) {
        put_into(connection, message_id(to, host, story, deliveries.front(), now), deliveries, now);
      }
      return groups.size();
    }
    if (groups.empty()) return 0;
    const std::string id = message_id(to, host, std::nullopt, groups.begin()->second.front(), now);
    for (const auto& [story, deliveries] : groups) put_into(connection, id, deliveries, now);
    return 1;
  });
}

bool Outbox::has_new(const Recipient& to) {
  return impl_->connection.translated([&] {
    return find_integer(impl_->connection,
                        "SELECT 1 FROM deliveries d WHERE " OF_RECIPIENT
                        " AND d.state = 'queued' AND d.message_id IS NULL LIMIT 1",
                        to.digest, to.channel, to.address)
        .has_value();
  });
}

std::vector<MessagePlace> Outbox::messages_due(Timestamp now, bool any_time) {
  return impl_->connection.translated([&] {
    std::vector<MessagePlace> due;
    Query q{impl_->connection,
            "SELECT message_id, digest, channel, recipient FROM deliveries WHERE state IN "
            "('queued', 'sending') AND message_id IS NOT NULL AND (?2 OR next_attempt_at IS NULL "
            "OR next_attempt_at <= ?1) GROUP BY 1, 2, 3, 4 ORDER BY min(message_at), min(id)",
            now, any_time};
    while (q.next()) due.push_back({q.text(0), {q.text(1), q.text(2), q.text(3)}});
    return due;
  });
}

std::optional<Timestamp> Outbox::next_attempt(Timestamp now) {
  return impl_->connection.translated([&]() -> std::optional<Timestamp> {
    Query q{impl_->connection,
            "SELECT min(next_attempt_at) FROM deliveries WHERE state IN ('queued', 'sending') AND "
            "message_id IS NOT NULL AND next_attempt_at > ?",
            now};
    return q.next() ? q.maybe_time(0) : std::nullopt;
  });
}

void Outbox::mend_plans(Timestamp now, std::chrono::seconds longest) {
  const auto is_put_off = impl_->connection.translated([&] {
    return find_integer(impl_->connection,
                        "SELECT 1 FROM deliveries WHERE state IN ('queued', 'sending') AND "
                        "next_attempt_at > ? LIMIT 1",
                        now + longest.count());
  });
  if (!is_put_off) return;
  impl_->connection.write([&] {
    run(impl_->connection,
        "UPDATE deliveries SET next_attempt_at = NULL WHERE state IN ('queued', 'sending') AND "
        "next_attempt_at > ?",
        now + longest.count());
  });
}

std::optional<OutboxMessage> Outbox::begin(const MessagePlace& place) {
  Connection& connection = impl_->connection;
  return connection.write([&]() -> std::optional<OutboxMessage> {
    OutboxMessage message;
    message.id = place.id;
    message.to = place.to;
    read_message(connection, message);
    if (message.alerts.empty()) return std::nullopt;
    message.thread = thread_of(connection, message);
    run(connection,
        "UPDATE deliveries AS d SET state = 'sending', attempts = ?5 WHERE " OF_MESSAGE
        " AND d.state IN ('queued', 'sending')",
        place.id, place.to.digest, place.to.channel, place.to.address, message.attempts);
    return message;
  });
}

void Outbox::end(const OutboxMessage& message, const AttemptEnd& end, Timestamp now) {
  using Outcome = AttemptEnd::Outcome;
  const bool is_sent = end.outcome == Outcome::sent;
  // What may have arrived stays `sending`: nobody can take it back any more.
  const bool is_out = message.may_have_arrived || end.may_have_arrived;
  const char* const state = is_sent                          ? "sent"
                            : end.outcome == Outcome::failed ? "failed"
                            : is_out                         ? "sending"
                                                             : "queued";
  const Recipient& to = message.to;
  impl_->connection.write([&] {
    run(impl_->connection,
        "UPDATE deliveries AS d SET state = ?5, attempts = ?6, last_error = ?7, next_attempt_at = "
        "?8, sent_at = ?9 WHERE " OF_MESSAGE " AND d.state = 'sending'",
        message.id, to.digest, to.channel, to.address, state,
        message.attempts - (end.outcome == Outcome::not_reached ? 1 : 0), given(end.error),
        end.retry_at, is_sent ? std::optional{now} : std::nullopt);
  });
}

std::string Outbox::id_without_alerts(const Recipient& to, const std::string& host, Timestamp now) {
  return message_id(to, host, std::nullopt, 0, now);
}

std::size_t Outbox::revive(const Recipient& to) {
  return impl_->connection.write([&] {
    return static_cast<std::size_t>(
        run(impl_->connection,
            "UPDATE deliveries AS d SET state = 'queued', attempts = 0, next_attempt_at = NULL "
            "WHERE " OF_RECIPIENT " AND d.state = 'failed'",
            to.digest, to.channel, to.address));
  });
}

}  // namespace stakeout
