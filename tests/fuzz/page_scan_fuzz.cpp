// Any bytes at all as a page: where reading it finds a name of the watchlist by its letters, the
// glance that passes pages over has seen it, too.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extractors/facts/alias_scan.h"
#include "extractors/facts/mentions.h"
#include "extractors/pages/extract_article.h"
#include "extractors/pages/quick_text.h"
#include "extractors/text/charset.h"
#include "extractors/text/prose.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stakeout;
  static const MentionFinder finder{shipped_watchlist()};
  static const AliasScan scan{shipped_watchlist(), inline_mark};
  const std::string_view page{reinterpret_cast<const char*>(data), size};
  const Article article = extract_article(page, {"https://example.org/2024/09/27/a", {}});
  const auto mentions = finder.find(Prose{article.text});
  const bool is_named = std::ranges::any_of(mentions, [](const Mention& mention) {
    return mention.listed && !mention.reason.starts_with("misspelt");
  });
  const DecodedText text = decode_text(page, {}, Markup::html);
  if (is_named && !scan.may_name_any(quick_text(text.utf8))) std::abort();
  return 0;
}
