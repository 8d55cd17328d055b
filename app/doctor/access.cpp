#include "app/doctor/access.h"

namespace stakeout {

std::optional<struct stat> look_at(const std::filesystem::path& file) {
  struct stat entry {};
  if (::stat(file.c_str(), &entry) != 0) return std::nullopt;
  return entry;
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
}

bool may(const struct stat& home, const struct stat& file, mode_t bits) {
  if (home.st_uid == 0) return true;
  const unsigned shift = home.st_uid == file.st_uid ? 6 : home.st_gid == file.st_gid ? 3 : 0;
  return (file.st_mode & (bits << shift)) == bits << shift;
}

}  // namespace stakeout
