#pragma once

#include <string>

#include "alerts/channel.h"

namespace stakeout {

// An Atom feed (RFC 4287) of a digest's messages with one more in front, the latest `most_messages`
// of them. `before` is the feed as this function made it last, or nothing. A message that is in it
// already takes the place of its earlier form. The ids are made of the message's own and stay.
[[nodiscard]] std::string atom_with(const std::string& before, const OutgoingDigest& digest);

inline constexpr std::size_t most_messages = 50;

// Whether these are the bytes of such a feed.
[[nodiscard]] bool is_our_atom(const std::string& bytes);

// Writes digests into files, each recipient being one: whole, by a new file in its place.
class AtomChannel final : public Channel {
 public:
  SendResult send(const OutgoingDigest& digest, const std::stop_token& stop) override;
  [[nodiscard]] std::chrono::milliseconds time_limit() const override;
  [[nodiscard]] bool is_shared() const override { return false; }
};

}  // namespace stakeout
