#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/service/metrics_address.h"
#include "extractors/values/result.h"

namespace stakeout {

// What a MetricsServer says. Called on its threads.
struct MetricsAnswers {
  std::function<std::string()> metrics;  // OpenMetrics text
  std::function<std::string()> trouble;  // why the service is not well; empty: it is
};

// Answers to GET over HTTP, from threads of its own, until it is destroyed: /metrics, and /healthz
// with 200, or with 503 and the reason.
class MetricsServer {
 public:
  // Listens from now on. Fails when the address is taken or cannot be had. A socket that was left
  // behind at its path is replaced, and nothing else.
  [[nodiscard]] static Result<std::unique_ptr<MetricsServer>> start(const MetricsAddress& address,
                                                                    MetricsAnswers answers);
  ~MetricsServer();
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

 private:
  struct Impl;
  explicit MetricsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
