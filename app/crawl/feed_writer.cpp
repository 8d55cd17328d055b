#include "app/crawl/feed_writer.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/crawl/raised_alerts.h"
#include "app/log_field.h"
#include "crawler/feed_habits.h"
#include "extractors/text/canonical_url.h"

namespace stakeout {
namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t month = 30 * day;

// After so many 304s, or so long with nothing else, the validators are withheld once.
constexpr int most_not_modified = 50;
constexpr std::int64_t longest_not_modified = 7 * day;

// What a failed poll counts toward a feed's being called failing (conventions: hard, soft,
// temporary).
constexpr double hard = 1;
constexpr double soft = 0.5;
constexpr double temporary = 0.25;

// For how long a feed may be overdue, without having been asked, until that is a failure.
constexpr std::int64_t longest_put_off = day;

// For how long feeds that gave no answer are kept, to see whether others give one.
constexpr std::chrono::minutes longest_wait{5};

constexpr int gone = 410;
constexpr int part = 226;

constexpr const char* no_answer_advice = "look at the address in a browser";
constexpr const char* bad_answer_advice =
    "look at the address in a browser; if it can be read there, tell the site what is wrong";
constexpr const char* refused_advice =
    "if the feed is meant to be read there, name the address under allow_private in the settings";
constexpr const char* put_off_words =
    "its host asks again and again to be left alone, before it lets the feed be read";
constexpr const char* put_off_advice =
    "look at the feed and at the robots.txt of its host in a browser; if they can be read there, "
    "ask the site to let the crawler in";
constexpr const char* bad_address_advice = "put the right address into the feed list";
constexpr const char* no_feed_advice = "look on the site for the address of its feed";

std::string canonical_text(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? canonical_url(*parsed) : std::string{};
}

bool is_older(const std::optional<Timestamp>& time, std::int64_t age, Timestamp now) {
  return time && *time <= now - age;
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

double weight_of(int status) {
  return status == 404 || status == 429 || status >= 500 ? soft : hard;
}

// What is wrong, with the server's wish to be left alone where that is a long one.
StatusWords status_fault(const FetchResponse& response, Timestamp now) {
  StatusWords words = status_words(response.status);
  if (response.retry_after && *response.retry_after >= day) {
    words.fault += "; it wants to be left alone until " +
                   to_rfc3339(now + *response.retry_after).substr(0, 10);
  }
  return words;
}

}  // namespace

FeedWriter::Asked FeedWriter::asked_now(FeedState feed) const {
  const Timestamp now = parts_.clock.now();
  Asked asked;
  const bool has_moved = !feed.current_url.empty();
  const bool is_time = !feed.listed_asked_at || is_older(feed.listed_asked_at, month, now);
  asked.is_check = has_moved && feed.failed_polls == 0 && is_time;
  asked.listed = !has_moved || asked.is_check || feed.failed_polls % 2 == 1;
  asked.withheld =
      feed.trust == Trust::trusted &&
      (feed.not_modified >= most_not_modified ||
       (feed.not_modified > 0 && is_older(feed.last_document_at, longest_not_modified, now)));
  asked.feed = std::move(feed);
  return asked;
}

bool FeedWriter::puts_on_trial(const Asked& asked) const {
  const FeedState& feed = asked.feed;
  const bool has_validators = !feed.etag.empty() || !feed.last_modified.empty();
  const bool gets_chance =
      feed.trust == Trust::lying && is_older(feed.trust_since, month, parts_.clock.now());
  return has_validators && (asked.withheld || gets_chance);
}

void FeedWriter::submit_due(bool force) {
  settle();  // where feeds come and go there may be no result that does it
  for (FeedState& feed : parts_.store.feeds_due(parts_.clock.now(), force)) {
    if (under_way_.contains(feed.id) || unanswered_.contains(feed.id)) continue;
    Asked asked = asked_now(std::move(feed));
    const FeedState& known = asked.feed;
    const auto url = parse_url(asked.listed ? known.url : known.current_url);
    ++report_.feeds_due;
    if (!url) {  // the feed list refuses such lines; an old row may still hold one
      ++report_.feeds_done;
      const std::int64_t id = known.id;
      feeds_.insert_or_assign(id, std::move(asked));
      fail(id, {{"its address cannot be fetched: " + url.error().message, bad_address_advice},
                PollOutcome::missing,
                hard});
      continue;
    }
    CrawlJob job{JobKind::feed, known.id, *url, {}, true};
    // Validators are those of the document at the address where the feed is.
    const bool is_elsewhere = asked.listed && !known.current_url.empty();
    if (known.trust != Trust::lying && !asked.withheld && !is_elsewhere)
      job.validators = {known.etag, known.last_modified};
    job.proxy = parts_.proxies.of(known.url);
    feeds_.insert_or_assign(job.id, std::move(asked));
    under_way_.insert(job.id);
    crawler_.submit(std::move(job));
  }
}

PollState FeedWriter::state_after(const FeedState& feed, PollOutcome outcome) const {
  PollState state;
  state.polled_at = parts_.clock.now();
  state.outcome = outcome;
  state.interval = feed.poll_interval;
  state.usual_gap = feed.usual_gap;
  if (feed.newest_at) state.quiet_for = state.polled_at - *feed.newest_at;
  state.skipped = {feed.skip_hours, feed.skip_days};
  return state;
}

FeedPlan FeedWriter::plan(const PollState& state) {
  std::uniform_real_distribution<double> jitter{-1, 1};
  const NextPoll next = next_poll(state, {}, jitter(parts_.chance));
  return {next.at, next.interval};
}

void FeedWriter::write(const Finished& finished) {
  ++report_.feeds_done;
  const CrawlJob& job = finished.result.job;
  under_way_.erase(job.id);
  if (const auto* failure = std::get_if<FetchFailure>(&finished.result.outcome)) {
    write_failure(job.id, *failure);
  } else if (const auto* postponed = std::get_if<Postponed>(&finished.result.outcome)) {
    postpone(job.id, *postponed);
  } else {
    const auto& fetched = std::get<Fetched>(finished.result.outcome);
    parts_.network.note(fetched.final_url.host(), true, parts_.clock.steady());
    write_answer(job, fetched, finished);
  }
}

void FeedWriter::write_failure(std::int64_t feed_id, const FetchFailure& failure) {
  const FetchFault& fault = failure.error;
  const SteadyTime now = parts_.clock.steady();
  switch (fault.kind) {
    case FaultKind::no_answer:
      parts_.network.note(failure.url.host(), false, now);
      if (unanswered_.empty()) unanswered_since_ = now;
      unanswered_.insert_or_assign(feed_id, fault.message);
      break;
    case FaultKind::answered:
    case FaultKind::too_long:
      parts_.network.note(failure.url.host(), true, now);
      fail(feed_id, {{fault.message, bad_answer_advice}, PollOutcome::failed, temporary});
      break;
    case FaultKind::refused:
      fail(feed_id, {{fault.message, refused_advice}, PollOutcome::failed, temporary});
      break;
  }
}

void FeedWriter::settle() {
  const SteadyTime steady = parts_.clock.steady();
  const bool is_time = under_way_.empty() || steady - unanswered_since_ >= longest_wait;
  if (unanswered_.empty() || !is_time) return;
  const bool is_ours = parts_.network.is_down(steady);
  if (is_ours) {
    spdlog::warn(
        "{} feeds gave no answer, and hardly any did: this machine's network is down; no "
        "feed is blamed",
        unanswered_.size());
  }
  std::size_t raised = 0;
  const auto save = [&] { save_unanswered(is_ours); };
  parts_.store.together([&] { raised = alerts_raised_by(save, parts_.store); });
  report_.alerts_raised += raised;
  unanswered_.clear();
}

void FeedWriter::save_unanswered(bool is_ours) {
  const Timestamp now = parts_.clock.now();
  for (const auto& [feed_id, error] : unanswered_) {
    if (is_ours) {
      parts_.store.plan_feed(feed_id, {now + PollOptions{}.shortest}, false, now);
      report_.failed_feeds.push_back({feeds_.at(feed_id).feed.url, error});
    } else {
      fail(feed_id, {{error, no_answer_advice}, PollOutcome::failed, temporary});
    }
  }
}

void FeedWriter::write_answer(const CrawlJob& job, const Fetched& fetched,
                              const Finished& finished) {
  const FetchResponse& response = fetched.response;
  const bool was_asked = !job.validators.etag.empty() || !job.validators.last_modified.empty();
  if (response.status == 304 && was_asked) {
    save_not_modified(job, response);
  } else if (const auto* parsed = std::get_if<ParsedFeed>(&finished.parsed)) {
    if (parsed->feed) {
      save_parsed(job, fetched, *parsed->feed);
    } else {
      StatusWords words{parsed->feed.error().message, no_feed_advice};
      if (!parsed->offered.empty()) {
        words.advice = "put " + parsed->offered + " in the list instead";
      }
      fail(job.id, fault_of(response, PollOutcome::failed, std::move(words)));
    }
  } else {
    StatusWords words = status_fault(response, parts_.clock.now());
    fail(job.id, fault_of(response, outcome_of(response), std::move(words)));
  }
}

FeedWriter::PollFault FeedWriter::fault_of(const FetchResponse& response, PollOutcome outcome,
                                           StatusWords words) {
  const int status = response.status;
  return {std::move(words), outcome, weight_of(status), status, response.retry_after};
}

void FeedWriter::postpone(std::int64_t feed_id, const Postponed& postponed) {
  const Timestamp now = parts_.clock.now();
  ++report_.postponed;
  const bool is_overdue = is_older(feeds_.at(feed_id).feed.next_fetch_at, longest_put_off, now);
  if (is_overdue && postponed.is_hosts_wish) {
    fail(feed_id,
         {{put_off_words, put_off_advice}, PollOutcome::throttled, soft, 0, postponed.until - now});
  } else {
    parts_.store.postpone_feed(feed_id, postponed.until);
  }
}

void FeedWriter::fail(std::int64_t feed_id, PollFault fault) {
  StatusWords& words = fault.words;
  const Timestamp now = parts_.clock.now();
  const Asked& asked = feeds_.at(feed_id);
  const FeedState& feed = asked.feed;
  const LogField field{"feed", feed.url};
  if (asked.is_check) {
    spdlog::info("feed {}: the listed address does not serve: {}", feed.url, words.fault);
    parts_.store.plan_feed(feed_id, {now + PollOptions{}.shortest}, true, now);
    return;
  }
  FeedFailure failure;
  failure.feed_id = feed_id;
  failure.status = fault.status;
  // Of a feed that moved, both addresses have to say so.
  failure.gone = failure.status == gone &&
                 (feed.current_url.empty() || (asked.listed && feed.last_status == gone));
  failure.weight = fault.weight;
  PollState state = state_after(feed, fault.outcome);
  state.failures = feed.failed_polls + 1;
  state.retry_after = fault.retry_after;
  failure.plan = plan(state);
  if (fault.retry_after) failure.not_before = now + *fault.retry_after;
  report_.failed_feeds.push_back({feed.url, words.fault});
  // A feed that goes on failing is told once.
  const auto level = feed.failed_polls == 0 ? spdlog::level::info : spdlog::level::debug;
  spdlog::log(level, "feed {}: {}", feed.url, words.fault);
  failure.error = std::move(words.fault);
  failure.advice = std::move(words.advice);
  parts_.store.save_feed_failure(failure, now);
}

void FeedWriter::save_not_modified(const CrawlJob& job, const FetchResponse& response) {
  const FeedState& feed = feeds_.at(job.id).feed;
  FeedNotModified answer;
  answer.feed_id = job.id;
  answer.is_lie = feed.trust == Trust::suspected;
  // What a liar sends along belongs to another document.
  if (!answer.is_lie) {
    answer.etag = response.validators.etag;
    answer.last_modified = response.validators.last_modified;
  }
  PollState state = state_after(feed, PollOutcome::unchanged);
  state.fresh_for = response.fresh_for;
  state.poll_interval = feed.publisher_interval;
  answer.plan = plan(state);
  parts_.store.save_feed_not_modified(answer, parts_.clock.now());
  tell_recovery(feed);
  ++report_.feeds_unchanged;
}

void FeedWriter::save_parsed(const CrawlJob& job, const Fetched& fetched, Feed feed) {
  for (const std::string& warning : feed.warnings)
    spdlog::debug("feed {}: {}", job.url.text(), warning);
  const Asked& asked = feeds_.at(job.id);
  FeedUpdate update;
  update.feed_id = job.id;
  update.asked_listed = asked.listed;
  if (fetched.permanent_url) {
    update.current_url = fetched.permanent_url->text();
  } else if (asked.listed && fetched.final_url == job.url) {
    update.current_url = "";
  }
  if (!feed.cut_short) {  // else a 304 would keep the rest from us
    update.etag = fetched.response.validators.etag;
    update.last_modified = fetched.response.validators.last_modified;
  }
  update.trust = asked.feed.trust == Trust::lying ? Trust::lying : Trust::trusted;
  update.validators_on_trial = puts_on_trial(asked);
  update.is_part = fetched.response.status == part;
  update.site = feed.title;
  for (Entry& entry : feed.entries) {
    std::string canonical = canonical_text(entry.link);
    update.entries.push_back({std::move(entry), std::move(canonical)});
  }
  feed.entries.clear();
  update.feed = std::move(feed);
  SavedFeed saved;
  parts_.store.together([&] {
    saved = parts_.store.save_feed(update, parts_.clock.now());
    parts_.store.save_feed_lesson(lesson_of(update, saved, fetched.response), parts_.clock.now());
  });
  tell_recovery(asked.feed);
  report_.new_entries += saved.new_entries;
  if (saved.new_entries + saved.changed_entries == 0) ++report_.feeds_unchanged;
}

void FeedWriter::tell_recovery(const FeedState& feed) {
  if (feed.failed_polls == 0) return;
  const LogField field{"feed", feed.url};
  spdlog::info("feed {}: can be read again", feed.url);
}

FeedLesson FeedWriter::lesson_of(const FeedUpdate& update, const SavedFeed& saved,
                                 const FetchResponse& response) {
  FeedState feed = feeds_.at(update.feed_id).feed;
  FeedDocument document;
  for (const FeedEntry& each : update.entries) document.published.push_back(each.entry.published);
  document.new_ones = saved.new_published;
  document.last_answer = feed.last_success_at;
  document.now = parts_.clock.now();

  FeedHabits habits = FeedHabits::parse(feed.habits);
  FeedLesson lesson;
  lesson.feed_id = feed.id;
  const bool is_full = !update.is_part && feed.document_entries > 0 &&
                       update.entries.size() >= feed.document_entries;
  if (is_full && saved.known_entries == 0) lesson.missed_entries = missed_before(document, habits);
  habits.add(arrivals_of(document));
  lesson.habits = habits.text();
  lesson.newest_at = habits.newest();
  lesson.usual_gap = habits.usual_gap();
  if (const auto quiet = habits.silent_after()) lesson.silent_from = *lesson.newest_at + *quiet;

  const bool changed = saved.new_entries + saved.changed_entries > 0;
  const Feed& publisher = update.feed;
  feed.usual_gap = lesson.usual_gap;
  feed.newest_at = lesson.newest_at;
  PollState state = state_after(feed, changed ? PollOutcome::changed : PollOutcome::unchanged);
  state.fresh_for = response.fresh_for;
  state.poll_interval = publisher.poll_interval;
  state.skipped = {};
  for (const int hour : publisher.skip_hours)
    state.skipped.hours |= 1U << static_cast<unsigned>(hour);
  for (const int weekday : publisher.skip_days)
    state.skipped.days |= 1U << static_cast<unsigned>(weekday);
  const std::size_t entries = saved.new_entries + saved.known_entries;
  if (feed.last_success_at && entries > 0 && !update.is_part) {
    state.elapsed = document.now - *feed.last_success_at;
    state.new_share = static_cast<double>(saved.new_entries) / static_cast<double>(entries);
  }
  lesson.plan = plan(state);
  return lesson;
}

}  // namespace stakeout
