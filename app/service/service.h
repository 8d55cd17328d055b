#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/crawl/crawl.h"
#include "app/crawl/plan.h"
#include "app/crawl/system_clock.h"
#include "app/crawl/vitals.h"
#include "app/post/post_office.h"
#include "app/service/manager.h"
#include "app/service/metrics.h"
#include "app/service/metrics_server.h"
#include "app/service/status.h"
#include "app/signals.h"
#include "crawler/host_memory.h"

namespace stakeout {

struct Session;

// The service: crawls on schedule until a signal asks for the end.
//
// The calling thread listens to signals and speaks with systemd; a thread of its own is the writer
// and has the engine. SIGHUP reads settings, feeds and watchlists as a whole. When anything in them
// is wrong, what was in force stays so; else the engine finishes what is under way and another one,
// built from the new plan, takes over. A third thread sends digests meanwhile (post_office.h);
// where the settings say so, further ones answer those who ask for metrics (metrics_server.h).
//
// What passes by itself (a lock, a full or read-only disk, another process that crawls into the
// database) is waited for, with longer and longer pauses. The service ends with an error only for
// what a person has to mend: a damaged database, one of a newer version, bad settings at the start.
class Service {
 public:
  // Reads the settings. Throws CommandError.
  explicit Service(const Session& session);

  // Throws StorageError when the database cannot be used at all.
  void run();

 private:
  void serve();
  void write(const std::stop_token& leave);
  [[nodiscard]] CrawlWatch watch(const std::stop_token& leave);
  void look_after(std::stop_source& leave);
  void offer_metrics();
  void tell_and_wait(std::chrono::milliseconds time);
  [[nodiscard]] std::optional<CrawlPlan> read_again();
  void keep_old_settings(const std::string& why);
  void fall_back(const std::string& why);
  void wait_after(const std::string& fault);
  [[nodiscard]] std::chrono::milliseconds between_looks() const;
  [[nodiscard]] bool is_stopping() const { return signals_.stop_token().stop_requested(); }

  static constexpr std::chrono::seconds first_pause{5};  // after a fault

  const Session& session_;
  Signals signals_;
  const SystemClock clock_;
  ServiceManager manager_;
  Vitals vitals_;
  ServiceStatus status_;
  HostMemory hosts_;  // across engines
  // The writer's thread reads the plan; it is set while there is no such thread.
  CrawlPlan plan_;
  std::optional<CrawlPlan> next_plan_;
  std::optional<CrawlPlan> former_plan_;  // until the present one has shown that it works
  bool is_ready_ = false;                 // systemd has been told
  std::optional<SteadyTime> stood_at_;    // since when the present engine stands
  std::chrono::seconds pause_ = first_pause;
  std::string last_trouble_;             // of the vitals
  std::atomic<bool> stands_ = false;     // the engine is built; set by the writer's thread
  std::atomic<bool> has_ended_ = false;  // that thread is at its end
  PostOffice post_;                      // ends before what it borrows
  ServiceMetrics metrics_{clock_.now()};
  std::pair<std::string, std::filesystem::path> metrics_offer_;  // where, and of which database
  std::unique_ptr<MetricsServer> metrics_server_;  // borrows status and metrics: ends first
};

}  // namespace stakeout
