#include "alerts/change_words.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a change of a contract is told in the words of people") {
  struct Case {
    FactChange change;
    const char* words;
    const char* news;
  };
  const Case cases[] = {
      {{"amount", "2000000", "2500000", "USD"},
       "amount: USD 2,000,000 → USD 2,500,000",
       "amount: USD 2,000,000 → USD 2,500,000"},
      {{"amount", "2000000", "2500000.50"},  // a sum of no currency that is known
       "amount: 2,000,000 → 2,500,000.50",
       "amount: 2,000,000 → 2,500,000.50"},
      {{"status", "signed", "stop_work"}, "status: signed → stop work", "stop-work order reported"},
      {{"term", "P1Y", "P3Y"}, "term: 1 year → 3 years", "term: 1 year → 3 years"},
      {{"ends_on", "2024-09", "2025-09-29"},
       "end: 2024-09 → 2025-09-29",
       "end: 2024-09 → 2025-09-29"},
      {{"award_id", "QB-7", "QB-8"}, "award number: QB-7 → QB-8", "award number: QB-7 → QB-8"},
      {{"status", "", "signed"}, "status: signed", "signing reported"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.words);
    CHECK(change_words(c.change) == c.words);
    CHECK(news_of_change(c.change) == c.news);
    CHECK(cause_words(c.change).empty());
  }
}

TEST_CASE("what was no change of the contract is told as what it was") {
  const FactChange corrected{"status", "cancelled", "under_review", "", "correction"};
  CHECK(change_words(corrected) ==
        "status: cancelled → under review (a correction: the article had told \"cancelled\" "
        "before)");
  CHECK(news_of_change(corrected) == "corrected status: cancelled → under review");
  const FactChange told{"amount", "2000000", "2500000", "EUR", "contradiction"};
  CHECK(change_words(told) ==
        "amount: EUR 2,000,000 → EUR 2,500,000 (told differently: most reports do not say \"EUR "
        "2,000,000\")");
}

TEST_CASE("a contradiction names the other values and who gives them") {
  const Table told{{"field", "value", "articles", "outlets", "counts"},
                   {{"amount", "USD 500000", std::int64_t{2}, "Harbour Times", std::int64_t{1}},
                    {"amount", "USD 560000", std::int64_t{2}, "Quay Post,https://news.example/copy",
                     std::int64_t{0}},
                    {"term", "P1Y", std::int64_t{1}, "Quay Post", std::int64_t{0}}}};
  CHECK(contradiction_words(told, "amount") == "USD 560,000 by Quay Post, news.example");
  CHECK(contradiction_words(told, "term") == "1 year by Quay Post");
  CHECK(contradiction_words(told, "signed_on").empty());
}

}  // namespace stakeout
