// What pages state of their articles: an input is a page's head and what stands above its article,
// put about an article of our own, so that JSON-LD, <meta>, microdata, <time> and bylines are
// reached at once. The first line of it, up to the first line feed, is one more JSON-LD script.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "extractors/pages/extract_article.h"
#include "extractors/pages/json_ld.h"
#include "extractors/pages/json_mending.h"
#include "extractors/text/unicode.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/timestamp.h"
#include "extractors/values/url.h"

namespace {

using namespace stakeout;

constexpr Timestamp fetched{1'735'689'600};  // 2025-01-01

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_one_line(std::string_view text) {
  return is_valid_utf8(text) && without_control_characters(text) == text &&
         collapse_white_space(text) == text;
}

// In UTC, and not after the day after the fetch.
bool is_date(const std::string& date) {
  if (date.empty()) return true;
  const bool is_written_well =
      parse_rfc3339(date).has_value() ? date.ends_with('Z') : parse_partial_date(date).has_value();
  return is_written_well && date.substr(0, 10) <= "2025-01-02" && date.substr(0, 4) >= "1990";
}

void check_json(std::string_view script) {
  const std::string text = to_valid_utf8(script);
  const std::string mended = mended_json(text);
  require(mended.starts_with('[') && mended.ends_with(']'));
  require(is_valid_utf8(mended));
  require(!is_too_deep(mended.substr(1, mended.size() - 2)));
  // Each character gives two at most, and a comma or a bracket.
  require(mended.size() <= 6 * text.size() + 2);
  const StructuredData data = read_json_ld({text}, "https://example.org/a");
  for (const std::string& field : {data.headline, data.published, data.publisher}) {
    require(is_valid_utf8(field));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), input.size());
  check_json(input.substr(0, line));

  const std::string page =
      "<html><head><title>Agency buys scanners</title><script type=application/ld+json>" +
      std::string{input.substr(0, line)} + "</script>" + std::string{input.substr(line)} +
      "<article><p>The agency signed a contract with the vendor on Monday, according to two "
      "people who have read it.</p></article>";
  PageContext context{"https://example.org/2024/09/27/a", "text/html; charset=utf-8"};
  context.fetched = fetched;
  const Article article = extract_article(page, context);

  for (const std::string& field : {article.title, article.byline, article.site}) {
    require(is_one_line(field));
  }
  require(!article.byline.starts_with(',') && !article.byline.ends_with(','));
  require(is_date(article.published));
  require(is_date(article.modified));
  require(article.canonical_url.empty() || parse_url(article.canonical_url).has_value());

  const Article again = extract_article(page, context);
  require(again.title == article.title && again.byline == article.byline &&
          again.published == article.published && again.modified == article.modified);
  return 0;
}
