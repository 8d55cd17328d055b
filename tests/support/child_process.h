#pragma once

#include <csignal>
#include <functional>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace stakeout {

// A process of its own that does something and then lives on until this is destroyed: somebody
// else who has a file open. Make it while this process has no database open.
class ChildProcess {
 public:
  // Returns once `work` is done there; what `work` makes it has to keep beyond its end.
  explicit ChildProcess(const std::function<void()>& work) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error{"no pipe"};
    pid_ = ::fork();
    if (pid_ == 0) {
      work();
      if (::write(ends[1], "r", 1) == 1) ::pause();
      ::_exit(0);
    }
    ::close(ends[1]);
    char ready = 0;
    const bool is_ready = ::read(ends[0], &ready, 1) == 1;
    ::close(ends[0]);
    if (!is_ready) throw std::runtime_error{"the other process has failed"};
  }
  ~ChildProcess() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] int pid() const { return pid_; }

 private:
  int pid_ = 0;
};

}  // namespace stakeout
