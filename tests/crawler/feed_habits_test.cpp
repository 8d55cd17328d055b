#include "crawler/feed_habits.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;
const Timestamp monday = make_timestamp(2024, 10, 7);

// `weeks` weeks with an entry at each of these hours of each working day, or of every day.
std::vector<Timestamp> weeks_of(int weeks, const std::vector<int>& hours, bool at_weekends) {
  std::vector<Timestamp> arrivals;
  for (int i = 0; i < weeks * 7; ++i) {
    if (!at_weekends && i % 7 >= 5) continue;
    for (const int at : hours) arrivals.push_back(monday + i * day + at * hour);
  }
  return arrivals;
}

FeedHabits habits_of(std::vector<Timestamp> arrivals) {
  FeedHabits habits;
  habits.add(std::move(arrivals));
  return habits;
}

}  // namespace

TEST_CASE("the usual gap is not moved by bursts, nights or weekends") {
  std::vector<Timestamp> bursts;
  for (int i = 0; i < 10; ++i) {
    for (int each = 0; each < 20; ++each) bursts.push_back(monday + i * day + each * 10);
  }
  struct Case {
    const char* what;
    std::vector<Timestamp> arrivals;
    std::optional<std::int64_t> gap;
  };
  const Case cases[] = {
      {"nothing", {}, {}},
      {"three gaps", {monday, monday + hour, monday + 2 * hour, monday + 3 * hour}, {}},
      {"daily, at working days", weeks_of(4, {9}, false), day},
      {"every three hours of a working day", weeks_of(3, {8, 11, 14, 17}, false), 3 * hour},
      {"twenty at once, daily", bursts, day},
  };
  for (const auto& [what, arrivals, gap] : cases) {
    CAPTURE(what);
    CHECK(habits_of(arrivals).usual_gap() == gap);
  }
}

TEST_CASE(
    "silence is news after three usual gaps, but no pause that the feed is known to make is") {
  struct Case {
    const char* what;
    std::vector<Timestamp> arrivals;
    std::optional<std::int64_t> after;
  };
  std::vector<Timestamp> weekly;
  for (int i = 0; i < 8; ++i) weekly.push_back(monday + i * 7 * day);
  const Case cases[] = {
      {"nothing known", {monday}, {}},
      {"weekly", weekly, 21 * day},
      {"daily", weeks_of(3, {9}, true), 3 * day},
      {"hourly, day and night", weeks_of(3, {0, 3, 6, 9, 12, 15, 18, 21}, true), 2 * day},
      {"working days only", weeks_of(4, {8, 11, 14, 17}, false), 4 * day},
      {"one day known: the first weekend is no news", weeks_of(1, {8, 9, 10, 11, 12}, true),
       4 * day},
  };
  for (const auto& [what, arrivals, after] : cases) {
    CAPTURE(what);
    CHECK(habits_of(arrivals).silent_after() == after);
  }
}

TEST_CASE("habits are learnt the same in one go and one by one, and survive the store") {
  const std::vector<Timestamp> arrivals = weeks_of(5, {8, 11, 14, 17}, false);
  FeedHabits slowly;
  for (const Timestamp arrival : arrivals) {
    slowly = FeedHabits::parse(slowly.text());
    slowly.add({arrival});
  }
  CHECK(slowly.text() == habits_of(arrivals).text());
  CHECK(slowly.newest() == arrivals.back());
}

TEST_CASE("entries a few minutes apart, for ever, are arrivals a quarter of an hour apart") {
  FeedHabits habits;
  for (int i = 0; i < 100; ++i) habits.add({monday + i * 600});
  CHECK(habits.usual_gap() == 1'200);
}

TEST_CASE("words that are no habits are those of a feed that nothing is known of") {
  for (const char* text : {"", "x", "1 2 x", "1 3 2", "1 99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(FeedHabits::parse(text).newest().has_value());
  }
}

TEST_CASE("an entry came when it says, if that can be, and else when it was found") {
  const Timestamp now = monday + day;
  const Timestamp last = monday;
  struct Case {
    const char* what;
    std::optional<Timestamp> published, last_answer, came;
  };
  const Case cases[] = {
      {"since the last answer", monday + hour, last, monday + hour},
      {"before it: it was held back", monday - hour, last, now},
      {"in the future", now + hour, last, now},
      {"no date", {}, last, now},
      {"first document", monday - hour, {}, monday - hour},
      {"first document, in the future", now + hour, {}, {}},
      {"first document, no date", {}, {}, {}},
  };
  for (const auto& [what, published, last_answer, came] : cases) {
    CAPTURE(what);
    const auto arrivals = arrivals_of({{published}, {published}, last_answer, now});
    CHECK(arrivals == (came ? std::vector{*came} : std::vector<Timestamp>{}));
  }
}

TEST_CASE("missed entries are those that fit between what was known and what is there") {
  const FeedHabits hourly = habits_of({monday - 5 * hour, monday - 4 * hour, monday - 3 * hour,
                                       monday - 2 * hour, monday - hour, monday});
  FeedDocument document;
  document.now = monday + 20 * hour;
  document.last_answer = monday;
  const auto dated_from = [&](std::int64_t first) {
    document.published.clear();
    for (int i = 0; i < 5; ++i) document.published.emplace_back(monday + (first + i) * hour);
    document.new_ones = document.published;
    return missed_before(document, hourly);
  };
  CHECK(dated_from(11) == 10);
  CHECK(dated_from(2) == 1);
  CHECK(dated_from(1) == 0);
  document.published.assign(5, std::nullopt);
  document.new_ones = document.published;
  CHECK(missed_before(document, hourly) == 15);
  CHECK(missed_before(document, {}) == 0);
}

}  // namespace stakeout
