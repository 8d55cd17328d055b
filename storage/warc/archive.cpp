#include "storage/warc/archive.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/database.h"
#include "storage/warc/warc_reader.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view open_mark = ".open";
constexpr std::string_view beginning = "stakeout-";
constexpr std::string_view ending = ".warc.gz";
constexpr std::size_t digits_of_day = 8;
constexpr std::size_t digits_of_number = 5;
constexpr std::size_t longest_warcinfo = 64U << 10U;  // bytes

[[noreturn]] void throw_archive_error(const fs::path& file, int error) {
  const bool is_full = error == ENOSPC || error == EDQUOT;
  throw StorageError{is_full ? StorageFault::disk_full : StorageFault::read_only,
                     "archive " + file.string() + ": " + std::strerror(error) +
                         (is_full ? "; make room, or take 'archive' out of the settings"
                                  : "; see that its folder may be written, or take 'archive' out "
                                    "of the settings")};
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
  std::string host{name.data()};
  std::ranges::replace_if(
      host, [](char c) { return c == '/' || c == '-' || c < '!' || c > '~'; }, '_');
  return host.empty() ? "localhost" : host;
}

// "20240927130500".
std::string digits_of(Timestamp time) {
  std::string digits = to_rfc3339(time);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return digits;
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// The names in a folder that end so.
std::vector<fs::path> files_of(const fs::path& folder, std::string_view end) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{folder, error}) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(end)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// Whether a file that was opened still has this name.
bool is_at(int descriptor, const fs::path& file) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

// Named fields as the block of a record (application/warc-fields).
std::string block_of(const WarcFields& fields) {
  std::string block;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) block += name + ": " + value + "\r\n";
  }
  return block;
}

// The first number that no file of the folder has.
int next_number(const fs::path& folder) {
  constexpr std::size_t at = std::string_view{"stakeout-YYYYMMDDhhmmss-"}.size();
  int highest = -1;
  for (const std::string& end :
       {std::string{ending}, std::string{ending} + std::string{open_mark}}) {
    for (const fs::path& file : files_of(folder, end)) {
      const std::string name = file.filename().string();
      if (name.size() < at + digits_of_number) continue;
      highest = std::max(highest, std::atoi(name.substr(at, digits_of_number).c_str()));
    }
  }
  return highest + 1;
}

}  // namespace

fs::path archive_file(const fs::path& folder, const std::string& name) {
  fs::path closed = folder / name;
  fs::path open = closed.string() + std::string{open_mark};
  std::error_code error;
  return !fs::exists(closed, error) && fs::exists(open, error) ? open : closed;
}

Archive::Archive(ArchiveOptions options, const KnownEnd& known_end) : options_{std::move(options)} {
  std::error_code error;
  fs::create_directories(options_.folder, error);
  if (error) throw_archive_error(options_.folder, error.value());
  for (const fs::path& file :
       files_of(options_.folder, std::string{ending} + std::string{open_mark})) {
    recover(file, known_end);
  }
}

Archive::~Archive() {
  close_file();
}

fs::path Archive::open_path() const {
  return options_.folder / (name_ + std::string{open_mark});
}

// Cuts off what is incomplete and gives the file its name; leaves it to another process that has it
// open.
void Archive::recover(const fs::path& open_file, const KnownEnd& known_end) {
  const int descriptor = ::open(open_file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) throw_archive_error(open_file, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return;
  }
  const fs::path closed =
      open_file.string().substr(0, open_file.string().size() - open_mark.size());
  std::error_code error;
  const std::uint64_t size = fs::file_size(open_file, error);
  const std::uint64_t known = known_end(closed.filename().string());
  const std::uint64_t start = known <= size ? known : 0;
  WarcReader reader{read_from(open_file.string(), start), 0, start};
  for (auto record = reader.next(); record && *record; record = reader.next()) continue;
  const std::uint64_t end = reader.whole_until();
  if (end == 0) {
    fs::remove(open_file, error);
  } else {
    if (end < size &&
        (::ftruncate(descriptor, static_cast<off_t>(end)) != 0 || ::fsync(descriptor) != 0)) {
      const int reason = errno;
      ::close(descriptor);
      throw_archive_error(open_file, reason);
    }
    fs::rename(open_file, closed, error);
  }
  sync_folder(options_.folder);
  ::close(descriptor);
  if (error) throw_archive_error(open_file, error.value());
}

