#include "tests/support/simulated_web.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stakeout {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t day = 86'400;

constexpr Habit habits[] = {Habit::steady,      Habit::no_validators, Habit::lying_etag,
                            Habit::outage,      Habit::falls_silent,  Habit::moves,
                            Habit::wants_hours, Habit::steady,        Habit::ends};

constexpr std::int64_t periods[] = {day,     8 * hour, 7 * day, hour, day,      3 * day,
                                    0,       3 * hour, 7 * day, day,  hour / 3, day,
                                    3 * day, 8 * hour, 0,       day};

// How many feeds the hosts have, in turn.
constexpr std::size_t host_sizes[] = {1, 1, 2, 1, 5, 1, 10, 3, 1, 20, 1, 2, 50, 1, 4, 1, 200};

constexpr std::int64_t outage_begins = 8 * day;
constexpr std::int64_t outage_ends = 13 * day;
constexpr std::int64_t silence_begins = 12 * day;
constexpr std::int64_t move_happens = 5 * day;
constexpr std::int64_t end_happens = 15 * day;

constexpr std::int64_t rest_begins = 12 * hour;
constexpr std::int64_t rest_ends = 14 * hour;

constexpr milliseconds slow_latency{15'000};

FetchResponse status(int code) {
  FetchResponse response;
  response.status = code;
  return response;
}

}  // namespace

SimulatedWeb::SimulatedWeb(std::size_t feeds, const Clock& clock)
    : clock_{clock}, began_{clock.steady()}, first_day_{clock.now()}, visits_(feeds) {
  while (feeds_.size() < feeds) {
    const std::size_t size = host_sizes[hosts_.size() % std::size(host_sizes)];
    add_host(std::min(size, feeds - feeds_.size()));
  }
}

void SimulatedWeb::add_host(std::size_t feeds) {
  const std::size_t number = hosts_.size();
  const std::string name = "host" + std::to_string(number) + ".example";
  Host& host = hosts_[name];
  host.feeds = feeds;
  host.throttles = number % 10 == 6;
  host.latency = number % 10 == 2 ? slow_latency : milliseconds{50 + number * 37 % 400};
  for (std::size_t n = 0; n < feeds; ++n) {
    const std::size_t i = feeds_.size();
    const std::string path = "/feed" + std::to_string(i);
    const std::int64_t period = periods[i % std::size(periods)];
    // The feeds of a period are spread over it, as if by chance but the same each time.
    const auto spread = static_cast<std::int64_t>(i * 7'919);
    const std::int64_t phase = period == 0 ? 0 : spread % period;
    feeds_.push_back(
        {"http://" + name + path, habits[i % std::size(habits)], period, phase, host.throttles});
    feed_by_path_.emplace(name + path, i);
    feed_by_path_.emplace(name + "/moved" + path, i);
  }
}

std::int64_t SimulatedWeb::seconds() const {
  return std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - began_).count();
}

void SimulatedWeb::start(FetchRequest request, Done done) {
  const std::lock_guard lock{mutex_};
  Host& host = hosts_.at(request.url.host());
  note_start(host);
  open_.push_back({std::move(request), std::move(done), clock_.steady() + host.latency, &host});
}

void SimulatedWeb::note_start(Host& host) {
  const SteadyTime now = clock_.steady();
  if (host.last_start)
    manners_.shortest_gap = std::min(manners_.shortest_gap, now - *host.last_start);
  host.last_start = now;
  manners_.most_at_once = std::max(manners_.most_at_once, ++host.under_way);
  manners_.disturbed += now < host.left_alone_until ? 1 : 0;
  const std::int64_t second = seconds();
  manners_.busiest_minute = std::max(manners_.busiest_minute, host.minute.add(second / 60));
  manners_.busiest_hour = std::max(manners_.busiest_hour, host.hour.add(second / hour));
  const auto in_day = static_cast<double>(host.day.add(second / day));
  manners_.busiest_day = std::max(manners_.busiest_day, in_day / static_cast<double>(host.feeds));
}

SimulatedWeb::Manners SimulatedWeb::manners() const {
  const std::lock_guard lock{mutex_};
  return manners_;
}

std::optional<SteadyTime> SimulatedWeb::next_answer() const {
  const std::lock_guard lock{mutex_};
  if (open_.empty()) return std::nullopt;
  return std::ranges::min_element(open_, {}, &Open::answer_at)->answer_at;
}

