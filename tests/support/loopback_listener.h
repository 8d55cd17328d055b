#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace stakeout {

// Accepts connections for the servers of the tests, on 127.0.0.1 and a port of the system's choice.
// Each connection has a thread. Nothing it does is seen by another machine.
class LoopbackListener {
 public:
  // Serves one connection, on its own thread; its socket is closed when this returns, and shut
  // down, so that reads and writes fail, when the listener stops.
  using Serve = std::function<void(int socket)>;

  // Throws std::runtime_error when there is no port to be had.
  explicit LoopbackListener(Serve serve);
  ~LoopbackListener();  // as after stop()
  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] int connections() const;  // accepted so far

  // Ends all connections and returns when their threads have ended. Whoever owns what `serve` uses
  // calls this before that goes; not from within `serve`.
  void stop();

 private:
  void accept_all();

  const Serve serve_;
  int listener_;
  int port_ = 0;
  mutable std::mutex mutex_;  // guards sockets_, connections_, stopping_
  std::set<int> sockets_;
  int connections_ = 0;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  // the acceptor's own, until it is joined
  std::jthread acceptor_;
};

}  // namespace stakeout
