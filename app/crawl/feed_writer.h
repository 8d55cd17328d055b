#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "app/crawl/crawl.h"
#include "app/crawl/parse.h"
#include "crawler/next_poll.h"
#include "crawler/status_words.h"

namespace stakeout {

// The writer's part that deals with feeds: which are asked and where, what is stored of an answer,
// and when they are asked again. Lives on the writer's thread.
//
// Where: a feed that moved for good is asked at its new address. The listed one is asked again once
// a month, and at every other poll while the new one fails.
//
// Validators are sent unless the server was caught lying about them. After fifty 304s in a row, or
// a week of them, they are withheld once. If something is new then, the old ones go along with the
// poll after that: a 304 to those is the proof. A month later the server gets another chance.
class FeedWriter {
 public:
  // All are borrowed.
  FeedWriter(const CrawlParts& parts, Crawler& crawler, CrawlReport& report)
      : parts_{parts}, crawler_{crawler}, report_{report} {}

  // Submits the feeds that are due and not under way. `force`: those whose time has not come, too.
  void submit_due(bool force);

  // The feed is not under way any more, whatever became of its result.
  void forget(std::int64_t feed_id) { under_way_.erase(feed_id); }

  // Stores the result of a feed's job. Throws StorageError; the result is then as if it had never
  // come. That a feed gave no answer is kept for settle().
  void write(const Finished& finished);

  // Stores which feeds gave no answer, once no feed is under way, or five minutes after the first
  // of them: when hardly any gave one, it is our own network that is down, and no feed is blamed.
  // To be called after results were written, in no transaction. Throws StorageError; they are then
  // kept for the next call.
  void settle();

 private:
  // A feed that was submitted.
  struct Asked {
    FeedState feed;
    bool listed = false;    // at the listed address
    bool is_check = false;  // only to see whether that serves again: the other one works
    bool withheld = false;  // validators, to see whether they tell the truth
  };

  // What is wrong with a poll that brought no feed.
  struct PollFault {
    StatusWords words;
    PollOutcome outcome = PollOutcome::failed;
    double weight = 1;  // see FeedFailure
    int status = 0;     // of HTTP; 0: no answer
    std::optional<std::int64_t> retry_after{};
  };

  [[nodiscard]] Asked asked_now(FeedState feed) const;
  [[nodiscard]] static PollFault fault_of(const FetchResponse& response, PollOutcome outcome,
                                          StatusWords words);
  [[nodiscard]] bool puts_on_trial(const Asked& asked) const;

  // `is_ours`: of our own network, for which no feed is blamed.
  void save_unanswered(bool is_ours);
  void write_failure(std::int64_t feed_id, const FetchFailure& failure);
  void write_answer(const CrawlJob& job, const Fetched& fetched, const Finished& finished);
  void save_not_modified(const CrawlJob& job, const FetchResponse& response);
  void save_parsed(const CrawlJob& job, const Fetched& fetched, Feed feed);
  [[nodiscard]] FeedLesson lesson_of(const FeedUpdate& update, const SavedFeed& saved,
                                     const FetchResponse& response);
  void fail(std::int64_t feed_id, PollFault fault);
  // The feed was not asked. Once that goes on for a day it is a failure.
  void postpone(std::int64_t feed_id, const Postponed& postponed);
  static void tell_recovery(const FeedState& feed);
  // The poll's state but for what a document or a fault tells.
  [[nodiscard]] PollState state_after(const FeedState& feed, PollOutcome outcome) const;
  [[nodiscard]] FeedPlan plan(const PollState& state);

  const CrawlParts& parts_;
  Crawler& crawler_;
  CrawlReport& report_;
  std::unordered_map<std::int64_t, Asked> feeds_;   // those that were submitted
  std::unordered_set<std::int64_t> under_way_;      // of these, those without a result
  std::map<std::int64_t, std::string> unanswered_;  // those that gave no answer; with the reason
  SteadyTime unanswered_since_;                     // when the first of these came
};

}  // namespace stakeout
