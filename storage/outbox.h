#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "extractors/values/timestamp.h"
#include "storage/database.h"
#include "storage/records.h"

namespace stakeout {

// A message that is to be sent.
struct MessagePlace {
  std::string id;
  Recipient to;
};

// A message of which an attempt has begun.
struct OutboxMessage {
  // The same at every attempt, and no other message's:
  // "<d.20241008T070003Z.0b1c2d3e4f5a6b7c@host>", of one about a story
  // "<s.912.20241008T070003Z.0b1c2d3e4f5a6b7c@host>".
  std::string id;
  Timestamp made_at;
  Recipient to;
  std::vector<std::int64_t> alerts;
  int attempts = 0;               // with this one
  bool may_have_arrived = false;  // an attempt before this one got no answer
  std::optional<std::int64_t> story{};
  std::vector<std::string> thread{};  // the messages about that story before this one, oldest first
};

// How an attempt ended.
struct AttemptEnd {
  enum class Outcome {
    sent,
    again,        // at `retry_at`
    failed,       // for good
    not_reached,  // at `retry_at`; nobody was there to take it, and the attempt does not count
  };
  Outcome outcome = Outcome::sent;
  std::string error{};  // a sentence for a person
  std::optional<Timestamp> retry_at{};
  bool may_have_arrived = false;  // of `again` and `not_reached`: all of it was handed over
};

// A run of a digest's schedule.
struct DigestRun {
  std::string schedule;  // as it was written at the time
  Timestamp at;
};

// What is on its way to whom: the deliveries that alerts made, the messages that they become part
// of, and when each digest went out last. A read-write connection of its own beside the Store's
// (docs/decisions/0005), whose transactions are short; for one thread. Who sends from a database
// keeps others from it (app/send_lock.h), so that what is found `sending` was left by a crash.
//
// Every method that changes something is one transaction. All throw StorageError.
class Outbox {
 public:
  // As for Store.
  explicit Outbox(const std::filesystem::path& file, std::stop_token stop = {});
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // Makes what `work` does one transaction.
  void together(const std::function<void()>& work);

  // ---- Runs
  [[nodiscard]] std::optional<DigestRun> last_run(const std::string& digest);
  void save_run(const std::string& digest, const DigestRun& run);

  // ---- Messages

  // Drops what waits for a recipient, is in no message yet and is muted by now. How many alerts.
  std::size_t drop_muted(const Recipient& to, const Mutes& mutes);
  // Makes a message of what waits for a recipient and is in none yet; by story, one for each, as
  // long as there are `most_stories` at most. `host` names the sender in the ids. How many there
  // are; 0: nothing waits.
  std::size_t make_messages(const Recipient& to, const std::string& host, bool by_story,
                            Timestamp now);
  // Whether something waits that is in no message yet.
  [[nodiscard]] bool has_new(const Recipient& to);
  // Messages to be tried by now, those that wait longest first; `any_time`: also those whose time
  // for another try has not come.
  [[nodiscard]] std::vector<MessagePlace> messages_due(Timestamp now, bool any_time = false);
  // When the next one is due of those that are not by now; nullopt: none.
  [[nodiscard]] std::optional<Timestamp> next_attempt(Timestamp now);

  // Tries that were put off for longer than any are, by a clock that was ahead, become due.
  void mend_plans(Timestamp now, std::chrono::seconds longest);

  // Begins an attempt, which counts from here on; to be called before anything is sent. nullopt:
  // everything in it was taken back meanwhile.
  [[nodiscard]] std::optional<OutboxMessage> begin(const MessagePlace& place);
  void end(const OutboxMessage& message, const AttemptEnd& end, Timestamp now);

  // What has failed is to be tried again from the beginning. How many alerts.
  std::size_t revive(const Recipient& to);

  // The id of a message that no alerts are in.
  [[nodiscard]] static std::string id_without_alerts(const Recipient& to, const std::string& host,
                                                     Timestamp now);

  static constexpr std::size_t most_stories = 10;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
