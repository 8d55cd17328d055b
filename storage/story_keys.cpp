#include "storage/story_keys.h"

#include <algorithm>
#include <cstdlib>

namespace stakeout {
namespace {

// So many keys are added between the moves of two parts: of 64 parts some hundred thousand wait.
constexpr std::int64_t keys_between = 4'096;

// The table has another generation of keys after so many moves: two million keys.
constexpr std::int64_t moves_of_generation = 512;

bool is_asked_for(const StoryPosting& posting, const StoryQuery& query) {
  if (posting.article_id() == query.article_id) return false;
  const auto day = posting.day();
  return !day || !query.marks.day || std::abs(*day - *query.marks.day) <= query.window_days;
}

// The last step by which the part was moved, of `steps` so far; 0 or less: it never was.
std::int64_t last_step(std::int64_t steps, std::size_t part, std::size_t parts) {
  const auto all = static_cast<std::int64_t>(parts);
  const std::int64_t since = ((steps - static_cast<std::int64_t>(part)) % all + all) % all;
  return steps - since;
}

std::int64_t generation_of(std::int64_t step) {
  return step / moves_of_generation;
}

}  // namespace

std::vector<std::int64_t> StoryKeys::sharers(const StoryQuery& query) {
  const auto generations = moved_.around(query.marks.day, query.window_days);
  const auto found = moved_.find_keys(generations, query.marks.keys);
  auto next = found.begin();
  std::vector<std::int64_t> articles;
  for (std::size_t k = 0; k < query.marks.keys.size(); ++k) {
    const std::uint64_t key = query.marks.keys[k];
    const std::size_t before = articles.size();
    const auto is_common = [&] { return articles.size() - before > query.key_limit; };
    const auto take = [&](const StoryPosting& posting) {
      if (is_asked_for(posting, query)) articles.push_back(posting.article_id());
    };
    waiting_[KeyGenerations::part_of(key)].each(
        key, [&](std::uint64_t number) { take(StoryPosting{number}); }, is_common);
    for (; next != found.end() && next->key == k; ++next) {
      if (!is_common()) moved_.each(generations[next->generation], key, take, is_common);
    }
    // A key of too many says nothing.
    if (is_common()) articles.resize(before);
  }
  return articles;
}

std::int64_t StoryKeys::replace(std::int64_t article_id, const StoryMarks& marks) {
  forget(article_id);
  if (!marks.keys.empty()) add(article_id, marks);
  return position_;
}

void StoryKeys::refresh() {
  moved_.refresh();
  for (WaitingKeys& part : waiting_) part.clear();
  position_ = find_integer(connection_, "SELECT max(position) FROM story_keys_due").value_or(0);
  std::array<std::int64_t, KeyGenerations::parts> moved{};  // up to this position
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
    const StoryPosting posting{q.integer(1), day};
    each_number(q.bytes(3), [&](std::uint64_t key) {
      const std::size_t part = KeyGenerations::part_of(key);
      if (position >= moved[part]) waiting_[part].add(key, posting.number());
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
    const auto part = static_cast<std::size_t>(step % parts);
    moved_.add(generation_of(step), part, waiting_[part].sorted());
    waiting_[part].clear();
  }
  if (new_steps > steps) {
    run(connection_, "DELETE FROM story_keys_due WHERE position < ?",
        (new_steps - parts + 1) * keys_between);
  }
  run(connection_,
      "INSERT INTO story_keys_due VALUES (?, ?) "
      "ON CONFLICT (article_id) DO UPDATE SET position = excluded.position",
      position_, article_id);
  const StoryPosting posting{article_id, marks.day};
  for (const std::uint64_t key : marks.keys) {
    waiting_[KeyGenerations::part_of(key)].add(key, posting.number());
  }
}

void StoryKeys::forget(std::int64_t article_id) {
  std::string keys;
  std::int64_t position = 0;
  {
    Query q{connection_, "SELECT keys, position FROM story_marks WHERE article_id = ?", article_id};
    if (!q.next()) return;
    keys = q.bytes(0);
    position = q.integer(1);
  }
  // Each part has moved by one of the steps after the position.
  const std::int64_t first = generation_of(position / keys_between + 1);
  const std::int64_t last =
      generation_of(position / keys_between + static_cast<std::int64_t>(waiting_.size()));
  each_number(keys, [&](std::uint64_t key) {
    const bool has_waited = waiting_[KeyGenerations::part_of(key)].take_out(
        key, [&](std::uint64_t number) { return StoryPosting{number}.article_id() == article_id; });
    if (has_waited) return;
    for (std::int64_t generation = first; generation <= last; ++generation) {
      moved_.take_out(generation, key, article_id);
    }
  });
}

std::string key_bytes(const std::vector<std::uint64_t>& keys) {
  std::string bytes;
  bytes.reserve(keys.size() * number_bytes);
  for (const std::uint64_t key : keys) append_number(bytes, key);
  return bytes;
}

}  // namespace stakeout
