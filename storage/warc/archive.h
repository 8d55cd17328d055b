#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "extractors/values/timestamp.h"
#include "storage/warc/warc_record.h"

namespace stakeout {

struct ArchiveOptions {
  std::filesystem::path folder;                // made when there is none
  WarcFields about;                            // of the warcinfo record
  std::uint64_t longest_file = 1'000'000'000;  // bytes; then a new one is begun
};

// Where a record lies.
struct ArchivePlace {
  std::string file;  // its name in the folder, without ".open"
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // of its gzip member
};

// A file of the archive: NAME, or NAME.open while it is written.
[[nodiscard]] std::filesystem::path archive_file(const std::filesystem::path& folder,
                                                 const std::string& name);

// Writes WARC 1.1 files (ISO 28500): a gzip member for each record, a warcinfo record first. They
// are called stakeout-YYYYMMDDhhmmss-NNNNN-HOST.warc.gz, with ".open" behind it while an Archive
// writes. A new one is begun for the first record of a day, and when one has reached its length;
// until then the next Archive goes on with it. The warcinfo record comes again where it says
// something else than before.
//
// Goes with transactions of the database: begin(), append() as often as need be, sync(), and only
// then the commit; or roll_back(). What a crash leaves in an ".open" file is closed by the next
// Archive in the folder: whole records stay, an incomplete last one is cut off.
//
// For one thread at a time; several processes may write into one folder, each its own files. What
// goes wrong is a StorageError that names the file.
class Archive {
 public:
  // Up to where a file is known to be whole, so that it need not be read so far: the end of the
  // last record that the database knows; 0: unknown.
  using KnownEnd = std::function<std::uint64_t(const std::string& file)>;

  Archive(ArchiveOptions options, const KnownEnd& known_end);
  ~Archive();  // closes the file that is open
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  void begin(Timestamp now);
  // The fields are completed by WARC-Warcinfo-ID, Content-Length and WARC-Block-Digest.
  ArchivePlace append(WarcFields fields, std::string_view block);
  // What was appended is on the disk when this returns.
  void sync();
  // Takes back what was appended since begin().
  void roll_back() noexcept;

 private:
  void recover(const std::filesystem::path& open_file, const KnownEnd& known_end);
  [[nodiscard]] bool continue_last();
  void begin_new();
  void write_warcinfo();
  void close_file();  // gives it its name
  void leave_file();  // as it is
  std::uint64_t write(std::string_view bytes);
  [[nodiscard]] std::filesystem::path open_path() const;

  const ArchiveOptions options_;
  Timestamp now_;
  int descriptor_ = -1;  // of the file that is open
  std::string name_;
  std::string warcinfo_id_;
  std::uint64_t warcinfo_at_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t begun_at_ = 0;  // the size at begin()
  bool is_dirty_ = false;       // there is something to sync
};

}  // namespace stakeout
