#include <memory>
#include <stdexcept>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
namespace {

using namespace sample;

using Ids = std::vector<std::int64_t>;

// Keys all over the range: two that only this article has, one that all have, and others between
// them, ascending.
constexpr std::uint64_t common_key = 0x7777'7777'7777'7777;
constexpr std::size_t keys_each = 500;

std::vector<std::uint64_t> keys_of(std::uint64_t n) {
  std::vector<std::uint64_t> keys{common_key};
  for (std::uint64_t i = 1; i < keys_each; ++i) {
    keys.push_back((n * keys_each + i) * 0x9E37'79B9'7F4A'7C15);
  }
  std::ranges::sort(keys);
  return keys;
}

// Articles 1, 2, ... with the keys of their number. So many that all their keys have moved out of
// memory, and those of some articles in part.
struct KeyStore {
  static constexpr std::uint64_t count = 700;

  void save(std::uint64_t n, const std::string& text, std::vector<std::uint64_t> keys) {
    ArticleRecord record =
        article(add_page(*store, std::to_string(n)), text + std::to_string(n), "2024-10-07");
    record.marks = {"print", std::move(keys), 0, 0, static_cast<std::int32_t>(20'000 + n)};
    REQUIRE(store->save_article(record, monday).article_id == static_cast<std::int64_t>(n));
  }

  void save_all(std::uint64_t first, std::uint64_t last) {
    store->together([&] {
      for (std::uint64_t n = first; n <= last; ++n) save(n, "Text ", keys_of(n));
    });
  }

  void reopen() {
    store.reset();
    store = std::make_unique<Store>(file);
  }

  Ids found_by(std::vector<std::uint64_t> keys, std::size_t limit = 2) {
    StoryQuery query;
    query.marks.keys = std::move(keys);
    query.shared_keys = 1;
    query.key_limit = query.candidate_limit = limit;
    Ids ids;
    for (const auto& candidate : store->story_candidates(query))
      ids.push_back(candidate.article_id);
    return ids;
  }

  // Whether each of some articles is found by every key of its own, and found once.
  void check_found() {
    for (std::uint64_t n = 1; n <= count; n += 137) {
      CAPTURE(n);
      for (const std::uint64_t key : keys_of(n)) {
        if (key != common_key) CHECK(found_by({key}, 1) == Ids{static_cast<std::int64_t>(n)});
      }
    }
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "news.db";
  std::unique_ptr<Store> store = std::make_unique<Store>(file);
};

}  // namespace

TEST_CASE("an article is found by its keys however many came after it") {
  KeyStore s;
  s.save_all(1, s.count);
  s.check_found();
  // Of an early one all keys have moved, of a late one none; of one between them some.
  for (const std::uint64_t n : {std::uint64_t{1}, s.count - 250, s.count}) {
    CAPTURE(n);
    s.save(n, "Another text ", keys_of(n + s.count));
    CHECK(s.found_by(keys_of(n)).empty());
    CHECK(s.found_by(keys_of(n + s.count)) == Ids{static_cast<std::int64_t>(n)});
  }
}

TEST_CASE("keys that wait in memory are known again after a restart") {
  KeyStore s;
  for (std::uint64_t n = 1; n <= s.count; n += 100) {
    s.reopen();
    s.save_all(n, n + 99);
  }
  s.check_found();
  s.reopen();
  s.check_found();
}

TEST_CASE("keys of an article whose saving was undone are forgotten") {
  KeyStore s;
  s.save_all(1, 40);
  CHECK_THROWS_AS(s.store->together([&] {
    for (std::uint64_t n = 41; n <= 80; ++n) s.save(n, "Text ", keys_of(n));
    CHECK(s.found_by(keys_of(80)) == Ids{80});
    throw std::runtime_error{"no more"};
  }),
                  std::runtime_error);
  CHECK(s.found_by(keys_of(80)).empty());
  CHECK(s.found_by(keys_of(40)) == Ids{40});
  s.save_all(41, 300);
  for (std::int64_t n = 1; n <= 300; n += 20) {
    CAPTURE(n);
    CHECK(s.found_by(keys_of(static_cast<std::uint64_t>(n))) == Ids{n});
  }
}

TEST_CASE("an article that another connection saved is found by its keys") {
  KeyStore s;
  s.save_all(1, 3);
  CHECK(s.found_by(keys_of(4)).empty());
  {
    KeyStore other;
    other.file = s.file;
    other.reopen();
    other.save(4, "Text ", keys_of(4));
  }
  CHECK(s.found_by(keys_of(4)) == Ids{4});
  s.save(4, "Another text ", keys_of(5));
  CHECK(s.found_by(keys_of(4)).empty());
}

TEST_CASE("an article of another connection is not taken for one whose saving was undone") {
  KeyStore s;
  s.save_all(1, 3);
  CHECK_THROWS_AS(s.store->together([&] {
    s.save(4, "Text ", keys_of(4));
    throw std::runtime_error{"no more"};
  }),
                  std::runtime_error);
  {
    KeyStore other;
    other.file = s.file;
    other.reopen();
    other.save(4, "Another text ", keys_of(5));
  }
  CHECK(s.found_by(keys_of(4)).empty());
  CHECK(s.found_by(keys_of(5)) == Ids{4});
}

TEST_CASE("a key of too many articles in the window counts for nothing") {
  KeyStore s;
  s.save_all(1, 250);
  CHECK(s.found_by({common_key}, 120).empty());
  StoryQuery query;
  query.marks.keys = {common_key};
  query.marks.day = 20'250;
  query.window_days = 99;  // the latest hundred
  query.shared_keys = 1;
  query.candidate_limit = 1'000;
  query.key_limit = 99;
  CHECK(s.store->story_candidates(query).empty());
  query.key_limit = 100;
  CHECK(s.store->story_candidates(query).size() == 100);
}

}  // namespace stakeout
