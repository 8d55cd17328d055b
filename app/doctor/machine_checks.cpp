#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include <netdb.h>
#include <sys/timex.h>

#include "app/doctor/findings.h"
#include "app/file_edit.h"
#include "app/session.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

constexpr std::chrono::seconds patience{5};
constexpr std::size_t hosts_asked = 3;

Finding check_clock(Timestamp now) {
  timex state{};
  const std::string what = "it is " + to_rfc3339(now);
  // Where the system does not say, as in some containers, nothing is known against the clock.
  const bool is_adrift = adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) != 0;
  if (!is_adrift) return {"clock", Verdict::good, what, {}};
  return {"clock", Verdict::attention, what + ", and nothing keeps the clock right",
          "install a time service such as systemd-timesyncd"};
}

// Whether a name has an address. Nobody can stop the resolver, so it is left behind when it takes
// too long.
std::future<bool> ask_for(const std::string& host) {
  const auto answer = std::make_shared<std::promise<bool>>();
  std::future<bool> future = answer->get_future();
  std::thread{[answer, host] {
    addrinfo* found = nullptr;
    const bool has_address = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
    if (has_address) freeaddrinfo(found);
    answer->set_value(has_address);
  }}.detach();
  return future;
}

std::vector<std::string> some_hosts(const Settings& settings) {
  std::vector<std::string> hosts;
  try {
    const FeedList list = parse_feed_list(read_bounded_file(settings.feeds, "the feed list"),
                                          settings.feeds.string());
    for (const ListedFeed& feed : list.feeds) {
      const auto url = parse_url(feed.url);
      if (!url || hosts.size() == hosts_asked) continue;
      const std::string& host = url->host();
      if (std::ranges::find(hosts, host) == hosts.end()) hosts.push_back(host);
    }
  } catch (const CommandError&) {
    return {};  // check_files() tells it
  }
  return hosts;
}

Finding check_dns(const Settings& settings) {
  if (!settings.fetch.proxy.empty())
    return {"dns", Verdict::good, "host names are looked up by the proxy", {}};
  const std::vector<std::string> hosts = some_hosts(settings);
  if (hosts.empty()) return {"dns", Verdict::good, "no feed whose host could be looked up", {}};
  std::vector<std::future<bool>> answers;
  for (const std::string& host : hosts) answers.push_back(ask_for(host));
  const auto end = std::chrono::steady_clock::now() + patience;
  std::string unknown;
  std::size_t known = 0;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    if (answers[i].wait_until(end) == std::future_status::ready && answers[i].get()) {
      ++known;
    } else {
      unknown += (unknown.empty() ? "" : ", ") + hosts[i];
    }
  }
  if (unknown.empty()) return {"dns", Verdict::good, "the hosts of feeds have addresses", {}};
  if (known > 0)
    return {"dns", Verdict::attention, "no address was found for " + unknown,
            "mend their feeds in the list, or: stakeout feeds remove URL"};
  return {"dns", Verdict::fault, "no address was found for " + unknown,
          "look at the network and at /etc/resolv.conf"};
}

}  // namespace

std::vector<Finding> check_machine(const Settings& settings, Timestamp now) {
  return {check_clock(now), check_dns(settings)};
}

}  // namespace stakeout
