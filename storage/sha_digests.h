#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// Digests of bytes in lower-case hexadecimal (FIPS 180-4).
[[nodiscard]] std::string sha1_hex(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace stakeout
