#pragma once

#include <span>
#include <string_view>

#include "app/config_values.h"
#include "app/settings.h"

// Every key of the settings, so that files, environment variables, `config show` and the check for
// unknown keys go by one list.

namespace stakeout {

// A key that stands once: alone, or in its [section].
struct KnownKey {
  std::string_view key;
  Kind kind;
  std::string_view default_value;  // as it would stand in the environment; lists parted by blanks
  void (*set)(Settings& settings, const Value& value);
};

// A key of [[digest]].
struct DigestKey {
  std::string_view key;
  Kind kind;
  void (*set)(DigestSettings& digest, const Value& value);
};

// A key of [[feed]].
struct FeedKey {
  std::string_view key;
  Kind kind;
  void (*set)(FeedSettings& feed, const Value& value);
};

// In the order of the documentation.
[[nodiscard]] std::span<const KnownKey> known_keys();
[[nodiscard]] std::span<const DigestKey> digest_keys();
[[nodiscard]] std::span<const FeedKey> feed_keys();

}  // namespace stakeout
