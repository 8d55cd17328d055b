#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace stakeout {

// Numbers by their key, each key any number of times. Made for some thousand keys that are hashes:
// a flat table of chains, since what it is asked for is seldom there.
class WaitingKeys {
 public:
  struct Entry {
    std::uint64_t key = 0;
    std::uint64_t number = 0;
  };

  void add(std::uint64_t key, std::uint64_t number) {
    std::uint32_t& first = chains_[chain_of(key)];
    links_.push_back({{key, number}, first});
    first = static_cast<std::uint32_t>(links_.size());
  }

  // Calls use(number) for each number of the key.
  template <class Use>
  void each(std::uint64_t key, const Use& use) const {
    for (std::uint32_t at = chains_[chain_of(key)]; at != 0; at = links_[at - 1].next) {
      if (links_[at - 1].entry.key == key) use(links_[at - 1].entry.number);
    }
  }

  // Takes out the first number of the key for which is_it(number); whether there was one.
  template <class Is>
  bool take_out(std::uint64_t key, const Is& is_it) {
    for (std::uint32_t* at = &chains_[chain_of(key)]; *at != 0; at = &links_[*at - 1].next) {
      Link& link = links_[*at - 1];
      if (link.entry.key != key || !is_it(link.entry.number)) continue;
      *at = link.next;
      return true;
    }
    return false;
  }

  // Everything, by key and then by number.
  [[nodiscard]] std::vector<Entry> sorted() const {
    std::vector<Entry> all;
    all.reserve(links_.size());
    for (std::uint32_t first : chains_) {
      for (; first != 0; first = links_[first - 1].next) all.push_back(links_[first - 1].entry);
    }
    std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
      return std::pair{a.key, a.number} < std::pair{b.key, b.number};
    });
    return all;
  }

  void clear() {
    links_.clear();
    chains_.fill(0);
  }

 private:
  // What was taken out stays until clear(), in no chain.
  struct Link {
    Entry entry;
    std::uint32_t next = 0;  // 1-based; 0: the last of its chain
  };

  static constexpr std::size_t chain_count = 2'048;

  static std::size_t chain_of(std::uint64_t key) { return key % chain_count; }

  std::vector<Link> links_;
  std::array<std::uint32_t, chain_count> chains_{};  // the first link of each, 1-based
};

}  // namespace stakeout
