#include "app/service/metrics_connection.h"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace stakeout {
namespace {

constexpr std::size_t longest_request = 4 << 10;

bool may_go_on_later() {
  return errno == EAGAIN || errno == EINTR;
}

}  // namespace

short MetricsConnection::events() const {
  return stage_ == Stage::answering ? POLLOUT : POLLIN;
}

bool MetricsConnection::go_on(const MetricsAnswers& answers) {
  return stage_ == Stage::answering ? send() : receive(answers);
}

bool MetricsConnection::receive(const MetricsAnswers& answers) {
  char bytes[1024];
  const ssize_t count = ::recv(socket_.number(), bytes, sizeof bytes, 0);
  if (count == 0) return false;
  if (count < 0) return may_go_on_later();
  if (stage_ == Stage::closing) return true;
  request_.append(bytes, static_cast<std::size_t>(count));
  if (has_whole_head(request_)) {
    answer_ = answer_to(request_, answers);
  } else if (request_.size() > longest_request) {
    answer_ = answer_to_too_long();
  } else {
    return true;
  }
  stage_ = Stage::answering;
  return send();
}

// A client that has not sent all of its request would lose the answer if the socket were closed
// now: the end of the answer is told, and what still comes is thrown away (RFC 9112, 9.6).
bool MetricsConnection::send() {
  const ssize_t count = ::send(socket_.number(), answer_.data(), answer_.size(), MSG_NOSIGNAL);
  if (count < 0) return may_go_on_later();
  answer_.erase(0, static_cast<std::size_t>(count));
  if (!answer_.empty()) return true;
  stage_ = Stage::closing;
  return ::shutdown(socket_.number(), SHUT_WR) == 0;
}

}  // namespace stakeout
