#include "app/service/metrics_server.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>

#include <httplib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace stakeout {
namespace {

namespace fs = std::filesystem;

// Those who ask are few and quick; who is slow loses his turn.
constexpr std::size_t threads = 2;
constexpr time_t patience_s = 2;
constexpr std::size_t longest_request = 4 << 10;

constexpr const char* open_metrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
constexpr const char* plain_text = "text/plain; charset=utf-8";

// Whether nobody has a socket of the file system any more.
bool is_left_behind(const std::string& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return false;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const bool is_refused =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
      errno == ECONNREFUSED;
  ::close(socket);
  return is_refused;
}

// A socket that nobody answers on was left behind by a crash.
Result<void> clear_place(const std::string& path) {
  std::error_code error;
  const fs::file_status there = fs::symlink_status(path, error);
  if (!fs::exists(there)) return {};
  if (!fs::is_socket(there)) return fail(path + " is there, and is no socket");
  if (!is_left_behind(path)) return fail(path + ": another program listens there");
  fs::remove(path, error);
  return {};
}

}  // namespace

struct MetricsServer::Impl {
  Impl(MetricsAddress where, MetricsAnswers says)
      : address{std::move(where)}, answers{std::move(says)} {
    http.new_task_queue = [] { return new httplib::ThreadPool{threads}; };
    http.set_read_timeout(patience_s);
    http.set_write_timeout(patience_s);
    http.set_keep_alive_max_count(1);
    http.set_payload_max_length(longest_request);
    // Without SO_REUSEPORT, which would let a second service have the same port unseen.
    http.set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    http.Get("/metrics", [this](const httplib::Request&, httplib::Response& response) {
      response.set_content(answers.metrics(), open_metrics);
    });
    http.Get("/healthz", [this](const httplib::Request&, httplib::Response& response) {
      const std::string trouble = answers.trouble();
      response.status = trouble.empty() ? 200 : 503;
      response.set_content((trouble.empty() ? "ok" : trouble) + "\n", plain_text);
    });
  }

  [[nodiscard]] Result<void> bind() {
    if (!address.socket.empty()) return bind_socket();
    if (http.bind_to_port(address.host, address.port)) return {};
    return fail(address.host + " port " + std::to_string(address.port) + ": " +
                std::strerror(errno));
  }

  [[nodiscard]] Result<void> bind_socket() {
    if (auto clear = clear_place(address.socket); !clear) return clear;
    http.set_address_family(AF_UNIX);
    constexpr int any_port = 80;
    if (!http.bind_to_port(address.socket, any_port))
      return fail(address.socket + ": " + std::strerror(errno));
    // Whoever may read the database may ask here, and for that has to write into the socket.
    ::chmod(address.socket.c_str(), 0660);
    return {};
  }

  const MetricsAddress address;
  const MetricsAnswers answers;
  httplib::Server http;
  std::thread thread;
};

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Result<std::unique_ptr<MetricsServer>> MetricsServer::start(const MetricsAddress& address,
                                                            MetricsAnswers answers) {
  auto impl = std::make_unique<Impl>(address, std::move(answers));
  if (const auto bound = impl->bind(); !bound) return tl::unexpected(bound.error());
  impl->thread = std::thread{[&server = impl->http] { server.listen_after_bind(); }};
  // stop() before the loop has begun would be lost, and the destructor would wait for ever.
  while (!impl->http.is_running()) std::this_thread::yield();
  return std::unique_ptr<MetricsServer>{new MetricsServer{std::move(impl)}};
}

MetricsServer::~MetricsServer() {
  impl_->http.stop();
  impl_->thread.join();
  if (!impl_->address.socket.empty()) ::unlink(impl_->address.socket.c_str());
}

}  // namespace stakeout
