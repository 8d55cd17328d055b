#include "app/crawl/plan.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/feed_list_file.h"
#include "app/post/setup.h"
#include "app/session.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

std::vector<std::string> canonical_names(const Watchlist& watchlist, EntityKind kind,
                                         const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const std::string& name : given) names.push_back(canonical_name(watchlist, kind, name));
  return names;
}

}  // namespace

CrawlPlan read_crawl_plan(Settings settings) {
  FeedList feeds = read_feed_list(settings.feeds);
  Watchlist watchlist = read_watchlists(settings.watchlist);
  for (const FeedSettings& feed : settings.feed_settings) {
    if (std::ranges::find(feeds.feeds, feed.url, &ListedFeed::url) == feeds.feeds.end())
      spdlog::warn("{}: {} has no feed {}; this [[feed]] has no effect", feed.origin,
                   settings.feeds.string(), feed.url);
  }
  for (const UnreadDigest& digest : digests_without_readers(settings))
    spdlog::warn("{}; {}", digest.what, digest.advice);
  return {std::move(settings), std::move(feeds), std::move(watchlist)};
}

void add_watchlist(Watchlist& watchlist, const std::filesystem::path& file) {
  WatchlistFile read = parse_watchlist(read_text_file(file, "the watchlist"), file.string());
  for (const std::string& warning : read.warnings) spdlog::warn("{}", warning);
  watchlist.merge(std::move(read.entities));
}

Watchlist read_watchlists(const std::vector<std::filesystem::path>& files) {
  Watchlist watchlist = shipped_watchlist();
  for (const auto& file : files) add_watchlist(watchlist, file);
  return watchlist;
}

std::string canonical_name(const Watchlist& watchlist, EntityKind kind, const std::string& given) {
  if (given.empty() || watchlist.find(kind, given) != nullptr) return given;
  const std::string folded = fold_case(given);
  for (const Entity& entity : watchlist.entities()) {
    const auto is_given = [&](const std::string& alias) { return fold_case(alias) == folded; };
    if (entity.kind == kind && std::ranges::any_of(entity.aliases, is_given)) return entity.name;
  }
  return given;
}

Mutes mutes_of(const DigestSettings& digest, const Watchlist& watchlist) {
  return {canonical_names(watchlist, EntityKind::vendor, digest.mute_vendors), digest.mute_kinds,
          digest.mute_stories, digest.min_amount, digest.currency};
}

std::vector<Subscription> subscriptions_of(const std::vector<DigestSettings>& digests,
                                           const Watchlist& watchlist) {
  std::vector<Subscription> subscriptions;
  for (const DigestSettings& digest : digests) {
    for (const Recipient& to : recipients_of(digest)) {
      subscriptions.push_back({to, digest.kinds,
                               canonical_names(watchlist, EntityKind::vendor, digest.vendors),
                               canonical_names(watchlist, EntityKind::agency, digest.agencies),
                               digest.categories, digest.tags, mutes_of(digest, watchlist)});
    }
  }
  return subscriptions;
}

}  // namespace stakeout
