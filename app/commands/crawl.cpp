#include "app/crawl/crawl.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/crawl/engine.h"
#include "app/crawl/system_clock.h"
#include "app/progress.h"
#include "app/session.h"
#include "app/signals.h"

namespace stakeout {
namespace {

struct CrawlWords {
  std::string feeds;
  std::vector<std::string> watchlists;
  bool force = false;
};

Settings settings_for(const Session& session, const CrawlWords& words) {
  Settings settings = session.settings();
  if (!session.database_file.empty()) settings.database = session.database_file;
  if (!words.feeds.empty()) settings.feeds = words.feeds;
  settings.watchlist.insert(settings.watchlist.end(), words.watchlists.begin(),
                            words.watchlists.end());
  return settings;
}

// 0: done; 1: nothing could be reached; 3: some feeds failed.
int exit_code_of(const CrawlReport& report) {
  if (report.failed_feeds.empty()) return 0;
  return report.failed_feeds.size() == report.feeds_done ? 1 : 3;
}

int run_crawl(const Session& session, const CrawlWords& words) {
  const Settings settings = settings_for(session, words);
  const FeedList feeds = read_feed_list(settings.feeds);
  if (feeds.feeds.empty()) {
    throw CommandError{
        1, settings.feeds.string() + " names no feed; add a line with the address of one"};
  }
  const SystemClock clock;
  Signals signals;
  CrawlEngine engine{settings, feeds, read_watchlists(settings.watchlist), clock};
  Progress progress{session};
  const CrawlReport report = engine.crawl(
      {words.force, [&](const CrawlReport& now) { progress.show(now); }}, signals.stop_token());
  progress.clear();
  std::cout << summary_of(report);
  if (signals.stop_token().stop_requested()) {
    throw CommandError{1, "stopped before the end; what was left is taken up by the next crawl"};
  }
  return exit_code_of(report);
}

}  // namespace

void add_crawl_command(CLI::App& program, Session& session) {
  CLI::App* command =
      program.add_subcommand("crawl", "One pass over the feeds that are due and their pages");
  const auto words = std::make_shared<CrawlWords>();
  command->add_option("--feeds", words->feeds, "The feed list, whatever the settings say")
      ->type_name("FILE");
  command->add_option("--watchlist", words->watchlists, "A further watchlist; may be given again")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
  command->add_flag("--force", words->force,
                    "Feeds whose time has not come, too (Retry-After still holds)");
  command->callback([&session, words] { session.exit_code = run_crawl(session, *words); });
}

}  // namespace stakeout
