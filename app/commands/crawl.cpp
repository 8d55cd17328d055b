#include "app/crawl/crawl.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
#include "app/crawl/engine.h"
#include "app/crawl/system_clock.h"
#include "app/progress.h"
#include "app/reprocess_hint.h"
#include "app/session.h"
#include "app/signals.h"

namespace stakeout {
namespace {

int run_crawl(const Session& session, const CrawlWords& words) {
  const CrawlPlan plan = read_crawl_plan(settings_for(session, words));
  if (plan.feeds.feeds.empty()) {
    throw CommandError{
        1, plan.settings.feeds.string() + " names no feed; add a line with the address of one"};
  }
  const std::string hint = reprocess_hint(plan.settings.database, plan.watchlist);
  const SystemClock clock;
  Signals signals{1};
  HostMemory hosts;
  CrawlEngine engine{plan, clock, hosts, signals.stop_token()};
  Progress progress{session};
  const CrawlReport report = engine.crawl(
      {words.force, [&](const CrawlReport& now) { progress.show(now); }, words.feeds_only});
  progress.clear();
  std::cout << summary_of(report);
  if (!hint.empty() && !session.quiet) spdlog::warn("{}", hint);
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
  add_watchlist_option(*command, words);
  command->add_flag("--force", words->force,
                    "Feeds whose time has not come, too (Retry-After still holds)");
  command->add_flag("--feeds-only", words->feeds_only,
                    "Only the feeds: the pages of their entries stay due for a later crawl");
  command->callback([&session, words] { session.exit_code = run_crawl(session, *words); });
}

}  // namespace stakeout
