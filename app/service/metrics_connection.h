#pragma once

#include <chrono>
#include <string>

#include "app/descriptor.h"
#include "app/service/metrics_answer.h"

namespace stakeout {

// One client of a MetricsServer: its request, then the answer, then its end. Never waits.
class MetricsConnection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Takes the socket, which does not block.
  MetricsConnection(int socket, Time deadline) : socket_{socket}, deadline_{deadline} {}

  [[nodiscard]] int socket() const { return socket_.number(); }
  // By then it has to be over.
  [[nodiscard]] Time deadline() const { return deadline_; }
  // What poll(2) is to wait for.
  [[nodiscard]] short events() const;

  // Goes on after poll(2). False: the connection is at its end.
  [[nodiscard]] bool go_on(const MetricsAnswers& answers);

 private:
  enum class Stage { asking, answering, closing };

  [[nodiscard]] bool receive(const MetricsAnswers& answers);
  [[nodiscard]] bool send();

  const Descriptor socket_;
  const Time deadline_;
  Stage stage_ = Stage::asking;
  std::string request_;
  std::string answer_;  // what is left to send of it
};

}  // namespace stakeout
