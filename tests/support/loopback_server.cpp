#include "tests/support/loopback_server.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string_view>

#include <sys/socket.h>

#include "tests/support/loopback_listener.h"

namespace stakeout {
namespace {

std::string in_lower_case(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

ServedRequest parse_request(std::string_view head) {
  ServedRequest request;
  const std::size_t first_end = head.find("\r\n");
  const std::string_view first = head.substr(0, first_end);
  const std::size_t target = first.find(' ');
  request.method = first.substr(0, target);
  request.target = first.substr(target + 1, first.rfind(' ') - target - 1);
  head.remove_prefix(first_end + 2);
  while (!head.starts_with("\r\n") && !head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    const std::size_t colon = line.find(": ");
    request.headers[in_lower_case(line.substr(0, colon))] = line.substr(colon + 2);
    head.remove_prefix(end + 2);
  }
  return request;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void wait_for_close(int socket) {
  std::array<char, 256> buffer{};
  while (recv(socket, buffer.data(), buffer.size(), 0) > 0) {
  }
}

std::string head_of(const ServedResponse& response) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " Answer\r\n";
  for (const auto& [name, value] : response.headers) head.append(name + ": " + value + "\r\n");
  if (!response.endless && response.status != 304) {
    const std::size_t length = response.claimed_length.value_or(response.body.size());
    head += "Content-Length: " + std::to_string(length) + "\r\n";
  }
  return head + "\r\n";
}

}  // namespace

class LoopbackServer::Impl {
 public:
  Impl() : listener_{[this](int client) { serve(client); }} {}

  ~Impl() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    stopped_.notify_all();
    listener_.stop();
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  struct Served {
    Handler handler;
    int hits = 0;
    ServedRequest last;
  };

  mutable std::mutex mutex_;  // guards routes_, stopping_
  std::map<std::string, Served> routes_;

  [[nodiscard]] int port() const { return listener_.port(); }
  [[nodiscard]] int connections() const { return listener_.connections(); }

 private:
  void serve(int client) {
    std::string read;
    std::array<char, 4096> buffer{};
    while (true) {
      const std::size_t end = read.find("\r\n\r\n");
      if (end != std::string::npos) {
        ServedRequest request = parse_request(std::string_view{read}.substr(0, end + 4));
        const auto length = request.headers.find("content-length");
        const std::size_t body =
            length == request.headers.end() ? 0 : std::strtoul(length->second.c_str(), nullptr, 10);
        while (read.size() < end + 4 + body) {
          const ssize_t more = recv(client, buffer.data(), buffer.size(), 0);
          if (more <= 0) return;
          read.append(buffer.data(), static_cast<std::size_t>(more));
        }
        request.body = read.substr(end + 4, body);
        read.erase(0, end + 4 + body);
        if (!answer(client, respond(request))) return;
        continue;
      }
      const ssize_t size = recv(client, buffer.data(), buffer.size(), 0);
      if (size <= 0) return;
      read.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  ServedResponse respond(const ServedRequest& request) {
    Handler handler;
    {
      const std::lock_guard lock{mutex_};
      const auto found = routes_.find(request.target.substr(0, request.target.find('?')));
      if (found == routes_.end()) return {.status = 404, .body = "not here"};
      ++found->second.hits;
      found->second.last = request;
      handler = found->second.handler;
    }
    return handler(request);
  }

  // False when the connection is to be closed.
  bool answer(int client, const ServedResponse& response) {
    if (response.delay.count() > 0) {
      std::unique_lock lock{mutex_};
      if (stopped_.wait_for(lock, response.delay, [this] { return stopping_; })) return false;
    }
    if (response.hang_up || !send_all(client, head_of(response))) return false;
    if (response.silent_after_head) {
      wait_for_close(client);
      return false;
    }
    if (response.status == 304) return true;
    while (send_all(client, response.body)) {
      if (!response.endless) return !response.claimed_length;
    }
    return false;
  }

  bool stopping_ = false;
  std::condition_variable stopped_;
  LoopbackListener listener_;  // last: its threads use all of the above
};

LoopbackServer::LoopbackServer() : impl_{std::make_unique<Impl>()} {}

LoopbackServer::~LoopbackServer() = default;

int LoopbackServer::port() const {
  return impl_->port();
}

std::string LoopbackServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + path;
}

int LoopbackServer::connections() const {
  return impl_->connections();
}

LoopbackServer::Route LoopbackServer::route(std::string path, Handler handler) {
  const std::lock_guard lock{impl_->mutex_};
  impl_->routes_[path].handler = std::move(handler);
  return Route{*this, std::move(path)};
}

LoopbackServer::Route LoopbackServer::route(std::string path, ServedResponse response) {
  return route(std::move(path),
               [response = std::move(response)](const ServedRequest&) { return response; });
}

LoopbackServer::Route::~Route() {
  const std::lock_guard lock{server_.impl_->mutex_};
  server_.impl_->routes_.erase(path_);
}

int LoopbackServer::Route::hits() const {
  const std::lock_guard lock{server_.impl_->mutex_};
  return server_.impl_->routes_.at(path_).hits;
}

ServedRequest LoopbackServer::Route::last_request() const {
  const std::lock_guard lock{server_.impl_->mutex_};
  return server_.impl_->routes_.at(path_).last;
}

}  // namespace stakeout
