#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extractors/text/charset.h"

namespace stakeout {

// What bytes are that are no page, by what files of their kind begin with
// (data/file_signatures.tsv): "a PDF, not a page". nullopt for all others.
[[nodiscard]] std::optional<std::string> known_file(std::string_view bytes);

// Whether a decoded document has so many control characters, or characters that could not be read,
// as no text has. Does not hold against a page: some stray zero bytes or bad characters, escapes of
// an encoding that nobody declared, text that was encoded twice. Linear.
[[nodiscard]] bool is_binary(const DecodedText& decoded);

}  // namespace stakeout
