#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/crawl/crawl.h"
#include "app/crawl/page_saver.h"
#include "app/crawl/parse.h"

namespace stakeout {

// The writer's part that deals with article pages: which are asked, and what is stored of an
// answer. Lives on the writer's thread.
class PageWriter {
 public:
  // All are borrowed.
  PageWriter(const CrawlParts& parts, Crawler& crawler, EntryHints& hints, CrawlReport& report)
      : parts_{parts},
        crawler_{crawler},
        hints_{hints},
        report_{report},
        saver_{parts.store, parts.finder, parts.archive} {}

  // Submits the pages that have become due since the last call and are not under way.
  void submit_due();
  // The same, as far as it can be had by going on from the last page that was submitted: pages of
  // new entries.
  void submit_new();
  // The next submit_due() looks at all that are due, whenever they became so.
  void look_at_all() { looked_at_ = {}; }
  // When submit_due() was called last.
  [[nodiscard]] Timestamp looked_at() const { return looked_at_; }

  // The page is not under way any more.
  void forget(std::int64_t article_id) { under_way_.erase(article_id); }

  // Stores the result of a page's job. Throws StorageError; the result is then as if it had never
  // come.
  void write(const Finished& finished);

 private:
  void submit(const PendingPage& page);
  struct UnderWay {
    int failures = 0;  // before, in a row
    // As in PendingPage.
    std::int64_t wakes = 0;
    bool has_page = false;
    bool is_of_note = false;
    int looks = 0;
    int gone_looks = 0;
  };

  // As it was submitted.
  [[nodiscard]] UnderWay known_of(std::int64_t article_id) const;

  void write_answer(const CrawlJob& job, const Finished& finished);
  void postpone(const CrawlJob& job, const Postponed& postponed);
  void save_failure(const CrawlJob& job, const FetchFault& fault);
  void save_page(const CrawlJob& job, const Fetched& fetched, ExtractedPage page);
  // The feed's words for a page; there may be none.
  struct Words {
    ExtractedPage page;
    bool is_summary = false;
  };
  [[nodiscard]] Words read_entry(const CrawlJob& job, const std::string& url, bool content_only);
  // Whose words are stored, and what is wrong with the page; empty: nothing.
  struct Origin {
    bool is_feed = false;
    std::string reason;
  };
  // Whether the text that is stored of the article is longer than this one.
  [[nodiscard]] bool says_less(const CrawlJob& job, const Article& part);
  void save_words(const CrawlJob& job, Words words, const std::string& reason);
  // The settings' pauses between looks.
  [[nodiscard]] const std::vector<std::chrono::milliseconds>& intervals_of(bool is_of_note) const;
  // When a page is looked at again that was looked at so often without news; nullopt: never.
  [[nodiscard]] std::optional<Timestamp> next_look(bool is_of_note, int looks) const;
  // A page that is no more; one whose text is stored is looked for again, unless that is `final`.
  void save_gone(const CrawlJob& job, const std::string& reason, bool is_final);
  // What is stored says more than what came: that stays, and only the reason is noted.
  void keep(const CrawlJob& job, const std::string& reason);
  // The page has text.
  void save(const CrawlJob& job, const FetchResponse& response, ExtractedPage page,
            const Origin& origin);
  [[nodiscard]] bool goes_by_proxy(const CrawlJob& job) const;
  // The feed's own words, or, where it has none, that the page ended so.
  void save_stand_in(const CrawlJob& job, const std::string& url, PageOutcome otherwise,
                     const std::string& reason);
  void fail(const CrawlJob& job, PageOutcome outcome, const std::string& reason,
            std::optional<Timestamp> retry_at);
  // A failure that may pass: the page is asked again, but not for ever. `retry_after` is the
  // server's wish, in seconds.
  void fail_for_now(const CrawlJob& job, const std::string& reason, std::int64_t retry_after = 0);

  const CrawlParts& parts_;
  Crawler& crawler_;
  EntryHints& hints_;
  CrawlReport& report_;
  PageSaver saver_;
  std::unordered_map<std::int64_t, UnderWay> under_way_;  // by article
  Timestamp looked_at_{};
  PagePlace newest_{};  // the last page that was looked at
};

}  // namespace stakeout
