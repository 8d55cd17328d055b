#pragma once

#include <functional>
#include <string>

#include "alerts/channel.h"

namespace stakeout {

// A digest as one JSON object: id, digest, made_at, sent_at, subject, period, alerts, watch, story,
// sections (heading, groups (name, lines (text, facts, quote, why, source, url, story))), more.
// What a digest does not have is null. As many lines as fit into max_bytes.
[[nodiscard]] std::string webhook_body(const OutgoingDigest& digest, Timestamp sent_at);

// "sha256=..." in lower-case hex: HMAC-SHA-256 (RFC 2104) of the body.
[[nodiscard]] std::string signature_of(const std::string& body, const std::string& secret);

// Posts digests to addresses of the web, with these headers:
//
//     Content-Type: application/json
//     Idempotency-Key: the message's id, the same at every attempt
//     X-Stakeout-Timestamp: seconds since 1970, the same time as `sent_at` in the body
//     X-Stakeout-Signature: signature_of() the body; only with a secret
//
// A receiver that checks the signature and refuses an old `sent_at` takes no body twice.
class WebhookChannel final : public Channel {
 public:
  using Now = std::function<Timestamp()>;

  // An empty secret signs nothing.
  WebhookChannel(std::string secret, Now now, std::chrono::milliseconds time_limit);

  SendResult send(const OutgoingDigest& digest, const std::stop_token& stop) override;
  [[nodiscard]] std::chrono::milliseconds time_limit() const override { return time_limit_; }
  [[nodiscard]] bool is_shared() const override { return false; }

 private:
  std::string secret_;
  Now now_;
  std::chrono::milliseconds time_limit_;
};

}  // namespace stakeout
