// Any bytes at all as OPML: what is read is clean text of a bounded size.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/feeds/opml.h"
#include "extractors/text/unicode.h"

namespace {

void check_word(const std::string& text) {
  assert(stakeout::is_valid_utf8(text));
  assert(stakeout::without_control_characters(text) == text);
  assert(text.find_first_of("\n\t") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  (void)stakeout::looks_like_markup(bytes);
  const auto list = stakeout::parse_opml(bytes);
  if (!list) return 0;
  assert(list->warnings.size() <= 51);
  assert(list->outlines.size() <= 50'000);
  for (const stakeout::Outline& outline : list->outlines) {
    check_word(outline.url);
    check_word(outline.title);
    assert(!outline.url.empty() && outline.tags.size() <= 100);
    for (const std::string& tag : outline.tags) {
      check_word(tag);
      assert(!tag.empty() && !tag.starts_with('~') && !tag.starts_with('!'));
    }
  }
  return 0;
}
