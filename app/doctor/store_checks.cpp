#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include <sys/statvfs.h>
#include <unistd.h>

#include "app/doctor/access.h"
#include "app/doctor/findings.h"
#include "app/output.h"
#include "storage/log_reader.h"
#include "storage/reader.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t megabyte = 1'000'000;
// Below this a crawl may not end; below the other there is little time left to act.
constexpr std::uint64_t too_little_room = 100 * megabyte;
constexpr std::uint64_t little_room = 1000 * megabyte;
constexpr std::uint64_t long_log = 256 * megabyte;  // of a write-ahead log
constexpr std::int64_t day = 86'400;

std::string in_megabytes(std::uint64_t bytes) {
  return std::to_string(bytes / megabyte) + " MB";
}

Finding check_disk(const fs::path& database) {
  const fs::path folder = folder_of(database);
  struct statvfs disk {};
  if (statvfs(folder.c_str(), &disk) != 0)
    return {"disk", Verdict::fault, folder.string() + ": " + std::strerror(errno),
            "make the folder, or name another database in the settings"};
  if ((disk.f_flag & ST_RDONLY) != 0)
    return {"disk", Verdict::fault, "the disk of " + folder.string() + " is mounted read-only",
            "mount it for writing, or name another database in the settings"};
  if (disk.f_files > 0 && disk.f_favail == 0)
    return {"disk", Verdict::fault,
            "the disk of " + folder.string() + " has room for no more files",
            "remove some: df -i " + folder.string()};
  const std::uint64_t room = disk.f_bavail * disk.f_frsize;
  const std::string what = in_megabytes(room) + " are free on the disk of " + folder.string();
  if (room < too_little_room)
    return {"disk", Verdict::fault, what,
            "make room: what cannot be stored is fetched again later"};
  if (room < little_room) return {"disk", Verdict::attention, what, "make room before it is full"};
  return {"disk", Verdict::good, what, {}};
}

// A crawl by hand as root leaves files that the service's user may not write.
std::optional<std::string> stranger_among(const fs::path& database) {
  const auto folder = look_at(folder_of(database));
  if (!folder) return std::nullopt;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string file = database.string() + suffix;
    const auto entry = look_at(file);
    if (entry && entry->st_uid != folder->st_uid) return file;
  }
  return std::nullopt;
}

Finding check_permissions(const fs::path& database) {
  const std::string folder = folder_of(database).string();
  if (const auto file = stranger_among(database))
    return {"permissions", Verdict::fault,
            *file + " belongs to another user than its folder, who may not be able to write it",
            "chown --reference=" + folder + " " + database.string() + "*"};
  const auto above = look_at(folder);
  const auto entry = look_at(database);
  if (above && entry && (above->st_mode & S_IXGRP) != 0 && (entry->st_mode & S_IRGRP) == 0)
    return {"permissions", Verdict::attention,
            "the group may enter " + folder + ", but not read " + database.string(),
            "chmod g+r " + database.string() + "*"};
  if (access(database.c_str(), W_OK) == 0 && access(folder.c_str(), W_OK) == 0)
    return {"permissions", Verdict::good, "you may read and write the database", {}};
  return {"permissions", Verdict::good, "you may read the database, not write it", {}};
}

// What() of the error says what there is.
std::string advice_for(StorageFault fault) {
  switch (fault) {
    case StorageFault::locked:
      return "try again; the program that holds it is shown by: fuser -v, and the file";
    case StorageFault::disk_full:
      return "make room; nothing was changed";
    case StorageFault::read_only:
      return "look to whom the file and its folder belong, and how the disk is mounted";
    case StorageFault::damaged:
      return "set the file aside, and put back the last copy that was made with: stakeout db "
             "snapshot";
    case StorageFault::newer_schema:
      return "install the newer program again; the database is whole";
    default:
      return "see what the service says of it: journalctl -u stakeout";
  }
}

Finding check_database(const fs::path& database, Reader& reader) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(database, error);
  const std::uintmax_t log = fs::file_size(database.string() + "-wal", error);
  const Table sizes =
      reader.rows("SELECT (SELECT count(*) FROM v_articles), (SELECT count(*) FROM v_contracts)");
  const std::string what = database.string() + ": " + cell_text(sizes.rows[0][0]) + " articles, " +
                           cell_text(sizes.rows[0][1]) + " contracts, " + in_megabytes(size);
  if (!error && log > long_log) {
    const auto reader_of_log = log_reader(database);
    return {"database", Verdict::attention,
            what + ", and a log of " + in_megabytes(log) + ", which " +
                (reader_of_log ? process_words(*reader_of_log) : "a reader") +
                " may be holding back",
            "end programs that keep the database open for hours"};
  }
  return {"database", Verdict::good, what, {}};
}

