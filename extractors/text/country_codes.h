#pragma once

#include <string_view>

namespace stakeout {

// Whether two lower-case letters are a country of ISO 3166-1, or what is used in the place of one:
// "eu", "un", "int" (bodies of many countries), "xk" (Kosovo).
[[nodiscard]] bool is_known_country(std::string_view code);

}  // namespace stakeout
