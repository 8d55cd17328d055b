#pragma once

#include <memory>
#include <string>
#include <vector>

namespace stakeout {

// A SOCKS5 proxy for tests (RFC 1928, and 1929 for user and password), on 127.0.0.1 and a port of
// the system's choice. Whatever a client asks for, it is connected to one port of 127.0.0.1, as if
// every name in the world led there.
class SocksProxy {
 public:
  explicit SocksProxy(int upstream_port);
  ~SocksProxy();
  SocksProxy(const SocksProxy&) = delete;
  SocksProxy& operator=(const SocksProxy&) = delete;

  [[nodiscard]] int port() const;

  // What was asked for so far: "news.example:80", or "ip" when the client had looked the name up.
  [[nodiscard]] std::vector<std::string> asked() const;
  // "user:password" of the last client that gave them, or empty.
  [[nodiscard]] std::string user() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
