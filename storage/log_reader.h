#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace stakeout {

// The write-ahead log beside a database.
struct LogState {
  std::int64_t bytes = 0;
  std::optional<int> reader{};  // a process that keeps it from being cut, as log_reader() says
};

// Another process that is reading a database in WAL mode, so that its log cannot be written back
// whole and cut; nullopt: there is none. This process must have the database open, too: it asks by
// that file, since to open and close another would free all of its own locks (fcntl(2)).
[[nodiscard]] std::optional<int> log_reader(const std::filesystem::path& database);

// "sqlite3 (process 4711)", or "process 4711" of one that hides its name.
[[nodiscard]] std::string process_words(int pid);

}  // namespace stakeout
