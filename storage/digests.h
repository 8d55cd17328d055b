#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/connection.h"
#include "storage/recent_bytes.h"
#include "storage/records.h"

namespace stakeout {

// What is made of the fingerprints in story_marks. A new article is held against the latest twenty
// of its site; what is needed of them is in memory, 32 MB of it: for some 1,000 sites.
//
// It is a copy: see storage/story_index.h for when it is forgotten.
class Digests {
 public:
  // The connection outlives it.
  explicit Digests(Connection& connection) : connection_{connection} {}

  // What is remembered holds no longer.
  void refresh() { recent_.clear(); }

  // What `digest` makes of an article's fingerprint; nullptr when it has none. Valid until the next
  // call of anything here.
  [[nodiscard]] const std::string* find(std::int64_t article_id, FingerprintDigest digest);

  // Call it when story_marks is written.
  void forget(std::int64_t article_id) { recent_.forget(article_id); }

 private:
  static constexpr std::size_t bytes_in_memory = 32'000'000;

  Connection& connection_;
  RecentBytes recent_{bytes_in_memory};
};

}  // namespace stakeout
