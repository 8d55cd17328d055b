#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// The three letters of ISO 639-3 for a BCP 47 tag: "eng" for "en-GB". Empty when it has none.
[[nodiscard]] std::string iso_639_3(std::string_view tag);

}  // namespace stakeout
