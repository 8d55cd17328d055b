#pragma once

#include <memory>

#include "app/demo/site.h"

namespace stakeout::demo {

// Serves the demo's site on 127.0.0.1, on a port that the system chooses, until it is destroyed.
// The hosts are told apart by the Host header: names under .localhost always mean this machine (RFC
// 6761). Answers carry an ETag, and a request with the same one gets 304.
class Server {
 public:
  // Starts to serve the site of day 1. Throws std::runtime_error when no port can be had.
  Server();
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] int port() const;
  // Callable while requests run.
  void set_day(int day);
  // The feeds of the site, as URLs.
  [[nodiscard]] std::vector<std::string> feeds() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout::demo
