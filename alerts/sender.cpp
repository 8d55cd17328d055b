#include "alerts/sender.h"

#include <algorithm>
#include <array>
#include <utility>

#include "alerts/compose.h"

namespace stakeout {
namespace {

using std::chrono::minutes;
using Outcome = SendResult::Outcome;

// Together a day.
constexpr std::array pauses = {minutes{1},   minutes{5},   minutes{15},  minutes{30},
                               minutes{60},  minutes{120}, minutes{240}, minutes{240},
                               minutes{240}, minutes{240}, minutes{249}};

// A channel that reached nobody is left alone for so long, then for twice as long, at most so long.
constexpr minutes first_rest{1};
constexpr minutes longest_rest{60};

// A plan for later than this was made by a clock that was ahead.
constexpr std::chrono::hours longest_plan{5};

// Composing takes so long at most.
constexpr std::chrono::milliseconds composing{0};

AttemptEnd end_of(const SendResult& result, int attempts, Timestamp now) {
  AttemptEnd end;
  end.error = result.why;
  end.may_have_arrived = result.may_have_arrived;
  switch (result.outcome) {
    case Outcome::done:
      end.outcome = AttemptEnd::Outcome::sent;
      break;
    case Outcome::never:
      end.outcome = AttemptEnd::Outcome::failed;
      break;
    case Outcome::not_reached:
      end.outcome = AttemptEnd::Outcome::not_reached;
      break;
    case Outcome::later:
      end.outcome = AttemptEnd::Outcome::failed;
      if (const auto pause = pause_after(attempts)) {
        end.outcome = AttemptEnd::Outcome::again;
        end.retry_at = now + std::chrono::seconds{*pause}.count();
      }
      break;
  }
  return end;
}

}  // namespace

std::optional<minutes> pause_after(int attempts) {
  const auto at = static_cast<std::size_t>(std::max(attempts, 1) - 1);
  if (at >= pauses.size()) return std::nullopt;
  return pauses.at(at);
}

Sender::Sender(const SenderPlan& plan, Outbox& outbox, Reader& reader, Now now, Working working)
    : plan_{plan},
      outbox_{outbox},
      reader_{reader},
      now_{std::move(now)},
      working_{working ? std::move(working) : [](std::chrono::milliseconds) {}} {}

const DigestPlan* Sender::plan_of(const Recipient& to) const {
  for (const DigestPlan& digest : plan_.digests) {
    if (digest.name != to.digest) continue;
    for (const Recipient& each : digest.to) {
      if (each.channel == to.channel && each.address == to.address) return &digest;
    }
  }
  return nullptr;
}

Channel* Sender::channel_of(const Recipient& to) const {
  const auto found = plan_.channels.find(to.channel);
  return found == plan_.channels.end() ? nullptr : found->second;
}

// Whether the schedule says that it is time; sees to it that a digest which is new, or has another
// schedule than before, counts from now on.
bool Sender::is_due(const DigestPlan& digest) {
  if (!digest.schedule) return false;
  if (digest.schedule->is_at_once())
    return std::ranges::any_of(digest.to, [&](const Recipient& to) { return outbox_.has_new(to); });
  const Timestamp now = now_();
  const auto last = outbox_.last_run(digest.name);
  if (!last || last->schedule != digest.schedule_text) {
    outbox_.save_run(digest.name, {digest.schedule_text, now});
    return false;
  }
  const Timestamp next = digest.schedule->next_after(last->at, plan_.zone);
  if (next <= now) return true;
  // Planned for later than the second time from now: by a clock that was ahead.
  const Timestamp soon = digest.schedule->next_after(now, plan_.zone);
  if (next > digest.schedule->next_after(soon, plan_.zone))
    outbox_.save_run(digest.name, {digest.schedule_text, now});
  return false;
}

// What waits for the readers of a digest is put into messages, and its run is over, in one
// transaction: however often this is repeated, nothing is sent twice.
void Sender::make_messages(const DigestPlan& digest, SendReport& report,
                           const std::stop_token& stop) {
  const Timestamp now = now_();
  const bool at_once = digest.schedule && digest.schedule->is_at_once();
  std::vector<Recipient> without;
  outbox_.together([&] {
    without.clear();
    for (const Recipient& to : digest.to) {
      outbox_.drop_muted(to, digest.mutes);
      if (outbox_.make_messages(to, plan_.host, at_once, now) == 0) without.push_back(to);
    }
    outbox_.save_run(digest.name, {digest.schedule_text, now});
  });
  if (!digest.sends_when_empty || at_once) return;
  for (const Recipient& to : without) {
    // What is in a message that waits for another try is on its way, and no reason to say nothing.
    if (reader_.alerts_for(to, digest.mutes).empty()) send_empty(digest, to, report, stop);
  }
}

OutgoingDigest Sender::compose(const DigestPlan& digest, const OutboxMessage& message) {
  DigestScope scope;
  scope.alerts = message.alerts;
  OutgoingDigest outgoing;
  outgoing.digest = compose_digest(reader_, scope);
  outgoing.name = digest.name;
  outgoing.recipient = message.to.address;
  outgoing.message_id = message.id;
  outgoing.made_at = message.made_at;
  outgoing.thread = message.thread;
  outgoing.watch = outgoing.digest.watch;
  outgoing.story = message.story;
  outgoing.max_bytes = digest.max_bytes;
  return outgoing;
}

SentMessage Sender::send_one(const DigestPlan& digest, const OutboxMessage& message,
                             Channel& channel, const std::stop_token& stop) {
  working_(composing);
  const OutgoingDigest outgoing = compose(digest, message);
  working_(channel.time_limit());
  SentMessage sent{
      message.to, message.alerts.size(), message.attempts, channel.send(outgoing, stop), {}};
  working_(composing);
  return sent;
}

// A digest without alerts has no rows that could be tried again: its next time comes anyway.
void Sender::send_empty(const DigestPlan& digest, const Recipient& to, SendReport& report,
                        const std::stop_token& stop) {
  Channel* const channel = channel_of(to);
  if (channel == nullptr || stop.stop_requested()) return;
  OutboxMessage message;
  message.made_at = now_();
  message.to = to;
  message.id = Outbox::id_without_alerts(to, plan_.host, message.made_at);
  report.push_back(send_one(digest, message, *channel, stop));
}

bool Sender::rests(const std::string& server) {
  const auto rest = resting_.find(server);
  if (rest == resting_.end()) return false;
  const std::int64_t left = rest->second.until - now_();
  return left > 0 && left <= std::chrono::seconds{longest_rest}.count();
}

// Tries the messages whose time has come, of one digest or of all.
void Sender::send_open(const DigestPlan* only, bool any_time, SendReport& report,
                       const std::stop_token& stop) {
  for (const MessagePlace& place : outbox_.messages_due(now_(), any_time)) {
    if (stop.stop_requested()) return;
    const DigestPlan* const digest = plan_of(place.to);
    Channel* const channel = channel_of(place.to);
    if (digest == nullptr || channel == nullptr || (only != nullptr && digest != only)) continue;
    const std::string server =
        place.to.channel + (channel->is_shared() ? "" : " " + place.to.address);
    if (rests(server)) continue;
    const auto message = outbox_.begin(place);
    if (!message) continue;
    SentMessage sent = send_one(*digest, *message, *channel, stop);
    AttemptEnd end = end_of(sent.result, message->attempts, now_());
    if (sent.result.outcome == Outcome::not_reached) {
      Rest& rest = resting_[server];
      const minutes pause = std::min(first_rest * (1 << std::min(rest.times++, 6)), longest_rest);
      end.retry_at = rest.until = now_() + std::chrono::seconds{pause}.count();
    } else {
      resting_.erase(server);
    }
    outbox_.end(*message, end, now_());
    if (end.outcome == AttemptEnd::Outcome::failed) sent.result.outcome = Outcome::never;
    sent.retry_at = end.retry_at;
    report.push_back(std::move(sent));
  }
}

SendReport Sender::send_due(const std::stop_token& stop) {
  SendReport report;
  outbox_.mend_plans(now_(), longest_plan);
  for (const DigestPlan& digest : plan_.digests) {
    if (is_due(digest)) make_messages(digest, report, stop);
  }
  send_open(nullptr, false, report, stop);
  return report;
}

SendReport Sender::send_now(const DigestPlan& digest, const std::stop_token& stop) {
  SendReport report;
  resting_.clear();
  make_messages(digest, report, stop);
  send_open(&digest, true, report, stop);
  return report;
}

std::optional<Timestamp> Sender::next_due() {
  const Timestamp now = now_();
  std::optional<Timestamp> next = outbox_.next_attempt(now);
  for (const DigestPlan& digest : plan_.digests) {
    if (!digest.schedule || digest.schedule->is_at_once()) continue;
    const Timestamp at = digest.schedule->next_after(now, plan_.zone);
    if (!next || at < *next) next = at;
  }
  return next;
}

}  // namespace stakeout
