#include "app/service/metrics_server.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include <microhttpd.h>
#include <sys/stat.h>

#include "app/descriptor.h"
#include "app/service/system_address.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr unsigned most_connections = 128;
constexpr int longest_queue = 128;               // of those that are not yet served
constexpr unsigned patience_seconds = 2;         // between two pieces of a request
constexpr std::size_t memory_of_client = 8'192;  // a longer request is refused

constexpr const char* open_metrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
constexpr const char* plain_text = "text/plain; charset=utf-8";

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

struct Answer {
  unsigned status = MHD_HTTP_OK;
  const char* type = plain_text;
  std::string body;
};

Answer answer_to(std::string_view method, std::string_view path,
                 const MetricsAnswers& answers) try {
  if (method != MHD_HTTP_METHOD_GET && method != MHD_HTTP_METHOD_HEAD)
    return {MHD_HTTP_METHOD_NOT_ALLOWED, plain_text, "there is only something to GET\n"};
  if (path == "/metrics") return {MHD_HTTP_OK, open_metrics, answers.metrics()};
  if (path != "/healthz")
    return {MHD_HTTP_NOT_FOUND, plain_text, "there are /metrics and /healthz\n"};
  const std::string trouble = answers.trouble();
  if (trouble.empty()) return {MHD_HTTP_OK, plain_text, "ok\n"};
  return {MHD_HTTP_SERVICE_UNAVAILABLE, plain_text, trouble + "\n"};
} catch (const std::exception& error) {
  return {MHD_HTTP_INTERNAL_SERVER_ERROR, plain_text, std::string{error.what()} + "\n"};
}

// Sends the answer, after which the connection ends. MHD_NO: there is no memory for it.
MHD_Result send(MHD_Connection* connection, const Answer& answer) {
  // The library copies the bytes, and does not change them before.
  MHD_Response* response = MHD_create_response_from_buffer(
      answer.body.size(), const_cast<char*>(answer.body.data()), MHD_RESPMEM_MUST_COPY);
  if (response == nullptr) return MHD_NO;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.type);
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
  if (answer.status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  const MHD_Result queued = MHD_queue_response(connection, answer.status, response);
  MHD_destroy_response(response);
  return queued;
}

// MHD_AccessHandlerCallback; `self`: MetricsAnswers.
MHD_Result handle(void* self, MHD_Connection* connection, const char* path, const char* method,
                  const char* /*version*/, const char* /*upload*/, std::size_t* /*upload_size*/,
                  void** /*of_request*/) {
  return send(connection, answer_to(method, path, *static_cast<const MetricsAnswers*>(self)));
}

}  // namespace

struct MetricsServer::Impl {
  Impl(MetricsAddress where, MetricsAnswers says)
      : address{std::move(where)}, answers{std::move(says)} {}

  ~Impl() {
    if (daemon != nullptr) MHD_stop_daemon(daemon);
    if (own_file && file_at(address.socket) == own_file) ::unlink(address.socket.c_str());
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<void> listen_with(int listener);
  [[nodiscard]] tl::unexpected<Error> failure() const;

  const MetricsAddress address;
  const MetricsAnswers answers;
  std::optional<FileId> own_file;  // the socket in the file system
  MHD_Daemon* daemon = nullptr;
};

tl::unexpected<Error> MetricsServer::Impl::failure() const {
  const int why = errno;
  const std::string place = address.socket.empty()
                                ? address.host + " port " + std::to_string(address.port)
                                : address.socket;
  return fail(place + ": " + std::strerror(why));
}

Result<void> MetricsServer::Impl::listen_with(int listener) {
  const SystemAddress system{address};
  const bool is_file = !address.socket.empty();
  if (is_file) {
    if (auto clear = clear_place(address.socket, system); !clear) return clear;
  }
  // Without SO_REUSEPORT, which would let a second service have the same port unseen.
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(listener, system.get(), system.size()) != 0) return failure();
  if (is_file) {
    own_file = file_at(address.socket);
    // Whoever may read the database may ask here, and for that has to write into the socket.
    ::chmod(address.socket.c_str(), 0660);
  }
  if (::listen(listener, longest_queue) != 0) return failure();
  return {};
}

Result<void> MetricsServer::Impl::start() {
  Descriptor listener{
      ::socket(SystemAddress{address}.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (!listener.is_open()) return failure();
  if (auto listening = listen_with(listener.number()); !listening) return listening;
  daemon =
      MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ITC, 0, nullptr, nullptr, handle,
                       const_cast<MetricsAnswers*>(&answers),  // `handle` only reads them
                       MHD_OPTION_LISTEN_SOCKET, listener.number(), MHD_OPTION_CONNECTION_LIMIT,
                       most_connections, MHD_OPTION_CONNECTION_TIMEOUT, patience_seconds,
                       MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory_of_client, MHD_OPTION_END);
  if (daemon == nullptr) return fail("the metrics cannot be served: libmicrohttpd does not start");
  listener.release();  // the daemon closes it
  return {};
}

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Result<std::unique_ptr<MetricsServer>> MetricsServer::start(const MetricsAddress& address,
                                                            MetricsAnswers answers) {
  auto impl = std::make_unique<Impl>(address, std::move(answers));
  if (const auto started = impl->start(); !started) return tl::unexpected(started.error());
  return std::unique_ptr<MetricsServer>{new MetricsServer{std::move(impl)}};
}

MetricsServer::~MetricsServer() = default;

}  // namespace stakeout
