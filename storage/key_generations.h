#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/recent_bytes.h"
#include "storage/story_postings.h"
#include "storage/waiting_keys.h"

namespace stakeout {

// The story keys that have moved to the table, in generations of two million: some 37,000 articles.
//
// However many articles there are, keys are added to the latest generation, whose part of the table
// fits SQLite's cache, and are looked up in those only that have articles of the days in question:
// of a current article's, the few that were filled within the window. Each generation has a filter,
// 16 bits a key, by which what is not in it is known without a look: most keys of an article are
// those of no other. The filters that were asked last are in memory, 16 at most, of 4 MB each, and
// so are the rows that were read last, 16 MB of them: the keys that recur are mostly the same ones.
// Where there are articles of more generations within the window, the rows of the earliest of them
// are looked up without a filter.
//
// Called within a transaction, as everything here.
class KeyGenerations {
 public:
  static constexpr unsigned part_bits = 6;
  static constexpr std::size_t parts = std::size_t{1} << part_bits;

  // By the highest bits of the key.
  static std::size_t part_of(std::uint64_t key) { return key >> (64 - part_bits); }

  // The connection outlives it.
  explicit KeyGenerations(Connection& connection);

  // What is remembered of the tables holds no longer.
  void refresh();

  // The generations with articles that are at most so many days from the day, the latest first. Of
  // those without a day, and for an article without one, the latest four.
  [[nodiscard]] std::vector<std::int64_t> around(std::optional<std::int32_t> day, int days) const;

  // A key that a generation may have, by their places among those asked for.
  struct Find {
    std::size_t key = 0;
    std::size_t generation = 0;

    friend auto operator<=>(const Find&, const Find&) = default;
  };

  // Which of the keys each of the generations may have, by the filters; ascending.
  [[nodiscard]] std::vector<Find> find_keys(const std::vector<std::int64_t>& generations,
                                            const std::vector<std::uint64_t>& keys);

  // Calls use(StoryPosting) for the articles of the key, the latest first, until is_enough().
  template <class Use, class IsEnough>
  void each(std::int64_t generation, std::uint64_t key, const Use& use, const IsEnough& is_enough) {
    const std::string* const articles = find(id_of(generation, key));
    if (articles == nullptr) return;
    each_number_from_behind(
        *articles, [&](std::uint64_t number) { use(StoryPosting{number}); }, is_enough);
  }

  // Adds postings of one part, sorted by key. Of each key the latest 128 articles are kept: one of
  // so many says nothing.
  void add(std::int64_t generation, std::size_t part,
           const std::vector<WaitingKeys::Entry>& sorted);

  void take_out(std::int64_t generation, std::uint64_t key, std::int64_t article_id);

 private:
  // A bit for each of three hashes of a key, all in one word.
  using PartFilter = std::string;
  struct Filter {
    std::array<PartFilter, parts> of_part;  // empty: no key
    std::int64_t asked = 0;                 // when last
  };

  // Where a key stands in the table: the generation above 48 bits of the key.
  static std::int64_t id_of(std::int64_t generation, std::uint64_t key) {
    return generation << 48 | static_cast<std::int64_t>(key >> 16);
  }
  static std::size_t word_of(std::uint64_t key);
  static std::uint64_t bits_of(std::uint64_t key);

  static bool may_have(const Filter& filter, std::uint64_t key);
  Filter& filter_of(std::int64_t generation);
  // The articles in a row of the table.
  [[nodiscard]] const std::string* find(std::int64_t id);
  void add_periods(std::int64_t generation, const std::vector<WaitingKeys::Entry>& entries);

  Connection& connection_;
  std::map<std::int64_t, Filter> filters_;
  std::int64_t asked_ = 0;
  RecentBytes rows_;
  std::map<std::int64_t, std::set<std::int64_t>> periods_;  // of the articles of each generation
};

}  // namespace stakeout
