#include <algorithm>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
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

std::int64_t seconds_to_next(Store& store, const Clock& clock) {
  const auto due = store.next_due();
  const std::int64_t wait = due ? *due - clock.now() : longest_sleep;
  return std::clamp(wait, shortest_sleep, longest_sleep);
}

// Faults of the database that waiting does not mend.
bool is_final(const StorageError& error) {
  return error.fault() == StorageFault::newer_schema || error.fault() == StorageFault::damaged;
}

// The service. What it crawls by is read as a whole before it takes the place of what was in force,
// so that a slip in a file never ends it.
class Service {
 public:
  explicit Service(const Session& session)
      : session_{session}, plan_{read_crawl_plan(settings_for(session, {}))} {}

  // Until a signal asks for the end. Throws CommandError when another crawls into the database from
  // the beginning, and StorageError when the database cannot be used at all.
  void run() {
    spdlog::info("watching the feeds of {} into {}", plan_.settings.feeds.string(),
                 plan_.settings.database.string());
    while (!signals_.stop_token().stop_requested()) {
      try {
        if (auto fresh = serve()) plan_ = std::move(*fresh);
      } catch (const StorageError& error) {
        if (is_final(error)) throw;
        wait_after(error);
      } catch (const CommandError& error) {
        if (!has_served_) throw;
        wait_after(error);
      }
    }
    spdlog::info("stopped");
  }

 private:
  // Crawls by the plan in force until the end is asked for (nullopt) or there is a new plan.
  std::optional<CrawlPlan> serve() {
    const SystemClock clock;
    CrawlEngine engine{plan_, clock};
    has_served_ = true;
    while (!signals_.stop_token().stop_requested()) {
      const CrawlReport report = engine.crawl({}, signals_.stop_token());
      if (report.feeds_done + report.pages_done > 0) spdlog::info("{}", summary_of(report));
      signals_.wait(seconds_to_next(engine.store(), clock));
      if (!signals_.take_reload()) continue;
      if (auto fresh = read_again()) return fresh;
    }
    return std::nullopt;
  }

  std::optional<CrawlPlan> read_again() const {
    try {
      CrawlPlan fresh = read_crawl_plan(settings_for(session_, {}));
      spdlog::info("the settings were read again");
      return fresh;
    } catch (const CommandError& error) {
      spdlog::error("{}; the old settings stay in force", error.what());
      return std::nullopt;
    }
  }

  void wait_after(const std::exception& error) {
    spdlog::error("{}; trying again in {} seconds", error.what(), sleep_after_fault);
    signals_.wait(sleep_after_fault);
  }

  const Session& session_;
  Signals signals_;
  CrawlPlan plan_;
  bool has_served_ = false;
};

}  // namespace

void add_run_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "run", "The service: crawls on schedule; SIGHUP reads the settings again, SIGTERM stops");
  command->callback([&session] { Service{session}.run(); });
}

}  // namespace stakeout
