#pragma once

#include <optional>
#include <string>

#include "storage/log_reader.h"

namespace stakeout {

// Finds who keeps the database's write-ahead log from being written back and cut, so that it grows
// with all that is stored.
class LogWatch {
 public:
  // To be called after every batch of work, once the log could have been cut. A sentence once for
  // each time that the log is long and one process was found reading at two looks in a row: who
  // reads at one look alone may have begun just then.
  [[nodiscard]] std::optional<std::string> look(const LogState& log);

 private:
  std::optional<int> reader_;  // of a long log, at the last look
  bool has_told_ = false;
};

}  // namespace stakeout
