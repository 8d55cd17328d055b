#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// Text from outside as words for a person: control characters (terminal escapes, line ends that
// would start a new line of a mail) and the characters that turn the direction of writing become
// blanks, and runs of blanks become one.
[[nodiscard]] std::string plain_words(std::string_view text);

// The same for HTML, with the signs that mean something there escaped.
[[nodiscard]] std::string html_words(std::string_view text);

}  // namespace stakeout
