#include <algorithm>

#include <doctest/doctest.h>

#include "sample.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

// An entry of a test, in short: what is empty is not given. The link's canonical form is its part
// before "?".
struct Item {
  std::string guid, link, title, content;
  int day = 0;      // of October 2024 on which it was published; 0: no date
  int updated = 0;  // the same
};

FeedEntry entry_of(const Item& item) {
  FeedEntry e;
  e.entry.id = item.guid;
  e.entry.title = item.title;
  e.entry.content = item.content;
  if (!item.link.empty()) {
    e.entry.link = "https://a.example/" + item.link;
    e.canonical_url = e.entry.link.substr(0, e.entry.link.find('?'));
  }
  if (item.day > 0) e.entry.published = make_timestamp(2024, 10, item.day);
  if (item.updated > 0) e.entry.updated = make_timestamp(2024, 10, item.updated);
  return e;
}

struct FeedStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};
  std::int64_t feed = 0;
  int polls = 0;

  FeedStore() {
    store.sync_feeds({{"https://a.example/feed", "", {}}}, monday);
    feed = store.feeds_due(monday).at(0).id;
  }

  SavedFeed poll(const std::vector<Item>& items) {
    FeedUpdate update;
    update.feed_id = feed;
    for (const Item& item : items) update.entries.push_back(entry_of(item));
    return store.save_feed(update, monday + 3600 * ++polls);
  }
};

const std::string long_text(120, 'w');

}  // namespace

TEST_CASE("no entry is lost and none is stored twice, whatever a feed does with guids and links") {
  struct Case {
    const char* what;
    std::vector<std::vector<Item>> polls;
    std::vector<std::size_t> found;  // new ones in each poll
  };
  const Case cases[] = {
      {"the same again", {{{"g", "1", "T", "w"}}, {{"g", "1", "T", "w"}}}, {1, 0}},
      {"an entry edited", {{{"g", "1", "T", "w"}}, {{"g", "1", "U", "v"}}}, {1, 0}},
      {"edited, with a new link", {{{"g", "1", "T", "w"}}, {{"g", "2", "U", "w"}}}, {1, 0}},
      {"edited and renamed on its day",
       {{{"g", "1", "T", "w", 7}}, {{"g", "2", "U", "v", 7}}},
       {1, 0}},
      {"one guid for all items",
       {{{"g", "1", "A", "a"}, {"g", "2", "B", "b"}},
        {{"g", "3", "C", "c"}, {"g", "1", "A", "a"}},
        {{"g", "4", "D", "d"}, {"g", "3", "C", "c"}}},
       {2, 1, 1}},
      {"one guid for all items, one item at a time",
       {{{"g", "1", "A", "a", 1}}, {{"g", "2", "B", "b", 2}}, {{"g", "2", "B", "b", 2}}},
       {1, 1, 0}},
      {"one guid and one link for all items",
       {{{"g", "home", "A", "a"}, {"g", "home", "B", "b"}},
        {{"g", "home", "C", "c"}, {"g", "home", "A", "a"}}},
       {2, 1}},
      {"guids that change at every fetch",
       {{{"x1", "1", "A", "a"}, {"x2", "2", "B", "b"}},
        {{"y1", "1", "A", "a"}, {"y2", "2", "B", "b"}},
        {{"z3", "3", "C", "c"}, {"z1", "1", "A", "a"}}},
       {2, 0, 1}},
      {"guids that change at every fetch, and an entry edited",
       {{{"x1", "1", "A", "a"}, {"x2", "2", "B", "b"}, {"x3", "3", "C", "c"}},
        {{"y1", "1", "A", "a"}, {"y2", "2", "B", "b"}, {"y3", "3", "C2", "c2"}}},
       {3, 0}},
      {"a new guid and new words at an old link",
       {{{"g", "daily", "T", "w"}}, {{"h", "daily", "U", "v"}}},
       {1, 1}},
      {"links with another session at every fetch",
       {{{"g", "1?sid=5", "A", "a"}}, {{"g", "1?sid=6", "A", "a"}}},
       {1, 0}},
      {"links with another session in the path, and no guids",
       {{{"", "s5/1", "A", long_text}}, {{"", "s6/1", "A", long_text}}},
       {1, 0}},
      {"guid and link both change, the words do not",
       {{{"x", "s5/1", "A", long_text, 3}}, {{"y", "s6/1", "A", long_text, 3}}},
       {1, 0}},
      {"a few words twice are two entries",
       {{{"x", "1", "Photo", ""}}, {{"y", "2", "Photo", ""}, {"x", "1", "Photo", ""}}},
       {1, 1}},
      {"the same long words on another day",
       {{{"x", "1", "Daily", long_text, 3}}, {{"y", "2", "Daily", long_text, 4}}},
       {1, 1}},
      {"duplicates in one document",
       {{{"g", "1", "A", "a"}, {"g", "1", "A", "a"}, {"h", "1", "A", "a"}}},
       {1}},
      {"two states of an entry in one document",
       {{{"g", "1", "A", "new", 3, 5}, {"g", "1", "A", "old", 3, 4}},
        {{"g", "1", "A", "old", 3, 4}, {"g", "1", "A", "new", 3, 5}}},
       {1, 0}},
      {"two entries of one guid with two links",
       {{{"g", "1", "A", "a"}, {"g", "2", "B", "b"}}, {{"g", "2", "B", "b"}}},
       {2, 0}},
      {"no guid, another title at an old link",
       {{{"", "1", "T", "w"}}, {{"", "1", "U", "w"}}},
       {1, 0}},
      {"no guid, all else new at an old link",
       {{{"", "1", "T", "w", 3}}, {{"", "1", "U", "v", 4}}},
       {1, 1}},
      {"a feed that begins to give guids",
       {{{"", "1", "A", "a"}, {"", "2", "B", "b"}},
        {{"g1", "1", "A", "a"}, {"g2", "2", "B", "b"}},
        {{"g1", "1", "A2", "a2"}}},
       {2, 0, 0}},
      {"no guid, no link, the same words", {{{"", "", "T", "w"}}, {{"", "", "T", "w"}}}, {1, 0}},
      {"no guid, no link, other words", {{{"", "", "T", "w"}}, {{"", "", "U", "w"}}}, {1, 1}},
      {"no guid, no link, an edit on the same day",
       {{{"", "", "T", "w", 3}}, {{"", "", "T", "v", 3}}},
       {1, 0}},
      {"no guid, no link, the same title on another day",
       {{{"", "", "T", "w", 3}}, {{"", "", "T", "v", 4}}},
       {1, 1}},
      {"nothing but a link", {{{"", "1", "", ""}}, {{"", "1", "", ""}, {"", "2", "", ""}}}, {1, 1}},
      {"an entry that was away for a while",
       {{{"g", "1", "A", "a"}}, {{"h", "2", "B", "b"}}, {{"g", "1", "A", "a"}}},
       {1, 1, 0}},
  };
  for (const auto& [what, polls, found] : cases) {
    CAPTURE(what);
    FeedStore s;
    std::size_t sum = 0;
    REQUIRE(polls.size() == found.size());
    for (std::size_t i = 0; i < polls.size(); ++i) {
      CAPTURE(i);
      CHECK(s.poll(polls[i]).new_entries == found[i]);
      sum += found[i];
    }
    CHECK(rows(s.file, "SELECT entries FROM v_feeds") == Lines{std::to_string(sum)});
    CHECK(rows(s.file, "SELECT count(*) FROM v_entries") == Lines{std::to_string(sum)});
  }
}

