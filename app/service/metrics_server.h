#pragma once

#include <chrono>
#include <memory>

#include "app/service/metrics_address.h"
#include "app/service/metrics_answer.h"
#include "extractors/values/result.h"

namespace stakeout {

// Answers over HTTP (metrics_answer.h), from a thread of its own, until it is destroyed, which
// waits for an answer that is being made and for no client.
//
// A client has `patience` from its coming to the end of the answer; one that drips bytes gets no
// more. Sixteen are served at a time; as many more wait in the system's queue.
class MetricsServer {
 public:
  static constexpr std::chrono::milliseconds default_patience{2'000};

  // Listens from now on. Fails when the address is taken or cannot be had. A socket that was left
  // behind at its path is replaced, and nothing else; in the end it is removed, if it is still the
  // one that was made.
  [[nodiscard]] static Result<std::unique_ptr<MetricsServer>> start(
      const MetricsAddress& address, MetricsAnswers answers,
      std::chrono::milliseconds patience = default_patience);
  ~MetricsServer();
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

 private:
  struct Impl;
  explicit MetricsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
