#include "storage/story_keys.h"

#include <algorithm>
#include <cstdlib>

#include <sqlite3.h>

namespace stakeout {
namespace {

// So many keys are added between the moves of two parts: of 64 parts some hundred thousand wait.
constexpr std::int64_t keys_between = 4'096;

constexpr std::size_t number_bytes = 8;

// The latest articles that a key keeps. A row of them fits on a page.
constexpr std::int64_t most_articles = 256;

// Postings: the article's id above 24 bits for its day. They count from a day long past; 0 stands
// for no day.
constexpr unsigned day_bits = 24;
constexpr std::int64_t first_day = -(std::int64_t{1} << (day_bits - 1));

std::uint64_t posting_of(std::int64_t article_id, std::optional<std::int32_t> day) {
  const std::int64_t days = day ? *day - first_day : 0;
  return static_cast<std::uint64_t>(article_id) << day_bits | static_cast<std::uint64_t>(days);
}

std::int64_t article_of(std::uint64_t posting) {
  return static_cast<std::int64_t>(posting >> day_bits);
}

std::optional<std::int64_t> day_of(std::uint64_t posting) {
  const auto days = static_cast<std::int64_t>(posting & ((1U << day_bits) - 1));
  return days == 0 ? std::nullopt : std::optional{days + first_day};
}

bool is_asked_for(std::uint64_t posting, const StoryQuery& query) {
  if (article_of(posting) == query.article_id) return false;
  const auto day = day_of(posting);
  return !day || !query.marks.day || std::abs(*day - *query.marks.day) <= query.window_days;
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (std::size_t i = 0; i < number_bytes; ++i, number >>= 8U) {
    bytes += static_cast<char>(number & 0xFF);
  }
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return number;
}

template <class Use>
void each_number(std::string_view bytes, const Use& use) {
  for (std::size_t at = 0; at + number_bytes <= bytes.size(); at += number_bytes) {
    use(number_at(bytes, at));
  }
}

// From the last number to the first, until is_enough().
template <class Use, class IsEnough>
void each_number_from_behind(std::string_view bytes, const Use& use, const IsEnough& is_enough) {
  for (std::size_t end = bytes.size(); end >= number_bytes && !is_enough(); end -= number_bytes) {
    use(number_at(bytes, end - number_bytes));
  }
}

// The last step by which the part was moved, of `steps` so far; 0 or less: it never was.
std::int64_t last_step(std::int64_t steps, std::size_t part, std::size_t parts) {
  const auto all = static_cast<std::int64_t>(parts);
  const std::int64_t since = ((steps - static_cast<std::int64_t>(part)) % all + all) % all;
  return steps - since;
}

void forget_stored(Connection& connection, std::uint64_t key, std::int64_t article_id) {
  std::string kept;
  {
    Query q{connection, "SELECT articles FROM story_keys WHERE key = ?", as_signed(key)};
    if (!q.next()) return;
    each_number(q.bytes(0), [&](std::uint64_t posting) {
      if (article_of(posting) != article_id) append_number(kept, posting);
    });
  }
  if (kept.empty()) {
    run(connection, "DELETE FROM story_keys WHERE key = ?", as_signed(key));
  } else {
    run(connection, "UPDATE story_keys SET articles = ?2 WHERE key = ?1", as_signed(key),
        Blob{kept});
  }
}

}  // namespace

extern "C" void stakeout_mark_stale(void* is_stale) {
  *static_cast<bool*>(is_stale) = true;
}

StoryKeys::StoryKeys(Connection& connection) : connection_{connection} {
  sqlite3_rollback_hook(connection_.database().getHandle(), stakeout_mark_stale, &is_stale_);
}

StoryKeys::~StoryKeys() {
  sqlite3_rollback_hook(connection_.database().getHandle(), nullptr, nullptr);
}

std::vector<std::int64_t> StoryKeys::sharers(const StoryQuery& query) {
  refresh();
  std::vector<std::int64_t> articles;
  for (const std::uint64_t key : query.marks.keys) {
    const std::size_t before = articles.size();
    const auto is_common = [&] { return articles.size() - before > query.key_limit; };
    const auto take = [&](std::uint64_t posting) {
      if (is_asked_for(posting, query)) articles.push_back(article_of(posting));
    };
    waiting_[part_of(key)].each(key, take, is_common);
    if (!is_common()) {
      Query q{connection_, "SELECT articles FROM story_keys WHERE key = ?", as_signed(key)};
      if (q.next()) each_number_from_behind(q.bytes(0), take, is_common);
    }
    // A key of too many says nothing.
    if (is_common()) articles.resize(before);
  }
  return articles;
}

void StoryKeys::replace(std::int64_t article_id, const StoryMarks& marks) {
  refresh();
  forget(article_id);
  if (!marks.keys.empty()) add(article_id, marks);
}

void StoryKeys::refresh() {
  const auto version = find_integer(connection_, "PRAGMA data_version").value_or(0);
  if (!is_stale_ && version == data_version_) return;
  load();
  data_version_ = version;
  is_stale_ = false;
}

void StoryKeys::load() {
  for (WaitingKeys& part : waiting_) part.clear();
  position_ = find_integer(connection_, "SELECT max(position) FROM story_keys_due").value_or(0);
  std::array<std::int64_t, std::tuple_size_v<decltype(waiting_)>> moved{};  // up to this position
  for (std::size_t part = 0; part < moved.size(); ++part) {
    moved[part] = last_step(position_ / keys_between, part, moved.size()) * keys_between;
  }
  Query q{connection_,
          "SELECT d.position, d.article_id, m.day, m.keys FROM story_keys_due d "
          "JOIN story_marks m ON m.article_id = d.article_id"};
  while (q.next()) {
    const std::int64_t position = q.integer(0);
    const auto day =
        q.is_null(2) ? std::nullopt : std::optional{static_cast<std::int32_t>(q.integer(2))};
    const std::uint64_t posting = posting_of(q.integer(1), day);
    each_number(q.bytes(3), [&](std::uint64_t key) {
      if (position >= moved[part_of(key)]) waiting_[part_of(key)].add(key, posting);
    });
  }
}

// An article's position is that of its last key. What comes before a step's position is moved by
// it, so that the positions tell which keys of an article wait.
void StoryKeys::add(std::int64_t article_id, const StoryMarks& marks) {
  const std::int64_t steps = position_ / keys_between;
  position_ += static_cast<std::int64_t>(marks.keys.size());
  const auto parts = static_cast<std::int64_t>(waiting_.size());
  const std::int64_t new_steps = position_ / keys_between;
  for (std::int64_t step = steps + 1; step <= new_steps; ++step) {
    move(waiting_[static_cast<std::size_t>(step % parts)]);
  }
  if (new_steps > steps) {
    run(connection_, "DELETE FROM story_keys_due WHERE position < ?",
        (new_steps - parts + 1) * keys_between);
  }
  run(connection_,
      "INSERT INTO story_keys_due VALUES (?, ?) "
      "ON CONFLICT (article_id) DO UPDATE SET position = excluded.position",
      position_, article_id);
  const std::uint64_t posting = posting_of(article_id, marks.day);
  for (const std::uint64_t key : marks.keys) waiting_[part_of(key)].add(key, posting);
}

void StoryKeys::forget(std::int64_t article_id) {
  std::string keys;
  {
    Query q{connection_, "SELECT keys FROM story_marks WHERE article_id = ?", article_id};
    if (q.next()) keys = q.bytes(0);
  }
  each_number(keys, [&](std::uint64_t key) {
    const bool has_waited = waiting_[part_of(key)].take_out(
        key, [&](std::uint64_t posting) { return article_of(posting) == article_id; });
    if (!has_waited) forget_stored(connection_, key, article_id);
  });
}

void StoryKeys::move(WaitingKeys& part) {
  const std::vector<WaitingKeys::Entry> sorted = part.sorted();
  std::string articles;
  for (auto entry = sorted.begin(); entry != sorted.end();) {
    const std::uint64_t key = entry->key;
    articles.clear();
    for (; entry != sorted.end() && entry->key == key; ++entry) {
      append_number(articles, entry->number);
    }
    run(connection_,
        "INSERT INTO story_keys VALUES (?1, substr(?2, -?3)) ON CONFLICT (key) DO UPDATE "
        "SET articles = substr(CAST(articles || excluded.articles AS BLOB), -?3)",
        as_signed(key), Blob{articles}, most_articles * std::int64_t{number_bytes});
  }
  part.clear();
}

std::string key_bytes(const std::vector<std::uint64_t>& keys) {
  std::string bytes;
  bytes.reserve(keys.size() * number_bytes);
  for (const std::uint64_t key : keys) append_number(bytes, key);
  return bytes;
}

}  // namespace stakeout
