#include "app/signals.h"

#include <chrono>
#include <utility>

#include <pthread.h>

namespace stakeout {

Signals::Signals() {
  sigemptyset(&signals_);
  // SIGUSR1 is how the destructor wakes the listener; from outside it means nothing.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread{[this] { listen(); }};
}

Signals::~Signals() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
}

void Signals::listen() {
  while (true) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0) continue;
    if (ending_) return;
    if (signal == SIGUSR1) continue;
    {
      const std::lock_guard lock{mutex_};
      if (signal == SIGHUP) {
        reload_ = true;
      } else {
        stop_.request_stop();
      }
    }
    changed_.notify_all();
  }
}

bool Signals::take_reload() {
  const std::lock_guard lock{mutex_};
  return std::exchange(reload_, false);
}

void Signals::wait(std::int64_t seconds) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, std::chrono::seconds{seconds},
                    [this] { return reload_ || stop_.stop_requested(); });
}

}  // namespace stakeout
