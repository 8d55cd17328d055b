#include "app/crawl/page_writer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/log_field.h"

namespace stakeout {
namespace {

// How many pages are read from the database at a time.
constexpr std::size_t page_batch = 200;

constexpr std::int64_t an_hour = 3'600;
constexpr std::int64_t a_day = 86'400;

// A page that failed so often in a row is asked again only when its entry changes.
constexpr int most_failures = 8;

// A page whose robots.txt cannot be had is tried again daily, so often; then it is asked without
// (RFC 9309, 2.3.1.4). That it is no other failure that is counted follows from most_failures.
constexpr int most_days_without_robots = 30;
static_assert(most_days_without_robots > most_failures);

// A page whose host has wanted to be left alone for so long is given up, until its entry changes.
constexpr std::int64_t longest_put_off = 30 * a_day;
constexpr const char* too_long_advice =
    "; a larger one is read with a larger fetch.max_body in the settings";
constexpr const char* put_off_words =
    "its host has asked again and again to be left alone, for 30 days";

// Seconds until a page that failed so often in a row is asked again: an hour, doubling up to a day.
std::optional<std::int64_t> retry_delay(int failures) {
  if (failures >= most_failures) return std::nullopt;
  std::int64_t delay = an_hour;
  for (int i = 1; i < failures; ++i) delay = std::min(delay * 2, a_day);
  return delay;
}

}  // namespace

void PageWriter::submit_due() {
  const Timestamp now = parts_.clock.now();
  newest_ = {std::min(looked_at_, now), 0};
  looked_at_ = now;
  submit_new();
}

void PageWriter::submit_new() {
  while (true) {
    auto pages = parts_.store.pages_pending(parts_.clock.now(), page_batch, newest_);
    for (PendingPage& page : pages) {
      newest_ = {page.due_at, page.article_id};
      submit(page);
    }
    if (pages.size() < page_batch) return;
  }
}

void PageWriter::submit(const PendingPage& page) {
  if (!under_way_
           .try_emplace(page.article_id, UnderWay{page.failures, page.wakes, page.has_page,
                                                  page.is_of_note, page.looks, page.gone_looks})
           .second)
    return;
  const auto url = parse_url(page.url);
  if (!url) {
    under_way_.erase(page.article_id);
    parts_.store.save_page_failure(
        {page.article_id, PageOutcome::not_article, url.error().message, {}}, parts_.clock.now());
    return;
  }
  ++report_.pages_due;
  hints_.put(page.article_id, {page.entry.title, page.entry.published, {}});
  CrawlJob job{JobKind::page, page.article_id, *url, {page.etag, page.last_modified}};
  job.without_robots = page.failures >= most_days_without_robots;
  job.proxy = parts_.proxies.of(page.feed_url);
  crawler_.submit(std::move(job));
}

PageWriter::UnderWay PageWriter::known_of(std::int64_t article_id) const {
  const auto found = under_way_.find(article_id);
  return found == under_way_.end() ? UnderWay{} : found->second;
}

const std::vector<std::chrono::milliseconds>& PageWriter::intervals_of(bool is_of_note) const {
  return is_of_note ? parts_.settings.look_again : parts_.settings.look_again_others;
}

std::optional<Timestamp> PageWriter::next_look(bool is_of_note, int looks) const {
  const auto& intervals = intervals_of(is_of_note);
  const auto index = static_cast<std::size_t>(looks);
  if (index >= intervals.size()) return std::nullopt;
  return parts_.clock.now() +
         std::chrono::duration_cast<std::chrono::seconds>(intervals[index]).count();
}

void PageWriter::save_gone(const CrawlJob& job, const std::string& reason, bool is_final) {
  constexpr std::array<std::int64_t, 2> waits = {a_day, 7 * a_day};
  const UnderWay known = known_of(job.id);
  const auto tries = static_cast<std::size_t>(known.gone_looks);
  std::optional<Timestamp> again;
  if (known.has_page && !is_final && tries < waits.size()) {
    // Whoever looks at his pages more often is told as much sooner that one is gone.
    const auto& intervals = intervals_of(known.is_of_note);
    const std::int64_t longest =
        intervals.empty()
            ? waits.back()
            : std::chrono::duration_cast<std::chrono::seconds>(intervals.back()).count();
    again = parts_.clock.now() + std::min(waits.at(tries), longest);
  }
  report_.add_failed_page(job.url.text(), reason);
  fail(job, PageOutcome::gone, reason, again);
}

void PageWriter::fail(const CrawlJob& job, PageOutcome outcome, const std::string& reason,
                      std::optional<Timestamp> retry_at) {
  parts_.store.save_page_failure({job.id, outcome, reason, retry_at}, parts_.clock.now());
  const LogField field{"page", job.url.text()};
  spdlog::debug("page {}: {}", job.url.text(), reason);
}

void PageWriter::fail_for_now(const CrawlJob& job, const std::string& reason,
                              std::int64_t retry_after) {
  const auto delay = retry_delay(known_of(job.id).failures + 1);
  if (!delay) {
    save_stand_in(job, job.url.text(), PageOutcome::failed, reason);
    return;
  }
  report_.add_failed_page(job.url.text(), reason);
  fail(job, PageOutcome::failed, reason, parts_.clock.now() + std::max(*delay, retry_after));
}

void PageWriter::write(const Finished& finished) {
  ++report_.pages_done;
  const CrawlJob& job = finished.result.job;
  if (const auto* postponed = std::get_if<Postponed>(&finished.result.outcome)) {
    ++report_.postponed;
    postpone(job, *postponed);
    return;
  }
  write_answer(job, finished);
  if (const auto known = under_way_.find(job.id); known != under_way_.end())
    parts_.store.close_page_job(job.id, known->second.wakes, parts_.clock.now());
}

void PageWriter::postpone(const CrawlJob& job, const Postponed& postponed) {
  const Timestamp now = parts_.clock.now();
  const auto since =
      parts_.store.postpone_page(job.id, postponed.until, postponed.is_hosts_wish, now);
  if (!since || now - *since < longest_put_off) return;
  save_stand_in(job, job.url.text(), PageOutcome::failed, put_off_words);
  parts_.store.close_page_job(job.id, known_of(job.id).wakes, now);
}

void PageWriter::write_answer(const CrawlJob& job, const Finished& finished) {
  const Timestamp now = parts_.clock.now();
  if (const auto* refusal = std::get_if<RobotsRefusal>(&finished.result.outcome)) {
    ++report_.forbidden;
    const std::string host = refusal->url.host();
    const std::string reason =
        refusal->unreachable
            ? "the robots.txt of " + host + " cannot be had; it is tried again daily, for 30 days"
            : "the robots.txt of " + host + " forbids it";
    if (refusal->unreachable) {
      fail(job, PageOutcome::forbidden, reason, now + a_day);
    } else {
      save_stand_in(job, job.url.text(), PageOutcome::forbidden, reason);
    }
  } else if (const auto* failure = std::get_if<FetchFailure>(&finished.result.outcome)) {
    save_failure(job, failure->error);
  } else {
    const auto& fetched = std::get<Fetched>(finished.result.outcome);
    if (const auto* page = std::get_if<ExtractedPage>(&finished.parsed)) {
      save_page(job, fetched, *page);
    } else if (const auto* none = std::get_if<NoArticle>(&finished.parsed)) {
      switch (none->next) {
        case NoArticle::Next::stand_in:
          save_stand_in(job, fetched.final_url.text(), PageOutcome::not_article, none->reason);
          break;
        case NoArticle::Next::gone:
          save_gone(job, none->reason, fetched.response.status == 410);
          break;
        case NoArticle::Next::leads_home:
          if (known_of(job.id).has_page) {
            save_gone(job, none->reason, false);
          } else {
            save_stand_in(job, job.url.text(), PageOutcome::gone, none->reason);
          }
          break;
        case NoArticle::Next::retry:
          fail_for_now(job, none->reason, fetched.response.retry_after.value_or(0));
          break;
      }
    } else {
      const UnderWay known = known_of(job.id);
      if (parts_.archive != nullptr) {
        parts_.archive->keep_not_modified(
            {job.id, std::nullopt, fetched.final_url.text(), goes_by_proxy(job)}, fetched.response);
      }
      parts_.store.save_page_unchanged(job.id, next_look(known.is_of_note, known.looks + 1), now);
      ++report_.unchanged;
    }
  }
}

// A page that is too long is so at the next try.
void PageWriter::save_failure(const CrawlJob& job, const FetchFault& fault) {
  if (fault.kind != FaultKind::too_long) return fail_for_now(job, fault.message);
  save_stand_in(job, job.url.text(), PageOutcome::failed, fault.message + too_long_advice);
}

// The feed's words stand in for a page without an article, and for a part of one where they are
// more than twice as long. A part does not replace what was stored of the whole.
void PageWriter::save_page(const CrawlJob& job, const Fetched& fetched, ExtractedPage page) {
  const Article& article = page.article;
  const std::string reason = article.text.empty() && article.state_reason.empty()
                                 ? "no text of an article was found on the page"
                                 : article.state_reason;
  const bool is_emptied = article.text.empty() &&
                          (article.state == PageState::empty || article.state == PageState::fine);
  if (known_of(job.id).has_page && (is_emptied || article.state == PageState::error)) {
    return save_gone(job, is_emptied ? "the page has no text any more" : reason, false);
  }
  if (article.state != PageState::fine || article.text.empty()) {
    Words words = read_entry(job, fetched.final_url.text(), false);
    words.page.article.robots = article.robots;
    if (words.page.article.text.size() > 2 * article.text.size())
      return save_words(job, std::move(words), reason);
  }
  if (article.text.empty()) {
    report_.add_failed_page(job.url.text(), reason);
    fail(job, PageOutcome::not_article, reason, std::nullopt);
    return;
  }
  if (article.state != PageState::fine && says_less(job, article)) return keep(job, reason);
  save(job, fetched.response, std::move(page), {false, reason});
}

PageWriter::Words PageWriter::read_entry(const CrawlJob& job, const std::string& url,
                                         bool content_only) {
  const Entry entry = parts_.store.page_entry(job.id);
  const bool uses_summary = entry.content.empty() && !content_only;
  const EntryHint hint{entry.title, entry.published, uses_summary ? entry.summary : entry.content};
  return {extract_entry(url, hint, parts_.finder), uses_summary};
}

bool PageWriter::says_less(const CrawlJob& job, const Article& part) {
  const auto stored = parts_.store.latest_text(job.id);
  return stored && (stored->dropped_at || stored->text.size() > part.text.size());
}

// The feed's content replaces what the feed gave before; its summary is a part of that.
void PageWriter::save_words(const CrawlJob& job, Words words, const std::string& reason) {
  if (words.is_summary && says_less(job, words.page.article)) return keep(job, reason);
  save(job, {}, std::move(words.page), {true, reason});
}

void PageWriter::keep(const CrawlJob& job, const std::string& reason) {
  ++report_.unchanged;
  const UnderWay known = known_of(job.id);
  fail(job, PageOutcome::not_article, reason,
       next_look(known.is_of_note, known.looks + known.failures + 1));
}

// In place of a page that robots.txt forbids only what the feed gives in full stands: a line of
// summary would look like a page that was read.
void PageWriter::save_stand_in(const CrawlJob& job, const std::string& url, PageOutcome otherwise,
                               const std::string& reason) {
  const bool is_forbidden = otherwise == PageOutcome::forbidden;
  Words words = read_entry(job, url, is_forbidden);
  if (words.page.article.text.empty()) {
    if (!is_forbidden) report_.add_failed_page(job.url.text(), reason);
    fail(job, otherwise, reason, std::nullopt);
    return;
  }
  save_words(job, std::move(words), reason);
}

bool PageWriter::goes_by_proxy(const CrawlJob& job) const {
  return !(job.proxy ? *job.proxy : parts_.settings.proxy).empty();
}

void PageWriter::save(const CrawlJob& job, const FetchResponse& response, ExtractedPage page,
                      const Origin& origin) {
  for (const std::string& warning : page.article.warnings)
    spdlog::debug("page {}: {}", job.url.text(), warning);
  const UnderWay known = known_of(job.id);
  PageToSave what{.article_id = job.id, .page = std::move(page)};
  what.from_feed = origin.is_feed;
  what.reason = origin.reason;
  what.by_proxy = goes_by_proxy(job);
  what.had_page = known.has_page;
  what.looks = known.looks;
  what.next_look = [this](bool of_note, int looks) { return next_look(of_note, looks); };
  report_.add(saver_.save(std::move(what), response, parts_.clock.now()));
}

}  // namespace stakeout
