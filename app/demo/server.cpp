#include "app/demo/server.h"

#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <httplib.h>

namespace stakeout::demo {
namespace {

constexpr std::size_t connections = 16;

}  // namespace

struct Server::Impl {
  httplib::Server http;
  int port = 0;
  mutable std::mutex mutex;          // guards `site`
  std::shared_ptr<const Site> site;  // shared with the requests under way, which may outlast a day
  std::jthread thread;

  std::shared_ptr<const Site> current() const {
    const std::lock_guard lock{mutex};
    return site;
  }

  void answer(const httplib::Request& request, httplib::Response& response) const {
    std::string host = request.get_header_value("Host");
    host.resize(std::min(host.find(':'), host.size()));
    const auto today = current();
    const Page* page = today->find(host, request.path);
    if (page == nullptr) {
      response.status = 404;
      return;
    }
    const std::string etag = "\"" + std::to_string(std::hash<std::string>{}(page->body)) + "\"";
    response.set_header("ETag", etag);
    if (request.get_header_value("If-None-Match") == etag) {
      response.status = 304;
      return;
    }
    response.set_content(page->body, page->content_type.c_str());
  }
};

Server::Server() : impl_{std::make_unique<Impl>()} {
  // A connection that is kept alive takes a thread; a crawl keeps two to each host.
  impl_->http.new_task_queue = [] { return new httplib::ThreadPool{connections}; };
  impl_->http.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
    impl_->answer(request, response);
  });
  impl_->port = impl_->http.bind_to_any_port("127.0.0.1");
  if (impl_->port <= 0)
    throw std::runtime_error{"no port on 127.0.0.1 can be had for the demo's site"};
  set_day(1);
  impl_->thread = std::jthread{[this] { impl_->http.listen_after_bind(); }};
  // stop() before the loop has begun would be lost, and the destructor would wait for ever.
  while (!impl_->http.is_running()) std::this_thread::yield();
}

Server::~Server() {
  impl_->http.stop();
}

int Server::port() const {
  return impl_->port;
}

void Server::set_day(int day) {
  auto site = std::make_shared<const Site>(impl_->port, day);
  const std::lock_guard lock{impl_->mutex};
  impl_->site = std::move(site);
}

std::vector<std::string> Server::feeds() const {
  return impl_->current()->feeds();
}

}  // namespace stakeout::demo
