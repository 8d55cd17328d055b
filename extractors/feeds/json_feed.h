#pragma once

#include <string_view>

#include "extractors/feeds/addresses.h"
#include "extractors/feeds/warnings.h"
#include "extractors/values/feed.h"
#include "extractors/values/result.h"

namespace stakeout {

// True when the text begins like a JSON object.
[[nodiscard]] bool looks_like_json(std::string_view utf8);

// Reads a JSON Feed (https://jsonfeed.org/version/1.1), broken or not (json_text.h says what is
// repaired); fields of the wrong type count as missing, numbers as ids are read as their text. Its
// `updated` is the newest date_modified. Fails on JSON that is no feed and on what is no JSON.
[[nodiscard]] Result<Feed> read_json_feed(std::string_view utf8, const Base& base,
                                          Warnings& warnings);

}  // namespace stakeout
