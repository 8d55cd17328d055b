// Pages: whatever the bytes are, what comes out is clean. The first line of an input, up to the
// first line feed, is the Content-Type of the page.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "extractors/pages/extract_article.h"
#include "extractors/text/unicode.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/timestamp.h"
#include "extractors/values/url.h"

namespace {

using namespace stakeout;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_clean(std::string_view text) {
  return is_valid_utf8(text) && without_control_characters(text) == text;
}

bool is_one_line(std::string_view text) {
  return is_clean(text) && collapse_white_space(text) == text;
}

bool is_date(const std::string& date) {
  return date.empty() || parse_rfc3339(date).has_value() || parse_partial_date(date).has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = input.find('\n');
  const bool has_type = line != std::string_view::npos && line < 100;
  const PageContext context{"https://example.org/2024/09/27/a",
                            has_type ? std::string{input.substr(0, line)} : std::string{}};
  const Article article = extract_article(has_type ? input.substr(line + 1) : input, context);

  require(is_clean(article.text));
  require(article.text.find("\n\n\n") == std::string::npos);
  require(article.text.empty() || (article.text.front() > ' ' && article.text.back() > ' ') ||
          static_cast<unsigned char>(article.text.front()) >= 0x80 ||
          static_cast<unsigned char>(article.text.back()) >= 0x80);
  for (const std::string& field : {article.title, article.byline, article.site}) {
    require(is_one_line(field));
  }
  require((article.state == PageState::fine) == article.state_reason.empty());
  const bool has_beginning =
      article.state == PageState::stub || article.state == PageState::paywall;
  require(article.text.empty() || has_beginning || article.state == PageState::fine);
  require(is_date(article.published));
  require(is_date(article.modified));
  require(article.canonical_url.empty() || parse_url(article.canonical_url).has_value());
  return 0;
}
