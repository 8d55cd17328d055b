#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

// The database file as a file: what may go wrong with it, checks and copies. What is in it is
// written by Store (store.h) and read by Reader (reader.h).

namespace stakeout {

// Why the database could not be used, for callers that do not just print the sentence.
enum class StorageFault {
  other,
  missing,       // there is no such file
  locked,        // another program held it for longer than the time limit: try again
  disk_full,     // nothing was changed: try again when there is room
  read_only,     // the file, its directory or the disk may not be written
  damaged,       // not a database, or one whose structure is broken
  newer_schema,  // written by a newer stakeout
  bad_query,     // the words of a query are off
  interrupted,   // a query ran out of time
};

// Thrown by everything in storage. what() is a sentence for a person that says which file, what
// happened and what to do. Whatever was being written has been rolled back.
class StorageError : public std::runtime_error {
 public:
  StorageError(StorageFault fault, const std::string& sentence)
      : std::runtime_error{sentence}, fault_{fault} {}
  [[nodiscard]] StorageFault fault() const { return fault_; }

 private:
  StorageFault fault_;
};

// Marks a file as ours in SQLite's header ("STKO"), so that another program's database is refused.
inline constexpr std::int32_t application_id = 0x53544B4F;

// The schema that this program writes; see schema/*.sql.
[[nodiscard]] int schema_version();

struct DatabaseHealth {
  std::vector<std::string> problems;  // empty: the file is sound
  int schema = 0;                     // the version of its schema
  std::int64_t bytes = 0;             // of the file
  std::int64_t wal_bytes = 0;         // of the write-ahead log beside it
};

// Looks through the whole file: structure, indexes, foreign keys, and the full-text index against
// the texts. Takes about a second for 100 MB; the service may run meanwhile. Throws StorageError
// when the file cannot be opened.
[[nodiscard]] DatabaseHealth check_database(const std::filesystem::path& file);

// Writes a copy that any tool can open, without a write-ahead log, as of one moment; the service
// may run meanwhile. The copy appears under its name when it is complete, and replaces a file of
// that name. Throws StorageError, whose sentence names the file that it is about.
void snapshot_database(const std::filesystem::path& file, const std::filesystem::path& copy);

// What a rewriting of the file wants: how much room on its disk, at the most, while it goes on.
[[nodiscard]] std::int64_t room_for_vacuum(const std::filesystem::path& file);

// Rewrites the file without the pages that are free in it, with the full-text index in one piece,
// and so that free pages can be given back later on (Store::give_back_pages()). Nobody may write
// meanwhile, and it takes about a second for 50 MB. SQLite puts the new file into $SQLITE_TMPDIR
// before it goes into the log and from there into the file. False: another program reads the old
// file, so that the new one stays in the log until that has ended and somebody writes. Throws
// StorageError, and the file is then as it was.
[[nodiscard]] bool vacuum_database(const std::filesystem::path& file);

}  // namespace stakeout
