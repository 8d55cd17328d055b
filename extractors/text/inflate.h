#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// True when the bytes begin like a gzip member (RFC 1952).
[[nodiscard]] bool is_gzip(std::string_view bytes);

// Unpacks gzip members. Fails when they are damaged, end early, or unpack to more than `limit`
// bytes.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

}  // namespace stakeout
