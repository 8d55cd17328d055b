#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// What a document is made of: where its own declaration of the encoding stands.
enum class Markup : std::uint8_t { xml, html, json, text };

// A document in UTF-8, without byte order mark.
struct DecodedText {
  std::string utf8;      // always well-formed
  std::string encoding;  // what it was read as: "UTF-8", "windows-1251"
  std::vector<std::string> warnings;
};

// Reads bytes of an unknown encoding. `content_type` is the Content-Type header of the response, or
// empty. In this order the first that says something is believed, unless the bytes contradict it:
//
//   byte order mark; zero bytes as UTF-16 and UTF-32 markup has them; `charset` of `content_type`;
//   the document's own declaration (XML declaration, <meta>); UTF-8.
//
// Labels mean what the WHATWG Encoding Standard says. Contradicted: text that is good UTF-8 is
// UTF-8 whatever is declared; text that clearly is not UTF-8 is not read so. Where nothing is left
// to believe, HTML, text, and whatever is not in the Latin alphabet are read as uchardet guesses,
// anything else as windows-1252. A few bad bytes in a document do not change how the rest is read:
// each becomes U+FFFD.
[[nodiscard]] DecodedText decode_text(std::string_view bytes, std::string_view content_type,
                                      Markup kind);

// U+0080 to U+009F are control characters that nobody means: they come from windows-1252 taken for
// Latin-1. The character meant; any other, and the five bytes that windows-1252 leaves out, as they
// are.
[[nodiscard]] char32_t c1_as_windows_1252(char32_t c);

}  // namespace stakeout
