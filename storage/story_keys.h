#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "storage/connection.h"
#include "storage/key_generations.h"
#include "storage/records.h"
#include "storage/waiting_keys.h"

namespace stakeout {

// Which articles have a story key: what story_marks.keys says, the other way round.
//
// Keys are hashes, so an article's keys fall on as many pages of story_keys as it has keys. Those
// of the latest articles therefore wait in memory, and move to the table
// (storage/key_generations.h) in the order of the keys: one part in 64 of the range of keys after
// every few thousand keys, each part in turn. What waits is a bounded copy: story_keys_due says
// which articles it is of, and story_marks their keys, so that it can be read again: see
// storage/story_index.h for when it is.
//
// Called within a transaction, as everything here.
class StoryKeys {
 public:
  // The connection outlives it.
  explicit StoryKeys(Connection& connection) : connection_{connection}, moved_{connection} {}

  // Reads what waits; what else is remembered of the tables holds no longer. Call it first.
  void refresh();

  // The other articles within the window, each as often as it has one of the keys; in no order.
  [[nodiscard]] std::vector<std::int64_t> sharers(const StoryQuery& query);

  // Gives an article its keys, in the place of those that story_marks has for it. Call it before
  // story_marks is written; its answer is for story_marks.position.
  [[nodiscard]] std::int64_t replace(std::int64_t article_id, const StoryMarks& marks);

 private:
  void add(std::int64_t article_id, const StoryMarks& marks);
  void forget(std::int64_t article_id);

  Connection& connection_;
  // By parts. The numbers are those of StoryPosting.
  std::array<WaitingKeys, KeyGenerations::parts> waiting_;
  KeyGenerations moved_;
  std::int64_t position_ = 0;  // how many keys were ever added
};

// A key or hash as SQLite keeps it: its integers have a sign.
[[nodiscard]] constexpr std::int64_t as_signed(std::uint64_t value) {
  return std::bit_cast<std::int64_t>(value);
}

// Keys as the bytes that story_marks.keys holds: 8 each, little-endian.
[[nodiscard]] std::string key_bytes(const std::vector<std::uint64_t>& keys);

}  // namespace stakeout
