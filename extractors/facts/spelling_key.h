#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// Equal for the spellings of one name: case, accents, punctuation, hyphens, a leading article and a
// legal suffix do not count ("The Acme-Optics, Inc." and "ACME Optics"). For comparison, never for
// display; of a name without a word it is empty.
[[nodiscard]] std::string spelling_key(std::string_view name);

// A name without the legal suffix at its end: "Acme Optics" for "Acme Optics, Inc.". All of it
// where there is none, or nothing else.
[[nodiscard]] std::string without_legal_suffix(std::string_view name);

}  // namespace stakeout
