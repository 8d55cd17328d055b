#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>

#include <xxhash.h>

#include "extractors/values/free_with.h"

// 64-bit hashes of texts, for the sources of this folder. They are stored: changing how they are
// made makes every entry look changed once.

namespace stakeout {

// Takes texts in one after the other; where one ends counts.
class TextHash {
 public:
  TextHash() : state_{XXH3_createState()} { XXH3_64bits_reset(state_.get()); }

  void add(std::string_view text) {
    XXH3_64bits_update(state_.get(), text.data(), text.size());
    XXH3_64bits_update(state_.get(), "", 1);  // a zero byte, which no text holds
  }
  [[nodiscard]] std::int64_t value() const {
    return std::bit_cast<std::int64_t>(XXH3_64bits_digest(state_.get()));
  }

 private:
  std::unique_ptr<XXH3_state_t, FreeWith<XXH3_freeState>> state_;
};

// nullopt when all of them are empty.
[[nodiscard]] inline std::optional<std::int64_t> hash_of(
    std::initializer_list<std::string_view> texts) {
  TextHash hash;
  bool is_empty = true;
  for (const std::string_view text : texts) {
    hash.add(text);
    is_empty = is_empty && text.empty();
  }
  if (is_empty) return std::nullopt;
  return hash.value();
}

}  // namespace stakeout
