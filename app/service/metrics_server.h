#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/service/metrics_address.h"
#include "extractors/values/result.h"

namespace stakeout {

// What a MetricsServer says. Called on its thread.
struct MetricsAnswers {
  std::function<std::string()> metrics;  // OpenMetrics text
  std::function<std::string()> trouble;  // why the service is not well; empty: it is
};

// Answers over HTTP, from a thread of its own (libmicrohttpd's), until it is destroyed, which waits
// for an answer that is being made and for no client. To GET and HEAD: 200 for /metrics, and 200 or
// 503 with the reason for /healthz; 404 for all else, 405 for other methods, 500 for what the
// answers throw.
//
// 128 clients are served at a time, as many more wait in the system's queue. One that says nothing
// for two seconds loses its place, and so does one whose request is too long; one that goes on
// saying a little keeps it.
class MetricsServer {
 public:
  // Listens from now on. Fails when the address is taken or cannot be had. A socket that was left
  // behind at its path is replaced, and nothing else; in the end it is removed, if it is still the
  // one that was made.
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
