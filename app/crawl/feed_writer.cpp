#include "app/crawl/feed_writer.h"

#include <utility>

#include <spdlog/spdlog.h>

#include "extractors/text/canonical_url.h"

namespace stakeout {
namespace {

// What a failed poll counts toward a feed's being called failing (conventions: hard, soft,
// temporary).
constexpr double hard = 1;
constexpr double soft = 0.5;
constexpr double temporary = 0.25;

std::string canonical_text(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? canonical_url(*parsed) : std::string{};
}

PollOutcome outcome_of(const FetchResponse& response) {
  switch (response.status) {
    case 401:
    case 403:
      return PollOutcome::forbidden;
    case 404:
      return PollOutcome::missing;
    case 429:
      return PollOutcome::throttled;
    default:
      return response.retry_after ? PollOutcome::throttled : PollOutcome::failed;
  }
}

double weight_of(PollOutcome outcome, const FetchResponse* response) {
  if (response == nullptr) return temporary;
  return outcome == PollOutcome::failed && response->status < 500 ? hard : soft;
}

}  // namespace

void FeedWriter::submit_due(bool force) {
  for (FeedState& feed : parts_.store.feeds_due(parts_.clock.now(), force)) {
    const auto url = parse_url(feed.current_url.empty() ? feed.url : feed.current_url);
    if (!url) continue;  // the feed list refuses such lines; an old row may still hold one
    ++report_.feeds_due;
    CrawlJob job{JobKind::feed, feed.id, *url, {feed.etag, feed.last_modified}, true};
    feeds_.emplace(feed.id, std::move(feed));
    crawler_.submit(std::move(job));
  }
}

FeedPlan FeedWriter::plan_after(const CrawlJob& job, PollOutcome outcome,
                                const FetchResponse* response, std::optional<std::int64_t> wish) {
  const FeedState& feed = feeds_.at(job.id);
  PollState state;
  state.polled_at = parts_.clock.now();
  state.outcome = outcome;
  state.interval = feed.poll_interval;
  const bool failed = outcome != PollOutcome::changed && outcome != PollOutcome::unchanged;
  state.failures = failed ? feed.failed_polls + 1 : 0;
  if (response != nullptr) {
    state.retry_after = response->retry_after;
    state.fresh_for = response->fresh_for;
  }
  state.poll_interval = wish;
  std::uniform_real_distribution<double> jitter{-1, 1};
  const NextPoll next = next_poll(state, {}, jitter(parts_.chance));
  return {next.at, next.interval};
}

void FeedWriter::fail(const CrawlJob& job, const std::string& error, PollOutcome outcome,
                      const FetchResponse* response) {
  const bool gone = response != nullptr && response->status == 410;
  const FeedPlan plan = plan_after(job, outcome, response, std::nullopt);
  const Timestamp now = parts_.clock.now();
  FeedFailure failure{job.id, error, weight_of(outcome, response), gone, plan};
  if (response != nullptr && response->retry_after)
    failure.not_before = now + *response->retry_after;
  parts_.store.save_feed_failure(failure, now);
  report_.failed_feeds.push_back({feeds_.at(job.id).url, error});
  spdlog::info("feed {}: {}", feeds_.at(job.id).url, error);
}

void FeedWriter::write(const Finished& finished) {
  ++report_.feeds_done;
  const CrawlJob& job = finished.result.job;
  if (const auto* failure = std::get_if<FetchFailure>(&finished.result.outcome)) {
    fail(job, failure->error.message, PollOutcome::failed, nullptr);
    return;
  }
  if (const auto* postponed = std::get_if<Postponed>(&finished.result.outcome)) {
    parts_.store.postpone_feed(job.id, postponed->until);
    ++report_.postponed;
    return;
  }
  const auto& fetched = std::get<Fetched>(finished.result.outcome);
  const FetchResponse& response = fetched.response;
  if (response.status == 304) {
    const FeedPlan plan = plan_after(job, PollOutcome::unchanged, &response, std::nullopt);
    parts_.store.save_feed_not_modified(
        {job.id, response.validators.etag, response.validators.last_modified, plan},
        parts_.clock.now());
    ++report_.feeds_unchanged;
  } else if (const auto* parsed = std::get_if<ParsedFeed>(&finished.parsed)) {
    if (parsed->feed) {
      save_parsed(job, fetched, *parsed->feed);
    } else {
      fail(job, parsed->feed.error().message, PollOutcome::failed, &response);
    }
  } else {
    fail(job, "HTTP status " + std::to_string(response.status), outcome_of(response), &response);
  }
}

void FeedWriter::save_parsed(const CrawlJob& job, const Fetched& fetched, Feed feed) {
  for (const std::string& warning : feed.warnings)
    spdlog::debug("feed {}: {}", job.url.text(), warning);
  FeedUpdate update;
  update.feed_id = job.id;
  if (fetched.permanent_url) update.current_url = fetched.permanent_url->text();
  update.etag = fetched.response.validators.etag;
  update.last_modified = fetched.response.validators.last_modified;
  update.site = feed.title;
  for (Entry& entry : feed.entries) {
    std::string canonical = canonical_text(entry.link);
    update.entries.push_back({std::move(entry), std::move(canonical)});
  }
  feed.entries.clear();
  const auto wish = feed.poll_interval;
  update.feed = std::move(feed);
  update.plan = plan_after(job, PollOutcome::changed, &fetched.response, wish);
  update.plan_if_unchanged = plan_after(job, PollOutcome::unchanged, &fetched.response, wish);
  const SavedFeed saved = parts_.store.save_feed(update, parts_.clock.now());
  report_.new_entries += saved.new_entries;
  if (saved.new_entries + saved.changed_entries == 0) ++report_.feeds_unchanged;
}

}  // namespace stakeout
