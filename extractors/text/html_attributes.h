#pragma once

#include <map>
#include <string>
#include <string_view>

namespace stakeout {

// The attributes of one HTML tag by name in lower case; the values are as they are written,
// references and all, and point into the text. Of two with one name the first counts.
using HtmlAttributes = std::map<std::string, std::string_view, std::less<>>;

// Reads the attributes from `at`, behind the name of a tag, up to its ">" or the end of the text,
// as browsers do: with quotes of either kind or none, or without a value. Leaves `at` behind the
// tag.
[[nodiscard]] HtmlAttributes read_html_attributes(std::string_view html, std::size_t& at);

// A value, or an empty one when the attribute is not there.
[[nodiscard]] std::string_view attribute_in(const HtmlAttributes& attributes,
                                            std::string_view name);

}  // namespace stakeout
