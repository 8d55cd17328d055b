#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stakeout {

// A request as the LoopbackServer has read it. Header names are in lower case.
struct ServedRequest {
  std::string method;
  std::string target;  // path and query
  std::map<std::string, std::string> headers;
  std::string body{};  // as long as its Content-Length says
};

// What a route answers.
struct ServedResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::chrono::milliseconds delay{0};  // before the status line
  // The Content-Length to claim; absent: the true one. The connection closes after a lie.
  std::optional<std::size_t> claimed_length{};
  bool hang_up = false;            // closes without an answer
  bool endless = false;            // repeats the body until the client closes
  bool silent_after_head = false;  // sends no byte of the body, until the client closes
};

// An HTTP/1.1 server for tests, on 127.0.0.1 and a port of the system's choice, with keep-alive.
// Each connection has a thread. Nothing it does is seen by another machine.
class LoopbackServer {
 public:
  using Handler = std::function<ServedResponse(const ServedRequest&)>;

  // A path that is answered as long as this lives. Counts its hits.
  class Route {
   public:
    ~Route();
    Route(const Route&) = delete;
    Route& operator=(const Route&) = delete;
    [[nodiscard]] int hits() const;
    [[nodiscard]] ServedRequest last_request() const;

   private:
    friend class LoopbackServer;
    Route(LoopbackServer& server, std::string path) : server_{server}, path_{std::move(path)} {}
    LoopbackServer& server_;
    std::string path_;
  };

  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] int port() const;
  // "http://127.0.0.1:PORT" and the path.
  [[nodiscard]] std::string url(const std::string& path) const;
  [[nodiscard]] int connections() const;  // accepted so far

  // The query does not count for the choice of a route; what has none gets 404. A handler is called
  // on a thread of the server's.
  [[nodiscard]] Route route(std::string path, Handler handler);
  [[nodiscard]] Route route(std::string path, ServedResponse response);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
