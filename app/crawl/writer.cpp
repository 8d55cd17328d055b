#include "app/crawl/writer.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/crawl/story.h"
#include "app/version.h"
#include "extractors/stories/revisions.h"
#include "extractors/text/canonical_url.h"

namespace stakeout {
namespace {

// How many pages are read from the database at a time.
constexpr std::size_t page_batch = 200;

constexpr std::int64_t an_hour = 3'600;
constexpr std::int64_t a_day = 86'400;

// A page that failed so often in a row is asked again only when its entry changes.
constexpr int most_failures = 8;

// What a failed poll counts toward a feed's being called failing (conventions: hard, soft,
// temporary).
constexpr double hard = 1;
constexpr double soft = 0.5;
constexpr double temporary = 0.25;

std::string canonical_text(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? canonical_url(*parsed) : std::string{};
}

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

// The address that a page gives itself counts only when it is one of its own site.
std::string trusted_canonical(const Article& page) {
  const auto own = parse_url(page.canonical_url);
  const auto fetched = parse_url(page.url);
  if (!own || !fetched || without_www(own->host()) != without_www(fetched->host())) return {};
  return canonical_url(*own);
}

// Seconds until a page that failed so often in a row is asked again: an hour, doubling up to a day.
std::optional<std::int64_t> retry_delay(int failures) {
  if (failures >= most_failures) return std::nullopt;
  std::int64_t delay = an_hour;
  for (int i = 1; i < failures; ++i) delay = std::min(delay * 2, a_day);
  return delay;
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

std::vector<TextChange> as_changes(std::vector<PassageChange> changes) {
  std::vector<TextChange> out;
  for (PassageChange& change : changes)
    out.push_back({std::move(change.before), std::move(change.after)});
  return out;
}

}  // namespace

void CrawlWriter::start(bool force) {
  for (FeedState& feed : parts_.store.feeds_due(parts_.clock.now(), force)) {
    const auto url = parse_url(feed.current_url.empty() ? feed.url : feed.current_url);
    if (!url) continue;  // the feed list refuses such lines; an old row may still hold one
    ++report_.feeds_due;
    CrawlJob job{JobKind::feed, feed.id, *url, {feed.etag, feed.last_modified}, true};
    feeds_.emplace(feed.id, std::move(feed));
    crawler_.submit(std::move(job));
  }
  submit_pages(0);
}

void CrawlWriter::submit_pages(std::int64_t after_id) {
  while (true) {
    auto pages = parts_.store.pages_pending(parts_.clock.now(), page_batch, after_id);
    for (PendingPage& page : pages) {
      after_id = page.article_id;
      if (!pages_.emplace(page.article_id, page.failures).second) continue;
      last_page_ = std::max(last_page_, page.article_id);
      const auto url = parse_url(page.url);
      if (!url) {
        parts_.store.save_page_failure(
            {page.article_id, PageOutcome::not_article, url.error().message, {}},
            parts_.clock.now());
        continue;
      }
      ++report_.pages_due;
      hints_.put(page.article_id, {page.entry.title, page.entry.published, {}});
      crawler_.submit(
          {JobKind::page, page.article_id, *url, {page.etag, page.last_modified}, false});
    }
    if (pages.size() < page_batch) return;
  }
}

void CrawlWriter::write(Finished& finished) {
  if (finished.result.job.kind == JobKind::feed) {
    write_feed(finished);
    feed_done();
  } else {
    write_page(finished);
    ++report_.pages_done;
  }
}

// Pages of new entries are submitted as their feeds come in; once all feeds have come, the pages
// that were known before and whose entries changed are, too.
void CrawlWriter::feed_done() {
  ++report_.feeds_done;
  submit_pages(report_.feeds_done == report_.feeds_due ? 0 : last_page_);
}

FeedPlan CrawlWriter::plan_after(const CrawlJob& job, PollOutcome outcome,
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

void CrawlWriter::fail_feed(const CrawlJob& job, const std::string& error, PollOutcome outcome,
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

void CrawlWriter::write_feed(Finished& finished) {
  const CrawlJob& job = finished.result.job;
  if (const auto* failure = std::get_if<FetchFailure>(&finished.result.outcome)) {
    fail_feed(job, failure->error.message, PollOutcome::failed, nullptr);
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
  } else if (auto* parsed = std::get_if<ParsedFeed>(&finished.parsed)) {
    if (parsed->feed) {
      save_parsed_feed(job, fetched, std::move(*parsed->feed));
    } else {
      fail_feed(job, parsed->feed.error().message, PollOutcome::failed, &response);
    }
  } else {
    fail_feed(job, "HTTP status " + std::to_string(response.status), outcome_of(response),
              &response);
  }
}

void CrawlWriter::save_parsed_feed(const CrawlJob& job, const Fetched& fetched, Feed feed) {
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

void CrawlWriter::fail_page(const CrawlJob& job, PageOutcome outcome, const std::string& reason,
                            std::optional<Timestamp> retry_at) {
  parts_.store.save_page_failure({job.id, outcome, reason, retry_at}, parts_.clock.now());
  spdlog::info("page {}: {}", job.url.text(), reason);
}

void CrawlWriter::fail_page_for_now(const CrawlJob& job, const std::string& reason,
                                    std::int64_t retry_after) {
  const auto delay = retry_delay(pages_.at(job.id) + 1);
  std::optional<Timestamp> retry_at;
  if (delay) retry_at = parts_.clock.now() + std::max(*delay, retry_after);
  fail_page(job, PageOutcome::failed, reason, retry_at);
}

void CrawlWriter::write_page(Finished& finished) {
  const CrawlJob& job = finished.result.job;
  const Timestamp now = parts_.clock.now();
  if (const auto* refusal = std::get_if<RobotsRefusal>(&finished.result.outcome)) {
    ++report_.forbidden;
    const std::string reason =
        refusal->unreachable ? "robots.txt cannot be had" : "robots.txt forbids it";
    fail_page(job, PageOutcome::forbidden, reason,
              refusal->unreachable ? std::optional{now + a_day} : std::nullopt);
  } else if (const auto* postponed = std::get_if<Postponed>(&finished.result.outcome)) {
    parts_.store.postpone_page(job.id, postponed->until);
    ++report_.postponed;
  } else if (const auto* failure = std::get_if<FetchFailure>(&finished.result.outcome)) {
    ++report_.failed_pages;
    fail_page_for_now(job, failure->error.message);
  } else {
    const auto& fetched = std::get<Fetched>(finished.result.outcome);
    if (auto* page = std::get_if<ExtractedPage>(&finished.parsed)) {
      save_page(job, fetched.response, std::move(*page), false);
    } else if (const auto* none = std::get_if<NoArticle>(&finished.parsed)) {
      switch (none->next) {
        case NoArticle::Next::stand_in:
          save_stand_in(job, fetched, none->reason);
          break;
        case NoArticle::Next::gone:
          ++report_.failed_pages;
          fail_page(job, PageOutcome::gone, none->reason, std::nullopt);
          break;
        case NoArticle::Next::retry:
          ++report_.failed_pages;
          fail_page_for_now(job, none->reason, fetched.response.retry_after.value_or(0));
          break;
      }
    } else {
      parts_.store.save_page_unchanged(job.id, std::nullopt, now);
      ++report_.unchanged;
    }
  }
}

// The feed's own words, for a page that the server keeps to itself.
void CrawlWriter::save_stand_in(const CrawlJob& job, const Fetched& fetched,
                                const std::string& reason) {
  const auto pending = parts_.store.pages_pending(parts_.clock.now(), 1, job.id - 1);
  EntryHint hint;
  if (!pending.empty() && pending.front().article_id == job.id) {
    const Entry& entry = pending.front().entry;
    hint = {entry.title, entry.published, entry.content.empty() ? entry.summary : entry.content};
  }
  ExtractedPage page = extract_entry(fetched.final_url.text(), hint, parts_.finder);
  if (page.article.text.empty()) {
    ++report_.failed_pages;
    fail_page(job, PageOutcome::not_article, reason, std::nullopt);
    return;
  }
  save_page(job, {}, std::move(page), true);
}

void CrawlWriter::save_page(const CrawlJob& job, const FetchResponse& response, ExtractedPage page,
                            bool from_feed) {
  const Timestamp now = parts_.clock.now();
  for (const std::string& warning : page.article.warnings)
    spdlog::debug("page {}: {}", job.url.text(), warning);
  if (page.article.text.empty()) {
    ++report_.failed_pages;
    fail_page(job, PageOutcome::not_article, "no text of an article was found on the page",
              std::nullopt);
    return;
  }
  ArticleRecord record;
  record.article_id = job.id;
  record.page = std::move(page.article);
  record.page.canonical_url = trusted_canonical(record.page);
  record.facts = std::move(page.facts);
  record.extractor = version;
  record.from_feed = from_feed;
  record.etag = response.validators.etag;
  record.last_modified = response.validators.last_modified;
  StoryDecision story = decide_story(parts_.store, job.id, std::move(page.fingerprint));
  record.marks = std::move(story.marks);
  record.copies_of = std::move(story.copies_of);
  if (const auto before = parts_.store.latest_text(job.id)) {
    RevisionDiff diff = compare_revisions(before->text, record.page.text);
    record.change = diff.change_class;
    record.changes = as_changes(std::move(diff.changes));
  }
  const SavedArticle saved = parts_.store.save_article(record, now);
  report_.articles += saved.new_revision ? 1 : 0;
  report_.unchanged += saved.new_revision ? 0 : 1;
  report_.mentions += saved.mentions;
  report_.claims += saved.claims;
  report_.new_contracts += saved.new_contracts;
  report_.changed_contracts += saved.changed_contracts;
  report_.alerts += saved.alerts;
}

}  // namespace stakeout