TEST_CASE("a document that is stored already counts as known, and an edit as a change") {
  FeedStore s;
  s.poll({{"1", "1", "A", "a"}, {"2", "2", "B", "b"}});
  const SavedFeed same = s.poll({{"1", "1", "A", "a"}, {"2", "2", "B", "b"}});
  CHECK(same.known_entries == 2);
  CHECK(same.changed_entries == 0);
  const SavedFeed edited = s.poll({{"1", "1", "A", "a2"}, {"2", "2", "B", "b"}});
  CHECK(edited.known_entries == 2);
  CHECK(edited.changed_entries == 1);
  CHECK(rows(s.file, "SELECT content FROM entries ORDER BY id") == Lines{"a2", "b"});
}

TEST_CASE("dates of update that move at every fetch are no changes, a single one is") {
  FeedStore s;
  const auto at = [](int day) {
    return std::vector<Item>{{"1", "1", "A", "a", 1, day},
                             {"2", "2", "B", "b", 1, day},
                             {"3", "3", "C", "c", 1, day},
                             {"4", "4", "D", "d", 1, 2}};
  };
  s.poll(at(3));
  CHECK(s.poll(at(4)).changed_entries == 0);
  std::vector<Item> one = at(3);
  one[3].updated = 5;
  CHECK(s.poll(one).changed_entries == 1);
}

TEST_CASE("a new link under unchanged words leads to no second page, unless the first is not had") {
  FeedStore s;
  s.poll({{"g", "s1/1", "A", "a"}});
  CHECK(s.poll({{"g", "s2/1", "A", "a"}}).new_pages == 0);
  const std::int64_t page = s.store.pages_pending(monday + 100'000, 10).at(0).article_id;
  s.store.save_page_failure({page, PageOutcome::gone, "HTTP 404", {}}, monday + 100'000);
  CHECK(s.poll({{"g", "s3/1", "A", "a"}}).new_pages == 1);
  CHECK(rows(s.file, "SELECT count(*) FROM v_articles") == Lines{"2"});
}

TEST_CASE("thousands of entries under one guid do not slow the next poll down, or get mixed up") {
  FeedStore s;
  std::vector<Item> items;
  for (int i = 0; i < 2'000; ++i) {
    const std::string number = std::to_string(i);
    items.push_back({"g", number, "Title " + number, "content " + number, 1});
  }
  CHECK(s.poll(items).new_entries == 2'000);
  items.push_back({"g", "new", "New", "new", 2});
  CHECK(s.poll(items).new_entries == 1);
  CHECK(s.poll({{"g", "newer", "Newer", "newer", 3}}).new_entries == 1);
  std::ranges::reverse(items);
  for (Item& item : items) item.content += ", amended";
  const SavedFeed amended = s.poll(items);
  CHECK(amended.new_entries == 0);
  CHECK(amended.changed_entries == items.size());
}
