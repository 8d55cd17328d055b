#include "app/feed_list_text.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

// A list in which nothing is as a program would write it.
constexpr std::string_view odd_list =
    "\xEF\xBB\xBF# my feeds \t\r\n"
    "\r\n"
    "  https://example.org/a\t\"x y\"  ~Old   # keep me\r\n"
    "exec:/bin/true\r\n"
    "http://example.net/b caf\xE9 !\r\n"
    "https://example.org/c \"open\\\n"
    "https://example.org/a z";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out{text};
  const std::size_t at = out.find(from);
  REQUIRE(at != std::string::npos);
  return out.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a feed is added without a byte of the others changing") {
  struct Case {
    ListedFeed feed;
    ListChange change;
    std::string_view from;  // what of the list becomes
    std::string_view to;    // this
  };
  using enum ListChange;
  const Case cases[] = {
      // A new feed: a line more, with the file's line end, behind a last line that had none.
      {{"https://example.com/n", "A B", {"t", "u v"}},
       added,
       "example.org/a z",
       "example.org/a z\r\nhttps://example.com/n t \"u v\" \"~A B\"\r\n"},
      // A new tag: behind the last word of its line, before the remark.
      {{"https://example.org/a", "", {"x y", "new", "z"}}, merged, "~Old", "~Old new"},
      {{"https://EXAMPLE.org:443/a", "", {"n n"}}, merged, "~Old", "~Old \"n n\""},
      // http and https, and tracking parameters, are one feed to add().
      {{"http://example.org/a?utm_source=x", "", {"new"}}, merged, "~Old", "~Old new"},
      {{"https://example.org/a", "New one", {}}, merged, "~Old", "\"~New one\""},
      {{"http://example.net/b", "Ü", {"t"}}, merged, " !\r", " ! t ~Ü\r"},
      // A quote that is left open is closed before anything is put behind it.
      {{"https://example.org/c", "", {"t"}}, merged, "\"open\\", "\"open\\\\\" t"},
      {{"https://example.org/a", "Old", {"x y", "z"}}, listed, "", ""},
      {{"http://example.net/b", "", {"café"}}, listed, "", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.to);
    FeedListText text{odd_list};
    const auto done = text.add(each.feed, OldTitle::replace);
    REQUIRE(done.has_value());
    CHECK(done->change == each.change);
    CHECK(text.bytes() == replaced(odd_list, each.from, each.to));
    // Adding it again changes nothing more.
    const auto again = text.add(each.feed, OldTitle::replace);
    CHECK(again->change == listed);
    CHECK(text.bytes() == replaced(odd_list, each.from, each.to));
  }
}

TEST_CASE("an empty file, and one without a last line end, take a first line") {
  for (const std::string_view before : {"", "\xEF\xBB\xBF", "# only a remark\n"}) {
    FeedListText text{before};
    REQUIRE(text.add({"https://example.org/", "", {}}, OldTitle::keep).has_value());
    CHECK(text.bytes() == std::string{before} + "https://example.org/\n");
  }
}

TEST_CASE("addresses that are canonically the same are one feed among those just added, too") {
  FeedListText text{""};
  const auto add = [&](const char* url, const char* tag) {
    return text.add({url, "", {tag}}, OldTitle::keep).value().change;
  };
  CHECK(add("http://example.org/f", "a") == ListChange::added);
  CHECK(add("https://example.org/f", "b") == ListChange::merged);
  CHECK(add("https://example.org/f?utm_source=x", "b") == ListChange::listed);
  CHECK(add("https://example.org/g", "a") == ListChange::added);
  CHECK(text.bytes() == "http://example.org/f a b\nhttps://example.org/g a\n");
}

TEST_CASE("an import keeps the title that a person gave") {
  FeedListText text{odd_list};
  CHECK(text.add({"https://example.org/a", "New", {}}, OldTitle::keep)->change ==
        ListChange::listed);
  CHECK(text.bytes() == odd_list);
}

TEST_CASE("a feed that cannot be listed changes nothing") {
  FeedListText text{odd_list};
  CHECK_FALSE(text.add({"ftp://example.org/", "", {}}, OldTitle::keep).has_value());
  CHECK_FALSE(text.add({"https://example.org/n", std::string(200'000, 'x'), {}}, OldTitle::keep)
                  .has_value());
  CHECK(text.bytes() == odd_list);
}

TEST_CASE("removing a feed takes out its lines and nothing else") {
  FeedListText text{odd_list};
  REQUIRE(text.find("https://example.org:443/a") ==
          std::vector<std::string>{"https://example.org/a"});
  CHECK(text.find("https://example.org/other").empty());
  CHECK(text.remove("https://example.org/a"));
  CHECK_FALSE(text.remove("https://example.org/a"));
  std::string left =
      replaced(odd_list, "  https://example.org/a\t\"x y\"  ~Old   # keep me\r\n", "");
  left = replaced(left, "https://example.org/a z", "");
  CHECK(text.bytes() == left);
}

TEST_CASE("an address that may mean two listed feeds finds both") {
  const FeedListText text{"http://example.org/f\nhttps://example.org/f?utm_source=a\n"};
  CHECK(text.find("http://example.org/f").size() == 1);
  CHECK(text.find("https://example.org/f").size() == 2);
}

}  // namespace stakeout
