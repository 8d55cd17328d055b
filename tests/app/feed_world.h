#pragma once

#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "app/crawl/crawl.h"
#include "storage/reader.h"
#include "tests/support/clocks.h"
#include "tests/support/scripted_fetcher.h"
#include "tests/support/temporary_folder.h"

// Sites whose feeds live through days and weeks, with a fetcher that a test scripts and a clock
// that it moves.

namespace stakeout {

inline constexpr std::int64_t hour = 3'600;
inline constexpr std::int64_t day = 86'400;

inline FetchResponse answer_of(int status, std::string body = {}) {
  FetchResponse response;
  response.status = status;
  response.body = std::move(body);
  response.content_type = "application/rss+xml";
  return response;
}

inline FetchResponse redirect_to(int status, const std::string& location) {
  FetchResponse response = answer_of(status);
  response.location = location;
  return response;
}

// A site whose feed publishes at given times, the latest ten of them in the document.
struct Publisher {
  std::vector<Timestamp> times;
  std::string own_words;  // within <channel>

  [[nodiscard]] std::string document(Timestamp now) const {
    std::vector<Timestamp> out;
    for (const Timestamp time : times) {
      if (time <= now) out.push_back(time);
    }
    std::string items;
    for (std::size_t i = 0; i < 10 && i < out.size(); ++i) {
      const Timestamp time = out[out.size() - 1 - i];
      items += "<item><guid>" + std::to_string(time.seconds) + "</guid><title>At " +
               to_rfc3339(time) + "</title><pubDate>" + to_rfc3339(time) + "</pubDate></item>";
    }
    return "<rss version=\"2.0\"><channel><title>News</title>" + own_words + items +
           "</channel></rss>";
  }
};

struct World {
  using Site = std::function<FetchResult(const FetchRequest&)>;

  FakeClock clock;
  std::map<std::string, Site> sites;  // by address
  std::map<std::string, int> asked;   // how often each address was
  TemporaryFolder folder;
  std::filesystem::path file = folder.file();
  Store store{file};
  FetchSettings settings;
  MentionFinder finder{Watchlist{}};
  HostMemory hosts;
  NetworkWatch network;
  Proxies proxies{{}};
  Vitals vitals{std::chrono::minutes{1}};
  std::mt19937 chance{7};
  ScriptedFetcher fetcher{[this](const FetchRequest& request) -> FetchResult {
    const std::string url = request.url.text();
    const auto site = sites.find(url);
    if (site == sites.end() && url.ends_with("/robots.txt")) return answer_of(404);
    ++asked[url];
    if (site == sites.end()) return fault(FaultKind::no_answer, "no connection can be made");
    return site->second(request);
  }};

  World() {
    settings.connections = 8;
    settings.per_host_connections = 2;
    settings.max_body = 1 << 20;
  }

  void list(const std::vector<std::string>& urls) {
    std::vector<FeedListing> feeds;
    for (const std::string& url : urls) feeds.push_back({url, "", {}});
    store.sync_feeds(feeds, clock.now());
  }

  CrawlReport pass() {
    return crawl({settings, proxies, store, finder, fetcher, clock, hosts, chance, network, vitals},
                 {}, {});
  }

  // As the service does: a pass whenever something is due.
  void live(std::int64_t seconds) {
    const Timestamp end = clock.now() + seconds;
    while (true) {
      const Timestamp due = std::max(store.next_due().value_or(end), clock.now());
      const std::int64_t wait = std::min(due, end) - clock.now();
      clock.advance(std::chrono::seconds{wait});
      if (clock.now() >= end) return;
      static_cast<void>(pass());
    }
  }

  std::vector<std::string> told(const std::string& kind) {
    std::vector<std::string> details;
    Reader reader{file};
    for (const auto& row :
         reader.rows("SELECT details FROM v_alerts WHERE kind = ?1 ORDER BY id", {kind}).rows)
      details.push_back(std::get<std::string>(row.at(0)));
    return details;
  }

  Cell cell(const std::string& column) {
    return Reader{file}.rows("SELECT " + column + " FROM v_feeds ORDER BY id").rows.at(0).at(0);
  }
  std::int64_t number(const std::string& column) { return std::get<std::int64_t>(cell(column)); }
};

inline const std::string home = "https://a.example/feed";

// Every `gap` seconds for `span` seconds from `from` on.
inline std::vector<Timestamp> every(std::int64_t gap, Timestamp from, std::int64_t span) {
  std::vector<Timestamp> times;
  for (std::int64_t at = 0; at < span; at += gap) times.push_back(from + at);
  return times;
}

// Validators as an honest server makes them of a body.
inline FetchResponse honest(const FetchRequest& request, const std::string& body) {
  FetchResponse response = answer_of(200, body);
  response.validators.etag = "\"" + std::to_string(std::hash<std::string>{}(body)) + "\"";
  if (request.validators.etag != response.validators.etag) return response;
  response.status = 304;
  response.body.clear();
  return response;
}

}  // namespace stakeout
