#pragma once

#include <optional>
#include <string>
#include <string_view>

// Where documents say in which encoding they are written: the labels, as they stand there.

namespace stakeout {

// The value of "charset=" in a Content-Type, quoted or not; nullopt when there is none.
[[nodiscard]] std::optional<std::string> charset_of_content_type(std::string_view content_type);

// The encoding of an XML declaration near the start; "<? xml" and single quotes are understood.
[[nodiscard]] std::optional<std::string> charset_of_xml_declaration(std::string_view bytes);

// The encoding that <meta charset> or <meta http-equiv=content-type> declares within the first
// kilobytes; comments do not count (WHATWG HTML, 13.2.3.2, with a longer reach).
[[nodiscard]] std::optional<std::string> charset_of_meta(std::string_view bytes);

}  // namespace stakeout