// What the crawls say of themselves.
Finding check_crawls(Reader& reader, Timestamp now) {
  const Table table = reader.rows(
      "SELECT max(last_success_at), max(last_fetched_at) > ?1, max(last_success_at) < ?2, "
      "count(*) FROM v_feeds WHERE listed",
      {to_rfc3339(Timestamp{now.seconds + day}), to_rfc3339(Timestamp{now.seconds - day})});
  const std::vector<Cell>& row = table.rows.front();
  const std::string last = cell_text(row[0]);
  if (last.empty())
    return {"crawls", Verdict::attention, "no feed has been read yet",
            "start the service, or: stakeout crawl"};
  if (cell_text(row[1]) == "1")
    return {"crawls", Verdict::fault,
            "feeds were fetched in the future: the clock was, or is, wrong",
            "set the clock; what it had put off is mended by the next crawl"};
  if (cell_text(row[2]) == "1")
    return {"crawls", Verdict::attention, "no feed has been read since " + last,
            "is the service running, and the network up? systemctl status stakeout"};
  return {"crawls", Verdict::good, "a feed was last read at " + last, {}};
}

Finding check_feeds(Reader& reader) {
  const Table table = reader.rows(
      "SELECT count(*), coalesce(sum(status = 'failing'), 0), coalesce(sum(status = 'gone'), 0), "
      "coalesce(sum(silent_since IS NOT NULL), 0), (SELECT url FROM v_feeds WHERE listed AND "
      "status IN ('failing', 'gone') ORDER BY failures DESC, url LIMIT 1) FROM v_feeds WHERE "
      "listed");
  const std::vector<Cell>& row = table.rows.front();
  const std::string what = cell_text(row[0]) + " feeds, " + cell_text(row[1]) + " failing, " +
                           cell_text(row[2]) + " gone, " + cell_text(row[3]) + " silent";
  const std::string worst = cell_text(row[4]);
  if (worst.empty()) return {"feeds", Verdict::good, what, {}};
  return {"feeds", Verdict::attention, what + ", as " + worst,
          "what to do about each: stakeout feeds list"};
}

Finding check_deliveries(Reader& reader) {
  const Table table = reader.rows(
      "SELECT coalesce(sum(state = 'failed'), 0), coalesce(sum(state <> 'sent' AND attempts > 0 "
      "AND state <> 'failed'), 0), coalesce(sum(state = 'queued' AND attempts = 0), 0), "
      "(SELECT recipient || ': ' || last_error FROM v_deliveries WHERE last_error IS NOT NULL AND "
      "state <> 'sent' ORDER BY state <> 'failed', id DESC LIMIT 1) FROM v_deliveries");
  const std::vector<Cell>& row = table.rows.front();
  const std::string what = cell_text(row[2]) + " alerts wait for their digest, " +
                           cell_text(row[1]) + " are tried again, " + cell_text(row[0]) + " failed";
  const std::string error = cell_text(row[3]);
  if (error.empty()) return {"deliveries", Verdict::good, what, {}};
  return {"deliveries", Verdict::attention, what + "; " + error,
          "see why with: stakeout digest --outbox; then mend the address, or [smtp]"};
}

}  // namespace

std::vector<Finding> check_store(const Settings& settings, Timestamp now) {
  std::vector<Finding> findings{check_disk(settings.database)};
  std::error_code error;
  if (!fs::exists(settings.database, error) && !error) {
    findings.push_back({"database", Verdict::attention,
                        "there is no " + settings.database.string() + " yet",
                        "start the service, or: stakeout crawl"});
    return findings;
  }
  try {
    Reader reader{settings.database};
    findings.push_back(check_database(settings.database, reader));
    findings.push_back(check_permissions(settings.database));
    findings.push_back(check_crawls(reader, now));
    findings.push_back(check_feeds(reader));
    findings.push_back(check_deliveries(reader));
  } catch (const StorageError& fault) {
    findings.push_back({"database", Verdict::fault, fault.what(), advice_for(fault.fault())});
  }
  return findings;
}

}  // namespace stakeout
