#pragma once

#include <cstdint>

namespace stakeout {

// What SQLite does in this process, counted in steps of its virtual machine: what a statement
// costs, whatever else the machine is busy with. Of all connections that are opened while there is
// one, and of the statements that have ended. One at a time; for one thread.
class SqlSteps {
 public:
  SqlSteps();
  ~SqlSteps();
  SqlSteps(const SqlSteps&) = delete;
  SqlSteps& operator=(const SqlSteps&) = delete;

  // Since the last call.
  [[nodiscard]] static std::int64_t take();
};

}  // namespace stakeout
