#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace stakeout {

// What a file that a person edits may hold, in bytes.
inline constexpr std::size_t longest_edited_file = 256U << 20U;

// Reads a whole file of a bounded size; "-" is standard input. Throws CommandError (1) that names
// it and `what` it is.
[[nodiscard]] std::string read_bounded_file(const std::filesystem::path& file,
                                            std::string_view what);

// Changes a file that people and other programs change, too. `edit` is given its bytes (none when
// there is no file) and returns what they shall be; when they are the same nothing is written.
//
// The new bytes are there as a whole or not at all: they are written to a file beside it, synced
// and renamed. The mode stays, and the owner where the system lets us; a link is followed. Runs of
// this function take turns. When another program changes the file meanwhile, its bytes are kept and
// `edit` is called again with them.
//
// Throws CommandError (1) that names the file: it is no regular file, may not be written, or keeps
// changing.
void edit_file(const std::filesystem::path& file,
               const std::function<std::string(const std::string& bytes)>& edit);

}  // namespace stakeout
