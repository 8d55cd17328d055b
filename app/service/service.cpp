#include "app/service/service.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/commands/crawl_words.h"
#include "app/crawl/engine.h"
#include "app/reprocess_hint.h"
#include "app/session.h"

namespace stakeout {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Without a watchdog one piece of work may take so long before a line in the log says so.
constexpr milliseconds default_patience{60'000};
constexpr milliseconds longest_between_looks{20'000};

constexpr seconds longest_pause{300};

// While it starts, systemd is told again and again that it takes so much longer.
constexpr seconds start_margin{60};

// Half the watchdog's interval, so that what hangs for a moment only does not cost the service.
milliseconds patience_of(const ServiceManager& manager) {
  const auto interval = manager.watchdog_interval();
  if (!interval) return default_patience;
  return std::max(std::chrono::duration_cast<milliseconds>(*interval / 2), milliseconds{1});
}

bool is_lasting(const StorageError& error) {
  return error.fault() == StorageFault::newer_schema || error.fault() == StorageFault::damaged;
}

}  // namespace

Service::Service(const Session& session)
    : session_{session},
      signals_{0},
      vitals_{patience_of(manager_)},
      plan_{read_crawl_plan(settings_for(session, {}))},
      post_{clock_, vitals_, signals_.stop_token(), [this](const std::string& trouble) {
              status_.set_trouble(ServiceStatus::Part::mail, trouble);
              signals_.wake();
            }} {}

void Service::run() {
  while (!is_stopping()) {
    try {
      serve();
    } catch (const StorageError& error) {
      const bool is_other_database =
          former_plan_ && former_plan_->settings.database != plan_.settings.database;
      if (is_other_database) {
        fall_back(error.what());
      } else if (is_lasting(error)) {
        throw;
      } else {
        wait_after(error.what());
      }
    } catch (const std::exception& error) {  // another crawl, no memory, no thread
      wait_after(error.what());
    }
  }
  manager_.stopping();
  spdlog::info("stopped");
}

// Runs the writer's thread by the plan in force, until the end or another plan. Throws what ended
// that thread.
void Service::serve() {
  offer_metrics();
  std::stop_source leave;
  std::exception_ptr fault;
  stood_at_.reset();
  stands_ = false;
  has_ended_ = false;
  std::thread writer{[&] {
    try {
      write(leave.get_token());
    } catch (...) {
      fault = std::current_exception();
    }
    has_ended_ = true;
    signals_.wake();
  }};
  while (!has_ended_ && !is_stopping()) look_after(leave);
  if (is_stopping()) manager_.stopping();
  writer.join();
  if (next_plan_) {
    former_plan_ = std::exchange(plan_, std::move(*next_plan_));
    next_plan_.reset();
  }
  if (fault && !is_stopping()) std::rethrow_exception(fault);
}

// What the writer's thread does.
void Service::write(const std::stop_token& leave) {
  Heartbeat heartbeat{vitals_};
  heartbeat.work(clock_.steady());
  const Vitals::Watched watched{vitals_, [&](SteadyTime now) {
                                  return heartbeat.is_late(now) ? "the database does not open" : "";
                                }};
  if (const std::string hint = reprocess_hint(plan_.settings.database, plan_.watchlist);
      !hint.empty())
    spdlog::info("{}", hint);
  metrics_.crawl_begins();
  CrawlEngine engine{plan_, clock_, hosts_, signals_.stop_token()};
  heartbeat.rest();
  stands_ = true;
  signals_.wake();
  engine.keep_crawling(watch(leave), vitals_);
}

CrawlWatch Service::watch(const std::stop_token& leave) {
  CrawlWatch watch;
  watch.leave = leave;
  watch.outlook = [this](const Outlook& outlook) {
    status_.set_outlook(outlook);
    signals_.wake();
  };
  watch.progress = [this](const CrawlReport& report) {
    metrics_.set_progress(report);
    post_.look();
  };
  watch.batch_done = [this](const CrawlReport& report) {
    spdlog::info("{}", line_of(report));
    status_.set_batch(report, clock_.now());
    metrics_.end_batch(report);
    signals_.wake();
  };
  watch.trouble = [this](const std::string& trouble) {
    status_.set_trouble(ServiceStatus::Part::database, trouble);
    signals_.wake();
  };
  return watch;
}

// The main thread's part while the writer works: tells systemd how things are, and waits.
void Service::look_after(std::stop_source& leave) {
  if (stands_ && !stood_at_) {
    stood_at_ = clock_.steady();
    former_plan_.reset();
    status_.set_trouble(ServiceStatus::Part::service, {});
    status_.set_trouble(ServiceStatus::Part::database, {});
    post_.go_by(plan_.settings);
    manager_.ready();
    is_ready_ = true;
    spdlog::info("watching the {} feeds of {} into {}", plan_.feeds.feeds.size(),
                 plan_.settings.feeds.string(), plan_.settings.database.string());
  }
  if (stood_at_ && clock_.steady() - *stood_at_ > longest_pause) pause_ = first_pause;
  if (signals_.take_reload()) {
    manager_.reloading();
    if (auto fresh = read_again()) {
      next_plan_ = std::move(fresh);
      leave.request_stop();
    } else {
      manager_.ready();
    }
  }
  tell_and_wait(between_looks());
}

// By the settings in force. An address that cannot be had costs the metrics, and nothing else.
void Service::offer_metrics() {
  const std::string& listen = plan_.settings.metrics.listen;
  const std::pair offer{listen, plan_.settings.database};
  if (metrics_server_ && offer == metrics_offer_) return;
  metrics_server_.reset();
  metrics_offer_ = offer;
  if (listen.empty()) return;
  const auto address = parse_metrics_address(listen);
  auto started = MetricsServer::start(address.value(), {[this, database = plan_.settings.database] {
                                                          return metrics_.text(
                                                              status_.outlook(),
                                                              status_.trouble().empty(), database);
                                                        },
                                                        [this] { return status_.trouble(); }});
  if (!started) {
    spdlog::error("no metrics are offered: {} (see metrics.listen in the settings)",
                  started.error().message);
    return;
  }
  metrics_server_ = std::move(*started);
  spdlog::info("metrics are offered on {}", listen);
}

void Service::tell_and_wait(milliseconds time) {
  std::string trouble = vitals_.trouble(clock_.steady());
  status_.set_trouble(ServiceStatus::Part::vitals, trouble);
  manager_.status(status_.line());
  if (trouble.empty()) {
    manager_.pet();
    if (!is_ready_) manager_.still_starting(start_margin);
    if (!last_trouble_.empty()) spdlog::info("the crawl gets on again");
  } else if (trouble != last_trouble_) {
    spdlog::error("the crawl does not get on: {}", trouble);
  }
  last_trouble_ = std::move(trouble);
  signals_.wait(time);
}

// The new plan; nullopt when something in it is wrong.
std::optional<CrawlPlan> Service::read_again() {
  try {
    CrawlPlan fresh = read_crawl_plan(settings_for(session_, {}));
    spdlog::info("the settings were read again");
    status_.set_trouble(ServiceStatus::Part::settings, {});
    return fresh;
  } catch (const std::exception& error) {
    keep_old_settings(error.what());
    return std::nullopt;
  }
}

void Service::keep_old_settings(const std::string& why) {
  spdlog::error("{}; the old settings stay in force", why);
  status_.set_trouble(ServiceStatus::Part::settings, "the new settings are not in force: " + why);
}

// The new plan named a database that cannot be used.
void Service::fall_back(const std::string& why) {
  plan_ = std::move(*former_plan_);
  former_plan_.reset();
  keep_old_settings(why);
}

// Waits until the fault may have passed, or there is a new plan.
void Service::wait_after(const std::string& fault) {
  spdlog::error("{}; trying again in {} seconds", fault, pause_.count());
  status_.set_trouble(ServiceStatus::Part::service, fault);
  const SteadyTime end = clock_.steady() + pause_;
  pause_ = std::min(2 * pause_, longest_pause);
  while (!is_stopping() && clock_.steady() < end) {
    if (signals_.take_reload()) {
      if (auto fresh = read_again()) {
        plan_ = std::move(*fresh);
        return;
      }
    }
    tell_and_wait(std::min(between_looks(), end - clock_.steady() + milliseconds{1}));
  }
}

milliseconds Service::between_looks() const {
  return std::min(longest_between_looks, vitals_.patience() / 2);
}

}  // namespace stakeout
