#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// Equal words have equal hashes. Reckoned once for each word of a text (Token::hash), so that
// asking a table for it costs a glance. It is the last half of the word's XXH3: fingerprints that
// are stored rest on it, so it may not change.
using WordHash = std::uint32_t;

[[nodiscard]] WordHash hash_of_word(std::string_view word);

// The words of a data table, each with a value. Made for lookups that fail, which nearly all do:
// most words are told to be in no entry by one bit of a small field, the others by their hash.
template <class T>
class WordMap {
 public:
  // The value of a word; a new one, `T{}`, when the word is new.
  T& operator[](std::string_view word) {
    const WordHash hash = hash_of_word(word);
    if (const std::uint32_t known = entry_of(word, hash)) return entries_[known - 1].value;
    entries_.push_back({std::string{word}, T{}});
    if (entries_.size() * emptiness > slots_.size()) {
      rehash();
    } else {
      place(hash, entries_.size());
    }
    return entries_.back().value;
  }

  // `hash` is that of `word`. Null when the word is not in the table. The pointer holds until
  // another word is added.
  [[nodiscard]] const T* find(std::string_view word, WordHash hash) const {
    const std::uint32_t entry = entry_of(word, hash);
    return entry == 0 ? nullptr : &entries_[entry - 1].value;
  }
  [[nodiscard]] const T* find(std::string_view word) const {
    return find(word, hash_of_word(word));
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  static constexpr std::size_t emptiness = 2;  // slots for each word, at least
  static constexpr std::size_t fewest_slots = 16;
  static constexpr std::size_t bits_a_slot = 8;

  struct Entry {
    std::string word;
    T value;
  };
  struct Slot {
    WordHash hash = 0;
    std::uint32_t entry = 0;  // 1-based; 0: the slot is empty
  };

  // 1-based; 0: the word is not in the table.
  [[nodiscard]] std::uint32_t entry_of(std::string_view word, WordHash hash) const {
    if (slots_.empty() || !may_have(hash)) return 0;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.hash == hash && entries_[slot.entry - 1].word == word) return slot.entry;
    }
    return 0;
  }

  [[nodiscard]] bool may_have(WordHash hash) const {
    const std::size_t bit = hash & (slots_.size() * bits_a_slot - 1);
    return (hashes_[bit / 8] >> (bit % 8) & 1) != 0;
  }

  void place(WordHash hash, std::size_t entry) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].entry != 0) at = (at + 1) & mask;
    slots_[at] = {hash, static_cast<std::uint32_t>(entry)};
    const std::size_t bit = hash & (slots_.size() * bits_a_slot - 1);
    hashes_[bit / 8] = static_cast<std::uint8_t>(hashes_[bit / 8] | 1U << (bit % 8));
  }

  void rehash() {
    const std::size_t size = std::max(fewest_slots, slots_.size() * 2);
    slots_.assign(size, Slot{});
    hashes_.assign(size * bits_a_slot / 8, 0);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      place(hash_of_word(entries_[i].word), i + 1);
    }
  }

  std::vector<Entry> entries_;
  std::vector<Slot> slots_;           // a power of two
  std::vector<std::uint8_t> hashes_;  // a bit for each value of the hash's last bits: is there one?
};

}  // namespace stakeout
