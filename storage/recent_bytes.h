#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace stakeout {

// A bounded memory of byte strings by number. When they take more than so many bytes, the oldest
// are forgotten, but for those that were asked for since their turn came last.
class RecentBytes {
 public:
  explicit RecentBytes(std::size_t most_bytes) : most_bytes_{most_bytes} {}

  // What was put under the number; nullptr when it is not remembered. Valid until the next put().
  [[nodiscard]] const std::string* find(std::int64_t number) {
    const auto found = entries_.find(number);
    if (found == entries_.end()) return nullptr;
    found->second.was_asked_for = true;
    return &found->second.bytes;
  }

  // Remembers it in the place of what was put under the number before. Returns what find() does,
  // however long it is.
  const std::string& put(std::int64_t number, std::string bytes) {
    forget(number);
    bytes_ += cost_of(bytes);
    while (bytes_ > most_bytes_ && !turns_.empty()) forget_one();
    turns_.push_back(number);
    Entry& entry = entries_[number];
    entry = {std::move(bytes), std::prev(turns_.end()), false};
    return entry.bytes;
  }

  void forget(std::int64_t number) {
    const auto found = entries_.find(number);
    if (found == entries_.end()) return;
    bytes_ -= cost_of(found->second.bytes);
    turns_.erase(found->second.turn);
    entries_.erase(found);
  }

  void clear() {
    entries_.clear();
    turns_.clear();
    bytes_ = 0;
  }

 private:
  struct Entry {
    std::string bytes;
    std::list<std::int64_t>::iterator turn;
    bool was_asked_for = false;  // since its last turn
  };

  // With the nodes of table and list, roughly.
  static std::size_t cost_of(const std::string& bytes) { return bytes.size() + 128; }

  // Those that were asked for have another turn; none has two without being asked for.
  void forget_one() {
    while (std::exchange(entries_.at(turns_.front()).was_asked_for, false)) {
      turns_.splice(turns_.end(), turns_, turns_.begin());
    }
    forget(turns_.front());
  }

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::list<std::int64_t> turns_;  // numbers; the next one to be forgotten in front
  std::unordered_map<std::int64_t, Entry> entries_;
};

}  // namespace stakeout
