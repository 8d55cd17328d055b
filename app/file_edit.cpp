#include "app/file_edit.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/descriptor.h"
#include "app/session.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as the kernel follows
constexpr int most_tries = 10;

[[noreturn]] void fail_for(const fs::path& file, std::string_view what) {
  throw CommandError{1, file.string() + " " + std::string{what} + ": " + std::strerror(errno)};
}

// Where a file is or would be, links followed, even one that leads to nothing yet.
fs::path target_of(fs::path file) {
  for (int i = 0; i < most_links; ++i) {
    std::error_code none;
    if (!fs::is_symlink(fs::symlink_status(file, none))) return file;
    file = file.parent_path() / fs::read_symlink(file, none);
  }
  throw CommandError{1, file.string() + " is a link that leads in a circle"};
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path{"."};
}

std::string read_all(int descriptor, const fs::path& file, std::string_view what) {
  std::string bytes;
  constexpr std::size_t piece = 1U << 16U;
  while (true) {
    const std::size_t size = bytes.size();
    bytes.resize(size + piece);
    const ssize_t count = ::read(descriptor, bytes.data() + size, piece);
    if (count < 0 && errno != EINTR)
      throw CommandError{
          1, std::string{what} + " " + file.string() + " cannot be read: " + std::strerror(errno)};
    bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) return bytes;
    if (bytes.size() > longest_edited_file)
      throw CommandError{1, std::string{what} + " " + file.string() +
                                " is longer than 256 MiB; is it the right file?"};
  }
}

// The bytes of a file to be edited; nullopt when there is none.
std::optional<std::string> bytes_of(const fs::path& file) {
  const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!descriptor.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    fail_for(file, "cannot be read");
  }
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) fail_for(file, "cannot be read");
  if (!S_ISREG(status.st_mode)) throw CommandError{1, file.string() + " is no regular file"};
  return read_all(descriptor.number(), file, "the file");
}

void write_all(int descriptor, std::string_view bytes, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) fail_for(file, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  if (::fsync(descriptor) != 0) fail_for(file, "cannot be written");
}

// A file beside the one that is changed, which takes its place. Removed when it has not.
class Replacement {
 public:
  explicit Replacement(const fs::path& file)
      : file_{file},
        path_{folder_of(file) /
              ("." + file.filename().string() + ".stakeout-" + std::to_string(::getpid()))} {
    ::unlink(path_.c_str());  // of a process of this number that was killed
  }
  ~Replacement() { ::unlink(path_.c_str()); }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void write(std::string_view bytes) const {
    const Descriptor descriptor{
        ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666)};
    if (!descriptor.is_open()) fail_for(file_, "cannot be written beside it");
    struct stat old {};
    if (::stat(file_.c_str(), &old) == 0) {
      // The owner first: a change of it takes mode bits away. Only root may give a file away.
      if (::fchown(descriptor.number(), old.st_uid, old.st_gid) != 0) errno = 0;
      if (::fchmod(descriptor.number(), old.st_mode & 07777U) != 0)
        fail_for(file_, "cannot keep its mode");
    }
    write_all(descriptor.number(), bytes, file_);
  }

  // False when a file has come into being where there was none.
  [[nodiscard]] bool take_place(bool is_new) const {
    if (is_new) {
      if (::link(path_.c_str(), file_.c_str()) == 0) return true;
      if (errno == EEXIST) return false;
    }
    if (::rename(path_.c_str(), file_.c_str()) != 0) fail_for(file_, "cannot be replaced");
    return true;
  }

 private:
  fs::path file_;
  fs::path path_;
};

// One try. False when the file was changed by another program while it was edited.
bool edit_once(const fs::path& file,
               const std::function<std::string(const std::string& bytes)>& edit) {
  const auto before = bytes_of(file);
  const std::string after = edit(before.value_or(std::string{}));
  if (before ? after == *before : after.empty()) return true;
  if (before && ::access(file.c_str(), W_OK) != 0) fail_for(file, "cannot be written");
  const Replacement replacement{file};
  replacement.write(after);
  return bytes_of(file) == before && replacement.take_place(!before);
}

}  // namespace

std::string read_bounded_file(const fs::path& file, std::string_view what) {
  if (file == "-") return read_all(STDIN_FILENO, "standard input", what);
  const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!descriptor.is_open())
    throw CommandError{
        1, std::string{what} + " " + file.string() + " cannot be read: " + std::strerror(errno)};
  return read_all(descriptor.number(), file, what);
}

void edit_file(const fs::path& file,
               const std::function<std::string(const std::string& bytes)>& edit) {
  const fs::path target = target_of(file);
  const fs::path folder = folder_of(target);
  const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!descriptor.is_open()) fail_for(file, "cannot be written, for want of its folder");
  // Where the file system has no locks, what follows is enough against losing anything.
  while (::flock(descriptor.number(), LOCK_EX) != 0 && errno == EINTR) continue;
  for (int i = 0; i < most_tries; ++i) {
    if (!edit_once(target, edit)) continue;
    ::fsync(descriptor.number());
    return;
  }
  throw CommandError{1, file.string() +
                            " is being changed by another program again and again; nothing was "
                            "changed here, try later"};
}

}  // namespace stakeout
