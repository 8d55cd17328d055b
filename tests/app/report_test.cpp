#include "app/crawl/report.h"

#include <string>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a crawl with nothing to do says when there will be something") {
  CrawlReport report;
  CHECK(summary_of(report) == "nothing is due now. crawl --force asks all feeds at once\n");
  report.next_due = make_timestamp(2026, 3, 2, 9, 30);
  CHECK(summary_of(report) ==
        "nothing is due now; the next feed or page is due at 2026-03-02T09:30:00Z. crawl --force "
        "asks all feeds at once\n");
}

TEST_CASE("the summary names the feeds that failed, and the first of the pages") {
  CrawlReport report;
  report.feeds_done = 2;
  report.pages_done = 12;
  report.failed_feeds.push_back({"https://a.example/feed", "no answer"});
  for (int i = 0; i < 12; ++i) {
    report.add_failed_page("https://a.example/" + std::to_string(i), "HTTP status 500");
  }
  const std::string summary = summary_of(report);
  CHECK(summary.find("12 failed") != std::string::npos);
  CHECK(summary.find("failed: https://a.example/feed: no answer\n") != std::string::npos);
  CHECK(summary.find("failed page: https://a.example/9: HTTP status 500\n") != std::string::npos);
  CHECK(summary.find("https://a.example/10:") == std::string::npos);
  CHECK(summary.find("and 2 more pages") != std::string::npos);
}

TEST_CASE("the summary counts alerts by their kinds, so that their sum is that of the listing") {
  CrawlReport report;
  report.feeds_done = 1;
  report.mentions = 9;
  report.claims = 1;
  CHECK(summary_of(report).find("9 mentions, 1 contract claim; 0 alerts\n") != std::string::npos);
  report.alerts.told = {{AlertKind::new_mention, 2}, {AlertKind::new_contract, 1}};
  CHECK(summary_of(report).find("; 3 alerts: 1 new contract, 2 new mentions\n") !=
        std::string::npos);
  CHECK(line_of(report).ends_with("9 mentions, 1 contract claim, 3 alerts"));
}

TEST_CASE("every kind of alert has words in the summary") {
  for (std::size_t kind = 0; kind < words_for<AlertKind>.size(); ++kind) {
    CAPTURE(words_for<AlertKind>[kind]);
    CrawlReport report;
    report.feeds_done = 1;
    report.alerts.told = {{static_cast<AlertKind>(kind), 1}};
    CHECK(summary_of(report).find("; 1 alert: 1 ") != std::string::npos);
  }
}

TEST_CASE("only feeds that failed make a crawl one that is done in part") {
  CrawlReport report;
  report.add_failed_page("https://a.example/1", "HTTP status 500");
  CHECK(exit_code_of(report) == 0);
  report.failed_feeds.push_back({"https://a.example/feed", "no answer"});
  CHECK(exit_code_of(report) == 3);
}

}  // namespace stakeout
