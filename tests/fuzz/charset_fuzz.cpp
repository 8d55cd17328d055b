// Any bytes at all as a document of unknown encoding, with its first line as the Content-Type: the
// result is well-formed, and good UTF-8 comes out as it is.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/text/charset.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string_view content_type = input.substr(0, line);
  const std::string_view bytes = input.substr(std::min(line + 1, size));
  for (const auto kind : {stakeout::Markup::xml, stakeout::Markup::html, stakeout::Markup::json,
                          stakeout::Markup::text}) {
    const stakeout::DecodedText text = stakeout::decode_text(bytes, content_type, kind);
    assert(stakeout::is_valid_utf8(text.utf8) && !text.encoding.empty());
    assert(stakeout::is_valid_utf8(stakeout::decode_character_references(text.utf8)));
    assert(stakeout::is_valid_utf8(stakeout::plain_text_of_html(text.utf8)));
    for (const std::string& warning : text.warnings) assert(stakeout::is_valid_utf8(warning));
  }
  return 0;
}
