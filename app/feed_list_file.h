#pragma once

#include <filesystem>
#include <functional>

#include "app/feed_list.h"
#include "app/feed_list_text.h"

namespace stakeout {

// Reads a feed list from its file. What is wrong with its lines is logged as warnings, with file
// and line. Throws CommandError (1) when the file cannot be read.
[[nodiscard]] FeedList read_feed_list(const std::filesystem::path& file);

// Changes the file of a feed list as edit_file() does; `change` is called again, with the new text,
// when another program changed the file meanwhile. With `dry_run` nothing is written. Throws
// CommandError (1) when the file cannot be changed, and lets through what `change` throws.
void edit_feed_list(const std::filesystem::path& file, bool dry_run,
                    const std::function<void(FeedListText& text)>& change);

}  // namespace stakeout
