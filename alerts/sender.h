#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "alerts/channel.h"
#include "alerts/schedule.h"
#include "storage/outbox.h"
#include "storage/reader.h"

namespace stakeout {

// One digest of the settings, as far as its sending goes.
struct DigestPlan {
  std::string name;
  std::string schedule_text;
  std::optional<Schedule> schedule;  // nullopt: it goes out only when a person says so
  bool sends_when_empty = false;
  std::size_t max_bytes = 0;
  std::vector<Recipient> to;
  Mutes mutes{};
};

// What a Sender goes by.
struct SenderPlan {
  std::vector<DigestPlan> digests;
  std::map<std::string, Channel*> channels;  // by their names in Recipient; borrowed
  std::string host;                          // in the ids of messages
  std::string zone;                          // of schedules that name none
};

// What became of one message.
struct SentMessage {
  Recipient to;
  std::size_t alerts = 0;
  int attempts = 0;  // with this one
  SendResult result;
  std::optional<Timestamp> retry_at;  // of one that is tried again
};

using SendReport = std::vector<SentMessage>;

// Makes messages of what waits in the outbox, when their time has come, and sends them.
//
// A message is `sending` in the database before anything of it is sent, and `sent` only when
// somebody else answers for it. After a crash in between it goes out again under the same id: at
// most once more for each crash, and never not at all. For one thread at a time, which has the
// SendLock.
class Sender {
 public:
  // The time of day, asked anew for each message.
  using Now = std::function<Timestamp()>;
  // Called when something of this length begins, for those who watch over the thread.
  using Working = std::function<void(std::chrono::milliseconds at_most)>;

  // All are borrowed. Outbox and reader are of the same database.
  Sender(const SenderPlan& plan, Outbox& outbox, Reader& reader, Now now, Working working = {});

  // Sends what is due: digests whose schedule says so, and what is to be tried again. A run that
  // was missed is made up once. When the clock turns out to have been ahead, what it put off comes
  // by the right one. Throws StorageError.
  SendReport send_due(const std::stop_token& stop);

  // Sends one digest now, whatever its schedule says and whatever waits for another try.
  SendReport send_now(const DigestPlan& digest, const std::stop_token& stop);

  // When something will be due; nullopt: nothing is planned.
  [[nodiscard]] std::optional<Timestamp> next_due();

  // Composes what goes to a reader of a digest. Throws StorageError.
  [[nodiscard]] OutgoingDigest compose(const DigestPlan& digest, const OutboxMessage& message);

 private:
  [[nodiscard]] bool is_due(const DigestPlan& digest);
  void make_messages(const DigestPlan& digest, SendReport& report, const std::stop_token& stop);
  void send_open(const DigestPlan* only, bool any_time, SendReport& report,
                 const std::stop_token& stop);
  void send_empty(const DigestPlan& digest, const Recipient& to, SendReport& report,
                  const std::stop_token& stop);
  [[nodiscard]] SentMessage send_one(const DigestPlan& digest, const OutboxMessage& message,
                                     Channel& channel, const std::stop_token& stop);
  [[nodiscard]] bool rests(const std::string& server);
  [[nodiscard]] const DigestPlan* plan_of(const Recipient& to) const;
  [[nodiscard]] Channel* channel_of(const Recipient& to) const;

  const SenderPlan& plan_;
  Outbox& outbox_;
  Reader& reader_;
  Now now_;
  Working working_;

  // A channel, or where its recipients have servers of their own one of them, that was not reached
  // is left alone, each time for longer.
  struct Rest {
    Timestamp until;
    int times = 0;
  };
  std::map<std::string, Rest> resting_;
};

// How long after its attempt of this number a message is tried again; nullopt: it has been tried
// for a day, and is given up.
[[nodiscard]] std::optional<std::chrono::minutes> pause_after(int attempts);

}  // namespace stakeout
