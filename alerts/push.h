#pragma once

#include <string>

#include "alerts/channel.h"
#include "alerts/web_post.h"

namespace stakeout {

// A digest as a short message for a phone, in the way of ntfy (https://docs.ntfy.sh/publish/): the
// first lines as text, and Title, Priority, Tags and Click (where the first line leads) as headers.
// What is not ASCII is an encoded word in the title (RFC 2047).
[[nodiscard]] WebPost push_of(const OutgoingDigest& digest);

// Pushes digests to addresses of the web, each that of a topic.
class PushChannel final : public Channel {
 public:
  // `token` goes into Authorization; empty: none.
  PushChannel(std::string token, std::chrono::milliseconds time_limit);

  SendResult send(const OutgoingDigest& digest, const std::stop_token& stop) override;
  [[nodiscard]] std::chrono::milliseconds time_limit() const override { return time_limit_; }
  [[nodiscard]] bool is_shared() const override { return false; }

 private:
  std::string token_;
  std::chrono::milliseconds time_limit_;
};

}  // namespace stakeout
