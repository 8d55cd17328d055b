#include "app/service/metrics_server.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <list>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#include "app/service/metrics_connection.h"
#include "app/service/system_address.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t most_connections = 16;
constexpr int longest_queue = 16;               // of those that are not yet served
constexpr milliseconds rest_without_room{500};  // when there are no descriptors

// A socket that nobody answers on was left behind by a crash.
Result<void> clear_place(const std::string& path, const SystemAddress& address) {
  std::error_code error;
  const fs::file_status there = fs::symlink_status(path, error);
  if (!fs::exists(there)) return {};
  if (!fs::is_socket(there)) return fail(path + " is there, and is no socket");
  if (try_connecting(address) != ECONNREFUSED)
    return fail(path + ": another program listens there");
  fs::remove(path, error);
  return {};
}

// A file of the file system, whatever its name.
using FileId = std::pair<dev_t, ino_t>;

std::optional<FileId> file_at(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  return FileId{status.st_dev, status.st_ino};
}

}  // namespace

struct MetricsServer::Impl {
  Impl(MetricsAddress where, MetricsAnswers says, milliseconds longest)
      : address{std::move(where)},
        system{address},
        answers{std::move(says)},
        patience{longest},
        listener{::socket(system.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)},
        wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {}

  ~Impl() {
    if (thread.joinable()) {
      thread.request_stop();
      thread.join();
    }
    if (own_file && file_at(address.socket) == own_file) ::unlink(address.socket.c_str());
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] Result<void> listen();
  void serve(const std::stop_token& stop);
  [[nodiscard]] std::vector<pollfd> waits() const;
  [[nodiscard]] int time_to_wait() const;
  void accept();
  [[nodiscard]] bool takes_more() const {
    return connections.size() < most_connections && steady_clock::now() >= rest_until;
  }
  [[nodiscard]] tl::unexpected<Error> failure() const;

  const MetricsAddress address;
  const SystemAddress system;
  const MetricsAnswers answers;
  const milliseconds patience;
  const Descriptor listener;
  const Descriptor wake;
  std::optional<FileId> own_file;            // the socket in the file system
  std::list<MetricsConnection> connections;  // the thread's, as is the next
  steady_clock::time_point rest_until;       // before then nobody is let in
  std::jthread thread;
};

tl::unexpected<Error> MetricsServer::Impl::failure() const {
  const int why = errno;
  const std::string place = address.socket.empty()
                                ? address.host + " port " + std::to_string(address.port)
                                : address.socket;
  return fail(place + ": " + std::strerror(why));
}

Result<void> MetricsServer::Impl::listen() {
  const bool is_file = !address.socket.empty();
  if (is_file) {
    if (auto clear = clear_place(address.socket, system); !clear) return clear;
  }
  if (!listener.is_open() || !wake.is_open()) return failure();
  // Without SO_REUSEPORT, which would let a second service have the same port unseen.
  const int yes = 1;
  ::setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(listener.number(), system.get(), system.size()) != 0) return failure();
  if (is_file) {
    own_file = file_at(address.socket);
    // Whoever may read the database may ask here, and for that has to write into the socket.
    ::chmod(address.socket.c_str(), 0660);
  }
  if (::listen(listener.number(), longest_queue) != 0) return failure();
  return {};
}

// First that which ends the loop and the listener, then the connections in their order.
std::vector<pollfd> MetricsServer::Impl::waits() const {
  // Where nobody is let in, poll(2) passes over the negative number.
  std::vector<pollfd> waits{{wake.number(), POLLIN, 0},
                            {takes_more() ? listener.number() : -1, POLLIN, 0}};
  for (const MetricsConnection& each : connections)
    waits.push_back({each.socket(), each.events(), 0});
  return waits;
}

// In milliseconds; -1: until something comes.
int MetricsServer::Impl::time_to_wait() const {
  const auto now = steady_clock::now();
  auto next = rest_until > now ? rest_until : steady_clock::time_point::max();
  for (const MetricsConnection& each : connections) next = std::min(next, each.deadline());
  if (next == steady_clock::time_point::max()) return -1;
  return static_cast<int>(
      std::max(std::chrono::ceil<milliseconds>(next - now), milliseconds{0}).count());
}

void MetricsServer::Impl::accept() {
  const int socket = ::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  const auto now = steady_clock::now();
  if (socket >= 0) {
    connections.emplace_back(socket, now + patience);
  } else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
    rest_until = now + rest_without_room;
  }
}

void MetricsServer::Impl::serve(const std::stop_token& stop) {
  const std::stop_callback end{stop, [this] { ::eventfd_write(wake.number(), 1); }};
  while (!stop.stop_requested()) {
    std::vector<pollfd> waiting = waits();
    if (::poll(waiting.data(), waiting.size(), time_to_wait()) < 0) continue;
    const auto now = steady_clock::now();
    auto connection = connections.begin();
    for (std::size_t i = 2; i < waiting.size(); ++i) {
      // Whoever has asked in time is answered, even if it was us who came late.
      const bool goes_on =
          (waiting[i].revents == 0 || connection->go_on(answers)) && connection->deadline() > now;
      connection = goes_on ? std::next(connection) : connections.erase(connection);
    }
    if (waiting[1].revents != 0) accept();
  }
}

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Result<std::unique_ptr<MetricsServer>> MetricsServer::start(const MetricsAddress& address,
                                                            MetricsAnswers answers,
                                                            milliseconds patience) {
  auto impl = std::make_unique<Impl>(address, std::move(answers), patience);
  if (const auto listening = impl->listen(); !listening) return tl::unexpected(listening.error());
  impl->thread =
      std::jthread{[&server = *impl](const std::stop_token& stop) { server.serve(stop); }};
  return std::unique_ptr<MetricsServer>{new MetricsServer{std::move(impl)}};
}

MetricsServer::~MetricsServer() = default;

}  // namespace stakeout