void Archive::begin(Timestamp now) {
  const bool is_new_day = to_rfc3339(now).substr(0, 10) != to_rfc3339(now_).substr(0, 10);
  now_ = now;
  if (descriptor_ >= 0 && (is_new_day || size_ >= options_.longest_file)) close_file();
  begun_at_ = size_;
}

// The file that an earlier Archive closed on the same day, if there is room in it and no other
// process has it.
bool Archive::continue_last() {
  const std::string day = std::string{beginning} + digits_of(now_).substr(0, digits_of_day);
  const std::string end = "-" + host_name() + std::string{ending};
  const std::vector<fs::path> files = files_of(options_.folder, end);
  if (files.empty() || !files.back().filename().string().starts_with(day)) return false;
  std::error_code error;
  const std::uint64_t size = fs::file_size(files.back(), error);
  if (error || size == 0 || size >= options_.longest_file) return false;
  const auto first = WarcReader{read_from(files.back().string()), longest_warcinfo}.next();
  if (!first || !*first) return false;
  descriptor_ = ::open(files.back().c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0) return false;
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 || !is_at(descriptor_, files.back())) {
    leave_file();
    return false;
  }
  name_ = files.back().filename();
  fs::rename(files.back(), open_path(), error);
  if (error) throw_archive_error(files.back(), error.value());
  sync_folder(options_.folder);
  size_ = begun_at_ = size;
  warcinfo_at_ = 0;
  warcinfo_id_ = (*first)->field("WARC-Record-ID");
  if ((*first)->block != block_of(options_.about)) write_warcinfo();
  return true;
}

void Archive::begin_new() {
  std::string number = std::to_string(next_number(options_.folder));
  number.insert(0, digits_of_number - std::min(digits_of_number, number.size()), '0');
  name_ = std::string{beginning} + digits_of(now_) + "-" + number + "-" + host_name() +
          std::string{ending};
  constexpr int mode = 0640;
  descriptor_ =
      ::open(open_path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, mode);
  if (descriptor_ < 0) throw_archive_error(open_path(), errno);
  ::flock(descriptor_, LOCK_EX | LOCK_NB);
  sync_folder(options_.folder);
  size_ = begun_at_ = 0;
  write_warcinfo();
}

void Archive::write_warcinfo() {
  warcinfo_id_ = new_record_id();
  warcinfo_at_ = write(packed_record({{"WARC-Type", "warcinfo"},
                                      {"WARC-Record-ID", warcinfo_id_},
                                      {"WARC-Date", to_rfc3339(now_)},
                                      {"WARC-Filename", name_},
                                      {"Content-Type", "application/warc-fields"}},
                                     block_of(options_.about)));
}

void Archive::close_file() {
  if (descriptor_ < 0) return;
  std::error_code error;
  if (size_ == 0) {
    fs::remove(open_path(), error);
  } else {
    ::fsync(descriptor_);
    fs::rename(open_path(), options_.folder / name_, error);
  }
  sync_folder(options_.folder);
  leave_file();
}

void Archive::leave_file() {
  ::close(descriptor_);
  descriptor_ = -1;
  size_ = begun_at_ = 0;
}

// Where it begins.
std::uint64_t Archive::write(std::string_view bytes) {
  const std::uint64_t start = size_;
  is_dirty_ = true;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_archive_error(open_path(), errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  return start;
}

ArchivePlace Archive::append(WarcFields fields, std::string_view block) {
  if (descriptor_ < 0 && !continue_last()) begin_new();
  fields.emplace_back("WARC-Warcinfo-ID", warcinfo_id_);
  const std::string packed = packed_record(fields, block);
  return {name_, write(packed), packed.size()};
}

void Archive::sync() {
  if (!is_dirty_) return;
  if (::fdatasync(descriptor_) != 0) throw_archive_error(open_path(), errno);
  is_dirty_ = false;
}

// What cannot be cut off here is cut off by the next start; nothing more goes behind it.
void Archive::roll_back() noexcept {
  if (descriptor_ < 0 || size_ == begun_at_) return;
  if (::ftruncate(descriptor_, static_cast<off_t>(begun_at_)) != 0) return leave_file();
  size_ = begun_at_;
  if (warcinfo_at_ >= size_) close_file();
}

}  // namespace stakeout
