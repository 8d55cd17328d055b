#include "app/commands/feed_table.h"

#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"
#include "storage/store.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

const Timestamp monday = make_timestamp(2024, 10, 7, 6);
constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;

// One feed in each state.
Table some_feeds(const std::filesystem::path& file) {
  Store store{file};
  store.sync_feeds({{"https://fine.example/feed", "", {}},
                    {"https://failing.example/a/rather/long/address/of/a/feed.xml", "", {}},
                    {"https://gone.example/feed", "", {}},
                    {"https://silent.example/feed", "", {}},
                    {"https://new.example/feed", "", {}}},
                   monday);
  const auto feeds = store.feeds_due(monday);
  const auto learn = [&](std::int64_t id, Timestamp newest, Timestamp now) {
    FeedUpdate update;
    update.feed_id = id;
    store.save_feed(update, now);
    FeedLesson lesson;
    lesson.feed_id = id;
    lesson.plan = {monday + 8 * day + 2 * hour, {}};
    lesson.usual_gap = 3 * hour;
    lesson.newest_at = newest;
    lesson.silent_from = newest + 4 * day;
    store.save_feed_lesson(lesson, now);
  };
  learn(feeds[0].id, monday + 8 * day - 20 * 60, monday + 8 * day);
  learn(feeds[3].id, monday, monday + 5 * day);
  FeedFailure failure;
  failure.feed_id = feeds[1].id;
  failure.error = "there is nothing at this address (HTTP 404)";
  failure.advice = "look on the site for the new address";
  failure.plan = {monday + 9 * day, {}};
  for (int i = 4; i < 7; ++i) store.save_feed_failure(failure, monday + i * day);
  failure.feed_id = feeds[2].id;
  failure.error = "it is gone for good (HTTP 410)";
  failure.advice = "take it out of the list";
  failure.gone = true;
  store.save_feed_failure(failure, monday + 2 * day);
  return Reader{file}.feeds({});
}

std::string printed(const Table& feeds, std::size_t width) {
  std::ostringstream out;
  print_feed_table(out, feeds, monday + 8 * day, width);
  return out.str();
}

}  // namespace

TEST_CASE(
    "what needs attention comes first, and says below its line what is wrong and what to do") {
  const TemporaryFolder folder;
  const Table feeds = some_feeds(folder.file());
  CHECK(printed(feeds, 0) ==
        " id  state     since   next    feed\n"
        "  3  gone      6 d             https://gone.example/feed\n"
        "     it is gone for good (HTTP 410); what to do: take it out of the list\n"
        "  2  failing   4 d     24 h    "
        "https://failing.example/a/rather/long/address/of/a/feed.xml\n"
        "     there is nothing at this address (HTTP 404); 3 polls failed in a row; what to do: "
        "look on the site for the new address\n"
        "  4  silent    8 d     2 h     https://silent.example/feed                       every 3 "
        "h, last 8 d ago, 0 entries\n"
        "     silent: nothing new since 2024-10-07; what to do: look on the site whether it was "
        "given up\n"
        "  1  ok        1 min   2 h     https://fine.example/feed                         every 3 "
        "h, last 20 min ago, 0 entries\n"
        "  5  new       8 d     now     https://new.example/feed\n");
}

TEST_CASE("no line is longer than the terminal is wide, and no reason is cut") {
  const TemporaryFolder folder;
  const Table feeds = some_feeds(folder.file());
  for (const std::size_t width : {60U, 80U, 120U}) {
    CAPTURE(width);
    const std::string text = printed(feeds, width);
    std::istringstream lines{text};
    std::string words;
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(count_code_points(line) <= width);
      words += " " + line.substr(std::min(line.find_first_not_of(' '), line.size()));
    }
    CHECK(words.find("there is nothing at this address (HTTP 404); 3 polls failed in a row; what "
                     "to do: look on the site for the new address") != std::string::npos);
    CHECK(text.find("https://failing") != std::string::npos);
    CHECK(text.find("feed.xml") != std::string::npos);
  }
}

}  // namespace stakeout
