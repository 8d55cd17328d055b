#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "app/commands/commands.h"
#include "app/crawl/engine.h"
#include "app/crawl/system_clock.h"
#include "app/session.h"
#include "app/signals.h"

namespace stakeout {
namespace {

// The service looks at the database at least this often, and at most this often.
constexpr std::int64_t longest_sleep = 900;
constexpr std::int64_t shortest_sleep = 5;

// After the database could not be written (a full disk, a lock), wait so long before the next try.
constexpr std::int64_t sleep_after_fault = 60;

Settings settings_of(const Session& session) {
  Settings settings = session.settings();
  if (!session.database_file.empty()) settings.database = session.database_file;
  return settings;
}

std::int64_t seconds_to_next(Store& store, const Clock& clock) {
  const auto due = store.next_due();
  const std::int64_t wait = due ? *due - clock.now() : longest_sleep;
  return std::clamp(wait, shortest_sleep, longest_sleep);
}

// Crawls on schedule with one set of settings until a stop or a reload is asked for.
void serve(const Settings& settings, Signals& signals, bool& reload) {
  const SystemClock clock;
  CrawlEngine engine{settings, read_feed_list(settings.feeds), read_watchlists(settings.watchlist),
                     clock};
  while (!signals.stop_token().stop_requested() && !reload) {
    const CrawlReport report = engine.crawl({}, signals.stop_token());
    if (report.feeds_done + report.pages_done > 0) spdlog::info("{}", summary_of(report));
    signals.wait(seconds_to_next(engine.store(), clock));
    reload = signals.take_reload();
  }
}

void run_service(const Session& session) {
  Signals signals;
  Settings settings = settings_of(session);
  spdlog::info("watching the feeds of {} into {}", settings.feeds.string(),
               settings.database.string());
  while (!signals.stop_token().stop_requested()) {
    bool reload = false;
    try {
      serve(settings, signals, reload);
    } catch (const StorageError& error) {
      if (error.fault() == StorageFault::newer_schema || error.fault() == StorageFault::damaged)
        throw;
      spdlog::error("{}; trying again in {} seconds", error.what(), sleep_after_fault);
      signals.wait(sleep_after_fault);
    }
    if (!reload) continue;
    try {
      settings = settings_of(session);
      spdlog::info("the settings were read again");
    } catch (const CommandError& error) {
      spdlog::error("{}; the old settings stay in force", error.what());
    }
  }
  spdlog::info("stopped");
}

}  // namespace

void add_run_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "run", "The service: crawls on schedule; SIGHUP reads the settings again, SIGTERM stops");
  command->callback([&session] { run_service(session); });
}

}  // namespace stakeout