bool SimulatedWeb::answer_due() {
  std::vector<Open> due;
  {
    const SteadyTime now = clock_.steady();
    const std::lock_guard lock{mutex_};
    const auto rest =
        std::ranges::partition(open_, [now](const Open& o) { return o.answer_at > now; });
    std::ranges::move(rest, std::back_inserter(due));
    open_.erase(rest.begin(), rest.end());
  }
  for (Open& open : due) {
    FetchResult answer = answer_to(open);
    {
      const std::lock_guard lock{mutex_};
      --open.host->under_way;
    }
    const std::int64_t rest = answer ? answer->retry_after.value_or(0) : 0;
    open.done(std::move(answer));
    if (rest == 0) continue;
    const std::lock_guard lock{
        mutex_};  // what was started before the answer was read is no offence
    open.host->left_alone_until = clock_.steady() + std::chrono::seconds{rest};
  }
  return !due.empty();
}

FetchResult SimulatedWeb::answer_to(const Open& open) {
  const FetchRequest& request = open.request;
  const std::string path = request.url.host() + request.url.path_and_query();
  const auto found = feed_by_path_.find(path);
  if (found == feed_by_path_.end()) return status(404);  // robots.txt: there is none
  ++visits_[found->second].requests;
  const bool moved = path.find("/moved/") != std::string::npos;
  const std::int64_t time = seconds() % day;
  FetchResult answer = status(429);
  if (open.host->throttles && time >= rest_begins && time < rest_ends) {
    answer->retry_after = rest_ends - time;
  } else {
    answer = answer_of(feeds_[found->second], request, moved);
  }
  if (answer) answer->fetched_at = clock_.now();
  if (!answer || answer->location.empty()) ++answered_;
  return answer;
}

FetchResult SimulatedWeb::answer_of(const SimulatedFeed& feed, const FetchRequest& request,
                                    bool moved) {
  const std::int64_t now = seconds();
  if (feed.habit == Habit::outage && now >= outage_begins && now < outage_ends)
    return fault(FaultKind::no_answer, "the connection was refused");
  if (feed.habit == Habit::ends && now >= end_happens) return status(410);
  if (feed.habit == Habit::moves && now >= move_happens && !moved) {
    FetchResponse response = status(301);
    response.location = "/moved" + request.url.path_and_query();
    return response;
  }
  return document_of(feed, request.validators);
}

FetchResponse SimulatedWeb::document_of(const SimulatedFeed& feed, const Validators& known) {
  const std::int64_t count = published(feed);
  const std::string etag = "\"" + std::to_string(count) + "\"";
  const bool has_etag = feed.habit != Habit::no_validators;
  const bool lies = feed.habit == Habit::lying_etag && !known.etag.empty();
  if (has_etag && (known.etag == etag || lies)) return status(304);
  FetchResponse response = status(200);
  response.content_type = "application/rss+xml";
  if (has_etag) response.validators.etag = etag;
  response.body = words_of(feed, count);
  Visits& visits = visits_[static_cast<std::size_t>(&feed - feeds_.data())];
  const std::int64_t oldest = count - window;
  if (visits.latest > 0) visits.missed += std::max<std::int64_t>(0, oldest - visits.latest);
  visits.shown += count - std::max(visits.latest, oldest);
  visits.latest = count;
  return response;
}

const Visits& SimulatedWeb::visits(const SimulatedFeed& feed) const {
  return visits_[static_cast<std::size_t>(&feed - feeds_.data())];
}

std::int64_t SimulatedWeb::published(const SimulatedFeed& feed) const {
  std::int64_t now = seconds();
  if (feed.habit == Habit::falls_silent) now = std::min(now, silence_begins);
  if (feed.period == 0 || now < feed.phase) return old_entries;
  return old_entries + (now - feed.phase) / feed.period + 1;
}

std::string SimulatedWeb::words_of(const SimulatedFeed& feed, std::int64_t published) const {
  std::string out = "<rss version=\"2.0\"><channel><title>" + feed.url + "</title>";
  if (feed.habit == Habit::wants_hours) out += "<ttl>120</ttl>";
  for (std::int64_t n = published; n > published - window; --n) {
    const std::string number = std::to_string(n);
    out +=
        "<item><title>News " + number + "</title><guid isPermaLink=\"false\">" + number + "</guid>";
    if (feed.habit != Habit::no_validators) {
      const std::int64_t period = feed.period == 0 ? day : feed.period;
      const std::int64_t at = feed.phase + (n - old_entries - 1) * period;
      out += "<pubDate>" + to_rfc3339(first_day_ + at) + "</pubDate>";
    }
    out += "</item>";
  }
  return out + "</channel></rss>";
}

}  // namespace stakeout
