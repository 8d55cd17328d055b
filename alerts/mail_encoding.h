#pragma once

#include <string>
#include <string_view>

// How texts become parts of a mail. All take UTF-8, in which they replace what is not valid by
// U+FFFD, and none lets a control character through, so that no text can end a line or a header.

namespace stakeout {

// "Name: value", folded, with its CRLF. Text that is not plain ASCII becomes encoded words (RFC
// 2047). Lines have at most 76 octets.
[[nodiscard]] std::string text_header(std::string_view name, std::string_view value);

// A name in front of an address (RFC 5322: phrase), quoted or as encoded words, which may be
// folded. `column`: where on its line it begins.
[[nodiscard]] std::string phrase(std::string_view text, std::size_t column);

// A body as quoted-printable (RFC 2045, 6.7), with CRLF for each "\n".
[[nodiscard]] std::string quoted_printable(std::string_view text);

// The text with what is no UTF-8 replaced.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace stakeout
