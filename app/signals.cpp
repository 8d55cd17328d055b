#include "app/signals.h"

#include <string_view>
#include <utility>

#include <pthread.h>
#include <unistd.h>

#include "app/crawl/system_clock.h"
#include "app/logging.h"

namespace stakeout {
namespace {

constexpr unsigned grace_s = 4;

constexpr std::string_view ended_late =
    "ended without waiting longer for what was under way; nothing that was stored is lost, and the "
    "rest is still due";

volatile std::sig_atomic_t late_code = 0;
std::atomic<const std::string*> last_words = nullptr;  // for the handler, which cannot write them

extern "C" void stakeout_end_late(int) {
  if (const std::string* const words = last_words; words != nullptr) {
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, words->data(), words->size());
  }
  ::_exit(late_code);
}

}  // namespace

Signals::Signals(int late_exit_code) {
  late_code = late_exit_code;
  struct sigaction end_late {};
  end_late.sa_handler = stakeout_end_late;
  sigaction(SIGALRM, &end_late, nullptr);
  sigemptyset(&awaited_);
  // SIGUSR1 is how the destructor wakes the listener; from outside it means nothing.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&awaited_, signal);
  pthread_sigmask(SIG_BLOCK, &awaited_, nullptr);
  thread_ = std::thread{[this] { listen(); }};
}

Signals::~Signals() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
  ::alarm(0);
  last_words = nullptr;
}

// Ends the program as it is when its time is over.
void Signals::set_end() {
  last_words_ = error_line(ended_late, Timestamp{SystemClock{}.now().seconds + grace_s});
  last_words = &last_words_;
  ::alarm(grace_s);
}

// They go to this thread, which no longer blocks them, and do what they do by default.
void Signals::let_next_stop_kill() {
  sigset_t stops;
  sigemptyset(&stops);
  for (const int signal : {SIGINT, SIGTERM}) {
    sigaddset(&stops, signal);
    sigdelset(&awaited_, signal);
  }
  pthread_sigmask(SIG_UNBLOCK, &stops, nullptr);
}

void Signals::listen() {
  while (true) {
    int signal = 0;
    if (sigwait(&awaited_, &signal) != 0) continue;
    if (ending_) return;
    if (signal == SIGUSR1) continue;
    if (signal == SIGHUP) {
      const std::lock_guard lock{mutex_};
      reload_ = true;
    } else {
      // Before the request, whose callbacks may hang.
      set_end();
      let_next_stop_kill();
      stop_.request_stop();
    }
    wake();
  }
}

bool Signals::take_reload() {
  const std::lock_guard lock{mutex_};
  return std::exchange(reload_, false);
}

void Signals::wait(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, time, [this] { return woken_ || reload_ || stop_.stop_requested(); });
  woken_ = false;
}

void Signals::wake() {
  {
    const std::lock_guard lock{mutex_};
    woken_ = true;
  }
  changed_.notify_all();
}

}  // namespace stakeout
