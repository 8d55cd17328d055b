#include "app/crawl/feed_check.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "alerts/value_words.h"
#include "app/crawl/network_options.h"
#include "crawler/crawler.h"
#include "crawler/feed_habits.h"
#include "crawler/host_memory.h"
#include "crawler/next_poll.h"
#include "crawler/status_words.h"
#include "extractors/feeds/feed_links.h"
#include "extractors/feeds/parse_feed.h"
#include "extractors/text/charset.h"

namespace stakeout {
namespace {

// Of so many entries robots.txt is asked about the pages.
constexpr std::size_t asked_pages = 10;

std::string words_for_status(const FetchResponse& response) {
  const StatusWords words = status_words(response.status);
  std::string pause;
  if (response.retry_after && *response.retry_after > 0)
    pause = "; it asks for a pause of " + std::to_string(*response.retry_after) + " seconds";
  return words.fault + pause + "; what to do: " + words.advice;
}

// The dates of a feed's entries: of publication, or else of their last change.
std::vector<std::optional<Timestamp>> entry_times(const Feed& feed) {
  std::vector<std::optional<Timestamp>> times;
  for (const Entry& entry : feed.entries)
    times.push_back(entry.published ? entry.published : entry.updated);
  return times;
}

// What a crawl would poll it by, if the feed went on as its entries' dates tell.
std::int64_t suiting_interval(const std::vector<std::optional<Timestamp>>& times, const Feed& feed,
                              const FetchResponse& response) {
  FeedHabits habits;
  habits.add(arrivals_of({times, times, std::nullopt, response.fetched_at}));
  PollOptions options;
  options.jitter_percent = 0;
  PollState state;
  state.polled_at = response.fetched_at;
  state.usual_gap = habits.usual_gap();
  if (state.usual_gap) {
    state.interval = *state.usual_gap;  // no longer the first poll, whose interval is a guess
    state.quiet_for = response.fetched_at - *habits.newest();
  }
  state.fresh_for = response.fresh_for;
  state.poll_interval = feed.poll_interval;
  return next_poll(state, options, 0).at - response.fetched_at;
}

class Checks {
 public:
  Checks(const std::vector<Url>& urls, const FetchSettings& settings, const Proxies& proxies,
         Fetcher& fetcher, const Clock& clock)
      : crawler_{crawler_options(settings), fetcher, clock, hosts_},
        checks_(urls.size()),
        pages_(urls.size()),
        proxies_of_(urls.size()) {
    for (std::size_t i = 0; i < urls.size(); ++i) {
      checks_[i].url = urls[i].text();
      CrawlJob job{.kind = JobKind::feed, .id = static_cast<std::int64_t>(i), .url = urls[i]};
      job.proxy = proxies_of_[i] = proxies.of(urls[i].text());
      crawler_.submit(std::move(job));
    }
    crawler_.finish();
  }

  std::vector<FeedCheck> run(const std::function<void(std::size_t)>& done) {
    std::size_t count = 0;
    while (auto result = crawler_.next()) {
      const auto number = static_cast<std::size_t>(result->job.id);
      if (result->job.kind == JobKind::permission) {
        note_permission(pages_[number], result->outcome);
      } else {
        read(checks_[number], number, result->outcome);
        done(++count);
      }
    }
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      if (checks_[i].is_good) checks_[i].robots = pages_[i].words();
    }
    return std::move(checks_);
  }

 private:
  // What robots.txt says about the pages of one feed.
  struct Pages {
    std::size_t asked = 0;
    std::size_t refused = 0;
    std::size_t unknown = 0;  // no robots.txt could be had, or the host wants to be left alone

    [[nodiscard]] std::string words() const {
      if (asked == 0) return "no page to ask about";
      if (unknown == asked) return "robots.txt cannot be had; until then no page is fetched";
      if (refused == 0 && unknown == 0) return "allows the pages";
      if (refused == asked) return "forbids the pages";
      return "forbids " + std::to_string(refused + unknown) + " of " + counted(asked, "page");
    }
  };

  static void note_permission(Pages& pages, const CrawlOutcome& outcome) {
    const auto* const refusal = std::get_if<RobotsRefusal>(&outcome);
    if (refusal != nullptr && !refusal->unreachable) {
      ++pages.refused;
    } else if (!std::holds_alternative<RobotsPermission>(outcome)) {
      ++pages.unknown;
    }
  }

  void read(FeedCheck& check, std::size_t number, CrawlOutcome& outcome) {
    if (const auto* failure = std::get_if<FetchFailure>(&outcome)) {
      check.outcome = failure->error.message;
      if (failure->url.text() != check.url) check.final_url = failure->url.text();
    } else if (const auto* postponed = std::get_if<Postponed>(&outcome)) {
      check.outcome = "the host asks to be left alone until " + to_rfc3339(postponed->until);
    } else {
      read_answer(check, number, std::get<Fetched>(outcome));
    }
  }

  void read_answer(FeedCheck& check, std::size_t number, const Fetched& fetched) {
    const FetchResponse& response = fetched.response;
    check.status = response.status;
    check.bytes = response.body.size();
    check.validators = response.validators;
    if (fetched.final_url.text() != check.url) check.final_url = fetched.final_url.text();
    check.moved_for_good = fetched.permanent_url.has_value();
    if (response.status < 200 || response.status >= 300) {
      check.outcome = words_for_status(response);
      return;
    }
    check.encoding = decode_text(response.body, response.content_type, Markup::xml).encoding;
    const auto feed = parse_feed(response.body, {fetched.final_url.text(), response.content_type});
    if (feed) {
      read_feed(check, *feed, response);
      ask_about_pages(number, *feed);
    } else {
      check.outcome = feed.error().message;
      check.offers = find_feed_links(response.body, fetched.final_url.text());
    }
  }

  static void read_feed(FeedCheck& check, const Feed& feed, const FetchResponse& response) {
    check.is_good = true;
    check.format = feed.format;
    check.entries = feed.entries.size();
    check.warnings = feed.warnings;
    const auto times = entry_times(feed);
    if (!times.empty()) check.newest = *std::ranges::max_element(times);
    check.interval = suiting_interval(times, feed, response);
    check.outcome = feed.entries.empty() ? "a feed without entries" : "a feed";
    if (!feed.warnings.empty())
      check.outcome += ", with " + counted(feed.warnings.size(), "repair");
    if (check.moved_for_good) check.outcome += "; it has moved for good to " + check.final_url;
  }

  void ask_about_pages(std::size_t number, const Feed& feed) {
    std::unordered_set<std::string> asked;
    for (const Entry& entry : feed.entries) {
      if (asked.size() == asked_pages) return;
      auto url = parse_url(entry.link);
      if (!url || !asked.insert(url->text()).second) continue;
      ++pages_[number].asked;
      CrawlJob job{.kind = JobKind::permission,
                   .id = static_cast<std::int64_t>(number),
                   .url = std::move(*url)};
      job.proxy = proxies_of_[number];
      crawler_.submit(std::move(job));
    }
  }

  HostMemory hosts_;
  Crawler crawler_;
  std::vector<FeedCheck> checks_;
  std::vector<Pages> pages_;
  std::vector<std::optional<std::string>> proxies_of_;  // by feed, as CrawlJob wants them
};

}  // namespace

std::vector<FeedCheck> check_feeds(const std::vector<Url>& urls, const FetchSettings& settings,
                                   const Proxies& proxies, Fetcher& fetcher, const Clock& clock,
                                   const std::function<void(std::size_t)>& done) {
  return Checks{urls, settings, proxies, fetcher, clock}.run(done);
}

}  // namespace stakeout
