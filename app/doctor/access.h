#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace stakeout {

// What stat(2) says of a file; nullopt: nothing.
[[nodiscard]] std::optional<struct stat> look_at(const std::filesystem::path& file);

// The folder that a file is in.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& file);

// Whether the owner of `home`, in its group, may do to `file` what the bits for others say
// (S_IROTH, S_IWOTH, S_IXOTH), by mode alone. The service runs as the owner of the folder that the
// database is in, whoever runs the doctor.
[[nodiscard]] bool may(const struct stat& home, const struct stat& file, mode_t bits);

}  // namespace stakeout
