#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace stakeout {

// Numbers by their key, each key any number of times. Made for some thousand keys that are hashes:
// a flat table of chains, since what it is asked for is seldom there. A key of many numbers has
// them in a chain of their own, so that it does not lengthen the way to its neighbours. A bit for
// each of some thousand hashes says of most keys that they are not there, without a way through
// memory that no cache of the processor holds.
class WaitingKeys {
 public:
  struct Entry {
    std::uint64_t key = 0;
    std::uint64_t number = 0;
  };

  void add(std::uint64_t key, std::uint64_t number) {
    std::uint32_t at = find(key);
    bits_[bit_of(key) / 64] |= std::uint64_t{1} << bit_of(key) % 64;
    if (at == 0) {
      std::uint32_t& first = chains_[chain_of(key)];
      keys_.push_back({key, first, 0});
      at = first = static_cast<std::uint32_t>(keys_.size());
    }
    std::uint32_t& first = keys_[at - 1].first_number;
    numbers_.push_back({number, first});
    first = static_cast<std::uint32_t>(numbers_.size());
  }

  // Calls use(number) for the numbers of the key, the latest first, until is_enough().
  template <class Use, class IsEnough>
  void each(std::uint64_t key, const Use& use, const IsEnough& is_enough) const {
    const std::uint32_t found = find(key);
    if (found == 0) return;
    for (std::uint32_t at = keys_[found - 1].first_number; at != 0 && !is_enough();) {
      use(numbers_[at - 1].number);
      at = numbers_[at - 1].next;
    }
  }

  // Takes out the first number of the key for which is_it(number); whether there was one.
  template <class Is>
  bool take_out(std::uint64_t key, const Is& is_it) {
    const std::uint32_t found = find(key);
    if (found == 0) return false;
    std::uint32_t* at = &keys_[found - 1].first_number;
    for (; *at != 0; at = &numbers_[*at - 1].next) {
      if (!is_it(numbers_[*at - 1].number)) continue;
      *at = numbers_[*at - 1].next;
      return true;
    }
    return false;
  }

  // Everything, by key and then by number.
  [[nodiscard]] std::vector<Entry> sorted() const {
    std::vector<Entry> all;
    all.reserve(numbers_.size());
    for (const Key& key : keys_) {
      for (std::uint32_t at = key.first_number; at != 0; at = numbers_[at - 1].next) {
        all.push_back({key.key, numbers_[at - 1].number});
      }
    }
    std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
      return std::pair{a.key, a.number} < std::pair{b.key, b.number};
    });
    return all;
  }

  void clear() {
    keys_.clear();
    numbers_.clear();
    chains_.fill(0);
    bits_.fill(0);
  }

 private:
  // Places are 1-based; 0: none. What was taken out stays until clear(), in no chain.
  struct Key {
    std::uint64_t key = 0;
    std::uint32_t next = 0;  // in its chain
    std::uint32_t first_number = 0;
  };
  struct Number {
    std::uint64_t number = 0;
    std::uint32_t next = 0;  // of its key
  };

  static constexpr std::size_t chain_count = 2'048;

  static constexpr std::size_t bit_count = 32'768;

  static std::size_t chain_of(std::uint64_t key) { return key % chain_count; }
  static std::size_t bit_of(std::uint64_t key) { return (key >> 11U) % bit_count; }

  // The place of a key.
  [[nodiscard]] std::uint32_t find(std::uint64_t key) const {
    if ((bits_[bit_of(key) / 64] >> bit_of(key) % 64 & 1U) == 0) return 0;
    std::uint32_t at = chains_[chain_of(key)];
    while (at != 0 && keys_[at - 1].key != key) at = keys_[at - 1].next;
    return at;
  }

  std::vector<Key> keys_;
  std::vector<Number> numbers_;
  std::array<std::uint32_t, chain_count> chains_{};  // the first key of each
  std::array<std::uint64_t, bit_count / 64> bits_{};
};

}  // namespace stakeout
