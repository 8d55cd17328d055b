#include "app/service/manager.h"

#include <ctime>

#include <systemd/sd-daemon.h>

#include "crawler/response_head.h"

namespace stakeout {
namespace {

void tell(const std::string& lines) {
  sd_notify(0, lines.c_str());
}

// CLOCK_MONOTONIC in microseconds.
std::string monotonic_usec() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::to_string(std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000);
}

}  // namespace

std::optional<std::chrono::microseconds> ServiceManager::watchdog_interval() const {
  std::uint64_t interval = 0;
  if (sd_watchdog_enabled(0, &interval) <= 0) return std::nullopt;
  return std::chrono::microseconds{interval};
}

void ServiceManager::ready() {
  tell("READY=1");
}

void ServiceManager::reloading() {
  tell("RELOADING=1\nMONOTONIC_USEC=" + monotonic_usec());
}

void ServiceManager::stopping() {
  tell("STOPPING=1");
}

void ServiceManager::pet() {
  tell("WATCHDOG=1");
}

void ServiceManager::still_starting(std::chrono::seconds time) {
  tell("EXTEND_TIMEOUT_USEC=" + std::to_string(std::chrono::microseconds{time}.count()));
}

void ServiceManager::status(const std::string& line) {
  if (line == status_) return;
  status_ = line;
  tell("STATUS=" + without_controls(line));
}

}  // namespace stakeout
