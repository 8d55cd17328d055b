#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stakeout {

// The JSON of a script as its author meant it: all of its values as one JSON array.
//
// Pages write JSON by hand, and break it in these ways, which are mended: text around the values
// (HTML comments, CDATA, semicolons), comments, several values one after the other, the whole of it
// with its quotes written as "&quot;", control characters and line breaks in strings, escapes that
// JSON does not have, halves of surrogate pairs, quotes in strings that are not escaped, commas
// missing between lines or too many, brackets left open or closed twice. Lists and objects that lie
// more than 64 deep become null, and what follows the first 2 MiB is left out, so that neither time
// nor memory grow with more than the length. What is none of this is still no JSON afterwards.
inline constexpr std::size_t longest_json = std::size_t{2} << 20U;
inline constexpr std::size_t deepest_json = 64;
[[nodiscard]] std::string mended_json(std::string_view script);

// Whether lists and objects lie deeper than `deepest_json` in what looks like JSON.
[[nodiscard]] bool is_too_deep(std::string_view script);

}  // namespace stakeout
