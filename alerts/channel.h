#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "alerts/digest.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// A digest on its way to one reader.
struct OutgoingDigest {
  Digest digest;
  std::string name;        // of the digest, in the settings
  std::string recipient;   // an address, as the channel has them
  std::string message_id;  // the same at every attempt: "<d....@host>"
  Timestamp made_at;
  std::vector<std::string> thread;    // the ids of those before it about the same story
  std::string watch;                  // the one vendor or agency that it is about, or empty
  std::optional<std::int64_t> story;  // the one story that it is about
  std::size_t max_bytes = 0;          // of the message; what does not fit is counted
};

// How an attempt to send ended.
struct SendResult {
  enum class Outcome {
    done,         // somebody else answers for it now
    later,        // not now: it is tried again
    never,        // refused for good
    not_reached,  // nobody is there who could take any message: it is tried again, uncounted
  };
  Outcome outcome = Outcome::done;
  std::string why{};              // a sentence for a person, unless it is done
  bool may_have_arrived = false;  // all was handed over, and no answer came
};

// A way to a reader: mail, and whatever else there will be. Everything that goes to readers goes
// through the Sender, which keeps the outbox, and one of these, which knows nothing of it.
class Channel {
 public:
  virtual ~Channel() = default;

  // Hands one digest over. Takes no longer than time_limit(), and ends soon when `stop` is
  // requested. Bad luck of any kind is a result, and no exception. One thread at a time.
  [[nodiscard]] virtual SendResult send(const OutgoingDigest& digest,
                                        const std::stop_token& stop) = 0;

  [[nodiscard]] virtual std::chrono::milliseconds time_limit() const = 0;

  // Whether all recipients are reached by one server: when nobody is there, all of them wait.
  [[nodiscard]] virtual bool is_shared() const { return true; }
};

}  // namespace stakeout
