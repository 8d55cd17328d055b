#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/timestamp.h"
#include "storage/records.h"

namespace stakeout {

// A feed or a page that could not be read in this crawl, and why.
struct FailedFetch {
  std::string url;
  std::string error;
};

// What a crawl did, for its summary and for progress.
struct CrawlReport {
  std::size_t feeds_due = 0;
  std::size_t feeds_done = 0;  // answered, whatever the answer
  std::size_t feeds_unchanged = 0;
  std::size_t new_entries = 0;
  std::size_t pages_due = 0;
  std::size_t pages_done = 0;
  std::size_t articles = 0;   // with a first or a new text
  std::size_t unchanged = 0;  // pages whose text was the same
  std::size_t forbidden = 0;  // by robots.txt
  std::size_t failed_pages = 0;
  std::size_t postponed = 0;  // hosts that asked to be left alone
  std::size_t mentions = 0;
  std::size_t claims = 0;
  std::size_t new_contracts = 0;  // told of or not, for progress
  AlertTally alerts;              // as the listing of alerts has them at the end
  // By this crawl alone, but for those of the past; also what did not stand for long.
  std::size_t alerts_raised = 0;
  std::vector<FailedFetch> failed_feeds;
  std::vector<FailedFetch> first_failed_pages;  // at most `most_named_pages`
  std::optional<Timestamp> next_due;            // after the crawl; nullopt: nothing is planned

  static constexpr std::size_t most_named_pages = 10;

  // Counts what was stored of a page.
  void add(const SavedArticle& saved);

  // Counts the page, and names it when it is one of the first.
  void add_failed_page(const std::string& url, const std::string& error) {
    ++failed_pages;
    if (first_failed_pages.size() < most_named_pages) first_failed_pages.push_back({url, error});
  }
};

// The summary: a few lines for a person, with what failed.
[[nodiscard]] std::string summary_of(const CrawlReport& report);

// The same in one line, for a log; without the feeds that failed.
[[nodiscard]] std::string line_of(const CrawlReport& report);

// Of a command that crawled to the end. 0: done; 3: feeds failed, be it all of them: what the crawl
// had to find out it has found out and stored.
[[nodiscard]] int exit_code_of(const CrawlReport& report);

}  // namespace stakeout
