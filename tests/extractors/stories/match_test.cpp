#include "extractors/stories/match.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/extractors/stories/articles.h"

namespace stakeout {
namespace {

using namespace test_articles;

StoryMatch match(const StoryDocument& a, const StoryDocument& b) {
  return compare_stories(make_fingerprint(a), make_fingerprint(b));
}

std::string opening_of(std::string text) {
  return text.substr(0, text.find("\n\n", text.find("\n\n") + 2));
}

TEST_CASE("a verbatim copy under another title matches") {
  StoryDocument copy = report();
  copy.url = "https://elsewhere.example/x";
  copy.title = "What the patrol will see";
  CHECK(match(report(), copy).same == SameStory::yes);
  CHECK(match(report(), copy).score == 1);
}

TEST_CASE("a reworded copy matches") {
  const StoryMatch found = match(report(), reworded());
  CAPTURE(found.reason);
  CHECK(found.same == SameStory::yes);
}

TEST_CASE("a copy cut to its opening matches") {
  StoryDocument teaser = report();
  teaser.url = "https://digest.example/t";
  teaser.text = opening_of(teaser.text);
  const StoryMatch found = match(report(), teaser);
  CAPTURE(found.reason);
  CHECK(found.same == SameStory::yes);
}

TEST_CASE("another newspaper's report of the same event does not match") {
  const StoryMatch found = match(report(), other_report());
  CAPTURE(found.reason);
  CHECK(found.same == SameStory::no);
}

TEST_CASE("the same title over another text does not match") {
  StoryDocument made_up = other_report();
  made_up.title = report().title;
  CHECK(match(report(), made_up).same == SameStory::no);
}

TEST_CASE("the order of the two changes nothing") {
  const StoryDocument documents[] = {report(), reworded(), other_report()};
  for (const StoryDocument& a : documents) {
    for (const StoryDocument& b : documents) {
      CHECK(match(a, b).same == match(b, a).same);
      CHECK(match(a, b).score == match(b, a).score);
      CHECK(match(a, b).reason == match(b, a).reason);
    }
  }
}

TEST_CASE("two issues of a bulletin whose titles name different months do not match") {
  StoryDocument january = report();
  january.title = "Harbour bulletin, January";
  StoryDocument february = reworded();
  february.title = "Harbour bulletin, February";
  CHECK(match(january, february).same == SameStory::no);
  february.title = "Harbour bulletin, January";
  CHECK(match(january, february).same == SameStory::yes);
}

TEST_CASE("a next-day story of one site that reuses half of the paragraphs does not match") {
  StoryDocument next_day = report();
  next_day.url = "https://kelmouth-courier.example/news/2";
  next_day.text = opening_of(other_report_text) + "\n\n" +
                  next_day.text.substr(next_day.text.find("Fishermen"));
  const StoryMatch found = match(report(), next_day);
  CAPTURE(found.reason);
  CHECK(found.same == SameStory::no);
}

TEST_CASE("two notices of one site in the same words with numbers of their own do not match") {
  StoryDocument first = report();
  first.text += "\n\nCase file 88123 refers.";
  StoryDocument second = report();
  second.url = "https://kelmouth-courier.example/news/3";
  second.text += "\n\nCase file 88457 refers.";
  CHECK(match(first, second).same == SameStory::no);
}

StoryDocument notice(const std::string& host, const std::string& day, const std::string& minutes,
                     const std::string& next) {
  StoryDocument document;
  document.url = "https://" + host + ".example/" + day;
  document.title = "Harbour board meets on " + day;
  document.text =
      "The harbour board of Kelmouth meets on " + day +
      " at seven in the evening in the customs house on Chandler Street, and the public may speak "
      "for three minutes each at the beginning, after signing in with the clerk. On the agenda are "
      "the minutes of " +
      minutes +
      ", the licence of a chandlery, the repair of the slipway, the lease of the boat sheds and a "
      "report of the pilots about lights. The session after that is on " +
      next +
      ". Those who cannot come may write to the clerk until noon. The session is shown on the "
      "harbour's channel and kept in its archive.";
  return document;
}

TEST_CASE("two notices of one frame whose titles name different days do not match") {
  const StoryDocument first = notice("courier", "3 September", "13 August", "1 October");
  StoryDocument second = notice("herald", "1 October", "3 September", "5 November");
  CHECK(match(first, second).same == SameStory::no);
  second.title = "What the board of 1 October has before it";
  CHECK(match(first, second).same == SameStory::no);
}

TEST_CASE("a copy whose title picks other figures that its text opens with matches") {
  StoryDocument first = notice("courier", "3 September", "13 August", "1 October");
  first.title = "Board meets on 3 September";
  StoryDocument second = first;
  second.url = "https://herald.example/n";
  second.text += " The doors open at six.";
  second.title = "Harbour minutes of 13 August up for a vote";
  CHECK(match(first, second).same == SameStory::yes);
}

TEST_CASE("empty articles are not copies of each other") {
  CHECK(match(StoryDocument{}, StoryDocument{}).same == SameStory::no);
  CHECK(match(StoryDocument{}, report()).same == SameStory::no);
}

}  // namespace
}  // namespace stakeout
