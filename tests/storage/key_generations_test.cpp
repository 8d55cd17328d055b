#include "storage/key_generations.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

using Numbers = std::vector<std::int64_t>;

// A key of the part, another one for each number.
constexpr std::uint64_t key_of(std::uint64_t part, std::uint64_t n) {
  return part << 58 | (n * 0x9E37'79B9'7F4A'7C15) >> 6;
}

struct Table {
  void add(std::int64_t generation, std::uint64_t key, std::int64_t article,
           std::optional<std::int32_t> day) {
    connection.write([&] {
      keys.add(generation, KeyGenerations::part_of(key),
               {{key, StoryPosting{article, day}.number()}});
    });
  }

  Numbers articles(std::int64_t generation, std::uint64_t key) {
    Numbers found;
    keys.each(
        generation, key,
        [&](const StoryPosting& posting) { found.push_back(posting.article_id()); },
        [] { return false; });
    return found;
  }

  TemporaryFolder folder;
  Connection connection{folder.file(), Connection::Mode::write};
  KeyGenerations keys{connection};
};

}  // namespace

TEST_CASE("a generation is asked when it has articles of the days in question") {
  Table table;
  for (std::int64_t generation = 0; generation < 20; ++generation) {
    table.add(generation, key_of(1, 1), generation, static_cast<std::int32_t>(generation * 100));
  }
  table.add(3, key_of(2, 1), 99, 1'000);  // a late one
  table.add(17, key_of(2, 1), 98, {});    // of no known day
  table.add(5, key_of(2, 1), 97, {});     // so long ago that its day is far off, whatever it is
  for (const bool is_read_again : {false, true}) {
    CAPTURE(is_read_again);
    if (is_read_again) table.keys.refresh();
    CHECK(table.keys.around(1'900, 45) == Numbers{19, 17});
    CHECK(table.keys.around(1'000, 45) == Numbers{17, 10, 3});
    CHECK(table.keys.around(1'050, 100) == Numbers{17, 11, 10, 3});
    CHECK(table.keys.around({}, 45) == Numbers{19, 18, 17, 16});
    CHECK(table.keys.around(-5'000, 45) == Numbers{17});
  }
}

TEST_CASE("keys are found in every generation, more than have their filters in memory") {
  Table table;
  constexpr std::int64_t generations = 40;
  for (std::int64_t generation = 0; generation < generations; ++generation) {
    for (std::uint64_t part = 0; part < KeyGenerations::parts; part += 9) {
      const auto n = static_cast<std::uint64_t>(generation);
      table.add(generation, key_of(part, n), generation + 1, 20'000);
      table.add(generation, key_of(part, 1'000), generation + 1, 20'000);
      table.add(generation, key_of(part, 1'000), generation + 100, 20'000);
    }
  }
  for (const bool is_read_again : {false, true}) {
    CAPTURE(is_read_again);
    if (is_read_again) table.keys.refresh();
    for (std::int64_t generation = 0; generation < generations; ++generation) {
      for (std::uint64_t part = 0; part < KeyGenerations::parts; part += 9) {
        const auto n = static_cast<std::uint64_t>(generation);
        CHECK(table.articles(generation, key_of(part, n)) == Numbers{generation + 1});
        CHECK(table.articles(generation, key_of(part, n + 1)).empty());
        CHECK(table.articles(generation, key_of(part, 1'000)) ==
              Numbers{generation + 100, generation + 1});
      }
    }
  }
}

TEST_CASE("an article is taken out of one generation and of one key") {
  Table table;
  for (std::int64_t generation = 0; generation < 2; ++generation) {
    for (std::uint64_t n = 0; n < 2; ++n) {
      table.add(generation, key_of(5, n), 1, 20'000);
      table.add(generation, key_of(5, n), 2, 20'000);
    }
  }
  table.keys.take_out(0, key_of(5, 0), 1);
  table.keys.take_out(0, key_of(5, 0), 3);
  CHECK(table.articles(0, key_of(5, 0)) == Numbers{2});
  CHECK(table.articles(0, key_of(5, 1)) == Numbers{2, 1});
  CHECK(table.articles(1, key_of(5, 0)) == Numbers{2, 1});
  table.keys.take_out(0, key_of(5, 0), 2);
  CHECK(table.articles(0, key_of(5, 0)).empty());
}

TEST_CASE("a posting holds any article and any day, or none") {
  for (const std::int64_t article : {std::int64_t{1}, std::int64_t{1} << 38}) {
    for (const std::optional<std::int32_t> day :
         {std::optional<std::int32_t>{}, {0}, {-700'000}, {90'000}}) {
      const StoryPosting posting{article, day};
      CHECK(posting.article_id() == article);
      CHECK(posting.day() == day);
      CHECK(StoryPosting{posting.number()}.day() == day);
    }
  }
}

TEST_CASE("a row that is in memory is that of the table") {
  Table table;
  const std::uint64_t key = key_of(1, 1);
  table.add(3, key, 10, 100);
  CHECK(table.articles(3, key) == Numbers{10});
  table.add(3, key, 11, 100);
  CHECK(table.articles(3, key) == Numbers{11, 10});
  CHECK(table.articles(4, key).empty());
  table.connection.write([&] { table.keys.take_out(3, key, 10); });
  CHECK(table.articles(3, key) == Numbers{11});
  table.connection.write([&] { table.keys.take_out(3, key, 11); });
  CHECK(table.articles(3, key).empty());
  table.add(3, key, 12, 100);
  CHECK(table.articles(3, key) == Numbers{12});
}

TEST_CASE("a key is looked for in those generations that may have it") {
  Table table;
  for (std::uint64_t n = 0; n < 300; ++n) {
    table.add(static_cast<std::int64_t>(n % 3), key_of(n % 64, n), 1, 100);
  }
  const std::vector<std::int64_t> generations{2, 1, 0};
  std::vector<std::uint64_t> keys;
  for (std::uint64_t n = 0; n < 600; ++n) keys.push_back(key_of(n % 64, n));
  const auto found = table.keys.find_keys(generations, keys);
  CHECK(std::ranges::is_sorted(found));
  CHECK(found.size() < 330);
  for (std::size_t n = 0; n < 300; ++n) {
    CAPTURE(n);
    const KeyGenerations::Find find{n, 2 - n % 3};
    CHECK(std::ranges::find(found, find) != found.end());
  }
}

}  // namespace stakeout
