#include "storage/key_generations.h"

#include <algorithm>

namespace stakeout {
namespace {

constexpr std::size_t filters_in_memory = 16;
constexpr std::size_t row_bytes_in_memory = 16'000'000;
constexpr std::size_t filter_words = 8'192;  // of 64 bits, in each part

// So many of the latest generations are asked whatever the day, where a day is not known.
constexpr std::int64_t latest_generations = 4;

// The latest articles that a key keeps in a generation. A row of them fits on a page.
constexpr std::int64_t most_articles = 128;

// A generation knows the days of its articles by periods of 8 days; one is for those without.
constexpr std::int64_t no_period = INT32_MIN;

std::int64_t period_of(std::int64_t day) {
  return day >> 3;
}

std::int64_t period_of(const StoryPosting& posting) {
  return posting.day() ? period_of(*posting.day()) : no_period;
}

}  // namespace

KeyGenerations::KeyGenerations(Connection& connection)
    : connection_{connection}, rows_{row_bytes_in_memory} {}

std::size_t KeyGenerations::word_of(std::uint64_t key) {
  return (key >> 45U) % filter_words;
}

std::uint64_t KeyGenerations::bits_of(std::uint64_t key) {
  return std::uint64_t{1} << (key >> 40U) % 64 | std::uint64_t{1} << (key >> 34U) % 64 |
         std::uint64_t{1} << (key >> 28U) % 64;
}

void KeyGenerations::refresh() {
  filters_.clear();
  periods_.clear();
  rows_.clear();
  Query q{connection_, "SELECT generation, period FROM story_key_periods"};
  while (q.next()) periods_[q.integer(0)].insert(q.integer(1));
}

std::vector<std::int64_t> KeyGenerations::around(std::optional<std::int32_t> day, int days) const {
  std::vector<std::int64_t> generations;
  if (periods_.empty()) return generations;
  const std::int64_t latest = periods_.rbegin()->first;
  for (auto at = periods_.rbegin(); at != periods_.rend(); ++at) {
    const auto& [generation, periods] = *at;
    bool is_asked =
        latest - generation < latest_generations && (!day || periods.contains(no_period));
    if (day && !is_asked) {
      const auto period = periods.lower_bound(period_of(std::int64_t{*day} - days));
      is_asked = period != periods.end() && *period <= period_of(std::int64_t{*day} + days);
    }
    if (is_asked) generations.push_back(generation);
  }
  return generations;
}

KeyGenerations::Filter& KeyGenerations::filter_of(std::int64_t generation) {
  const auto [slot, is_new] = filters_.try_emplace(generation);
  slot->second.asked = ++asked_;
  if (!is_new) return slot->second;
  if (filters_.size() > filters_in_memory) {
    filters_.erase(std::min_element(
        filters_.begin(), filters_.end(),
        [](const auto& a, const auto& b) { return a.second.asked < b.second.asked; }));
  }
  Query q{connection_, "SELECT part, bits FROM story_key_filters WHERE generation = ?", generation};
  while (q.next()) slot->second.of_part.at(static_cast<std::size_t>(q.integer(0))) = q.bytes(1);
  return slot->second;
}

bool KeyGenerations::may_have(const Filter& filter, std::uint64_t key) {
  const PartFilter& part = filter.of_part[part_of(key)];
  if (part.empty()) return false;
  const std::uint64_t bits = bits_of(key);
  return (number_at(part, word_of(key) * number_bytes) & bits) == bits;
}

// Without a branch on what a filter says: each word of it is a miss of the processor's cache, and
// so it waits for several at once.
std::vector<KeyGenerations::Find> KeyGenerations::find_keys(
    const std::vector<std::int64_t>& generations, const std::vector<std::uint64_t>& keys) {
  std::vector<Find> found(generations.size() * keys.size());
  std::size_t count = 0;
  const std::size_t filtered = std::min(generations.size(), filters_in_memory);
  for (std::size_t g = 0; g < filtered; ++g) {
    const Filter& filter = filter_of(generations[g]);
    for (std::size_t k = 0; k < keys.size(); ++k) {
      found[count] = {k, g};
      count += may_have(filter, keys[k]) ? 1 : 0;
    }
  }
  for (std::size_t g = filtered; g < generations.size(); ++g) {
    for (std::size_t k = 0; k < keys.size(); ++k) found[count++] = {k, g};
  }
  found.resize(count);
  std::ranges::sort(found);
  return found;
}

const std::string* KeyGenerations::find(std::int64_t id) {
  if (const std::string* known = rows_.find(id)) return known;
  Query q{connection_, "SELECT articles FROM story_keys WHERE id = ?", id};
  return q.next() ? &rows_.put(id, q.text(0)) : nullptr;
}

void KeyGenerations::add(std::int64_t generation, std::size_t part,
                         const std::vector<WaitingKeys::Entry>& sorted) {
  if (sorted.empty()) return;
  PartFilter& filter = filter_of(generation).of_part[part];
  filter.resize(filter_words * number_bytes);
  std::string articles;
  for (auto entry = sorted.begin(); entry != sorted.end();) {
    const std::uint64_t key = entry->key;
    articles.clear();
    for (; entry != sorted.end() && entry->key == key; ++entry) {
      append_number(articles, entry->number);
    }
    run(connection_,
        "INSERT INTO story_keys VALUES (?1, substr(?2, -?3)) ON CONFLICT (id) DO UPDATE "
        "SET articles = substr(CAST(articles || excluded.articles AS BLOB), -?3)",
        id_of(generation, key), Blob{articles}, most_articles * std::int64_t{number_bytes});
    rows_.forget(id_of(generation, key));
    const std::size_t at = word_of(key) * number_bytes;
    std::string word;
    append_number(word, number_at(filter, at) | bits_of(key));
    filter.replace(at, number_bytes, word);
  }
  run(connection_, "INSERT OR REPLACE INTO story_key_filters VALUES (?, ?, ?)", generation, part,
      Blob{filter});
  add_periods(generation, sorted);
}

void KeyGenerations::add_periods(std::int64_t generation,
                                 const std::vector<WaitingKeys::Entry>& entries) {
  std::set<std::int64_t>& known = periods_[generation];
  for (const WaitingKeys::Entry& entry : entries) {
    const std::int64_t period = period_of(StoryPosting{entry.number});
    if (!known.insert(period).second) continue;
    run(connection_, "INSERT INTO story_key_periods VALUES (?, ?)", generation, period);
  }
}

void KeyGenerations::take_out(std::int64_t generation, std::uint64_t key, std::int64_t article_id) {
  if (!may_have(filter_of(generation), key)) return;
  const std::string* const articles = find(id_of(generation, key));
  if (articles == nullptr) return;
  std::string kept;
  each_number(*articles, [&](std::uint64_t number) {
    if (StoryPosting{number}.article_id() != article_id) append_number(kept, number);
  });
  rows_.forget(id_of(generation, key));
  if (kept.empty()) {
    run(connection_, "DELETE FROM story_keys WHERE id = ?", id_of(generation, key));
  } else {
    run(connection_, "UPDATE story_keys SET articles = ?2 WHERE id = ?1", id_of(generation, key),
        Blob{kept});
  }
}

}  // namespace stakeout
