#pragma once

#include <cstdint>
#include <string>

namespace stakeout {

// "640 bytes", "12.3 MiB"
[[nodiscard]] std::string size_words(std::uintmax_t bytes);

}  // namespace stakeout
