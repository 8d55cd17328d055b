#include "app/commands/listing_tables.h"

#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

struct Printed {
  std::string text;
  std::vector<std::string> missing;
  std::size_t widest = 0;
};

Printed printed(const Table& rows, const ListingTable& shape, std::size_t width) {
  std::ostringstream out;
  Printed result;
  result.missing = print_wrapped_table(out, shown_table(rows, shape), room_of(shape), width);
  result.text = std::move(out).str();
  std::istringstream lines{result.text};
  for (std::string line; std::getline(lines, line);)
    result.widest = std::max(result.widest, count_code_points(line));
  return result;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const Table changes = {
    {"at", "what", "contract_id", "article_id", "vendor", "agency", "field", "before", "after",
     "quote", "url", "title"},
    {{std::string{"2026-11-22T22:10:32Z"}, std::string{"contract"}, std::int64_t{1},
      std::int64_t{4}, std::string{"Glasshouse Systems"}, std::string{"Bureau of Quays and Locks"},
      std::string{"amount"}, std::int64_t{6'400'000}, std::int64_t{4'600'000}, std::string(90, 'q'),
      std::string{"https://news.example/a"}, std::monostate{}},
     {std::string{"2026-11-21"}, std::string{"article"}, std::monostate{}, std::int64_t{4},
      std::monostate{}, std::monostate{}, std::string{"substantive"},
      std::string{"a contract of three years over a sum that nobody told"},
      std::string{"a contract of two years over a sum that the bureau told"}, std::monostate{},
      std::string{"https://news.example/a"}, std::string{"Bureau buys glass"}}}};

}  // namespace

TEST_CASE("a table of changes has before and after, whole, at any width") {
  for (const std::size_t width : {80, 110, 160}) {
    CAPTURE(width);
    const Printed table = printed(changes, changes_table, width);
    CAPTURE(table.text);
    CHECK(table.widest <= width);
    CHECK(has(table.text, "before"));
    CHECK(has(table.text, "6,400,000"));
    CHECK(has(table.text, "4,600,000"));
    CHECK(has(table.text, "contract 1:"));
    CHECK(has(table.text, "nobody"));
    CHECK(has(table.text, "bureau"));
    CHECK(has(table.text, "2026-11-22  "));
    CHECK_FALSE(has(table.text, "22:10:32"));
    CHECK(std::ranges::find(table.missing, "after") == table.missing.end());
    CHECK(std::ranges::find(table.missing, "field") == table.missing.end());
  }
  CHECK(printed(changes, changes_table, 80).missing == std::vector<std::string>{"quote", "url"});
}

TEST_CASE("a table of alerts has their kind and day before anything else that takes room") {
  const Table alerts = {
      {"id", "created_at", "kind", "title", "details", "quote", "url", "article_id"},
      {{std::int64_t{48}, std::string{"2026-11-22T22:10:50Z"}, std::string{"contract_changed"},
        std::string(60, 't'), std::string{"status: signed → resumed"}, std::string(60, 'q'),
        std::string(60, 'u'), std::int64_t{7}}}};
  const Printed table = printed(alerts, alerts_table, 80);
  CHECK(has(table.text, "contract changed  2026-11-22  "));
  CHECK(has(table.text, "resumed"));
  CHECK(table.widest <= 80);
  CHECK(has(printed(alerts, alerts_table, 160).text, "article 7"));
}

TEST_CASE("no address takes the room of a title, and without a terminal nothing is left out") {
  const Table stories = {{"id", "title", "articles", "published_at", "url"},
                         {{std::int64_t{1}, std::string(60, 't'), std::int64_t{2},
                           std::string{"2026-11-22T18:00:00Z"}, std::string(60, 'u')}}};
  CHECK(has(printed(stories, stories_table, 110).text, std::string(60, 't')));
  CHECK(printed(stories, stories_table, 110).missing == std::vector<std::string>{"url"});
  const Printed piped = printed(stories, stories_table, 0);
  CHECK(has(piped.text, std::string(60, 'u')));
  CHECK(piped.missing.empty());
}

TEST_CASE("text that is longer than four lines of its column ends in a cut that can be seen") {
  const Table table = {{"id", "words"}, {{std::int64_t{1}, std::string(300, 'x')}}};
  std::ostringstream out;
  print_wrapped_table(out, table, {2, {0, 0}}, 40);
  const std::string text = std::move(out).str();
  CHECK(std::ranges::count(text, '\n') == 5);
  CHECK(text.ends_with("…\n"));
}

}  // namespace stakeout
