#include "app/import/read_page.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include "app/crawl/parse.h"
#include "crawler/http_message.h"
#include "extractors/pages/quick_text.h"
#include "extractors/text/charset.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

constexpr int ok = 200;

// The address in the comment that browsers write into pages that they save.
std::string saved_from(std::string_view page) {
  constexpr std::string_view sign = "<!-- saved from url=(";
  constexpr std::size_t reach = 2'048;
  const std::string_view beginning = page.substr(0, reach);
  const std::size_t at = beginning.find(sign);
  if (at == std::string_view::npos) return {};
  const std::size_t open = beginning.find(')', at);
  const std::size_t end = beginning.find(" -->", at);
  if (open == std::string_view::npos || end == std::string_view::npos || end <= open) return {};
  return std::string{beginning.substr(open + 1, end - open - 1)};
}

Result<FetchResponse> response_of(RawPage& raw, std::size_t longest) {
  if (raw.is_message) return read_http_message(raw.bytes, raw.fetched_at, longest);
  FetchResponse response;
  response.status = ok;
  response.body = std::move(raw.bytes);
  response.fetched_at = raw.fetched_at;
  return response;
}

bool may_name_any(const FetchResponse& response, const AliasScan& scan) {
  const DecodedText text = decode_text(response.body, response.content_type, Markup::html);
  return scan.may_name_any(quick_text(text.utf8));
}

bool names_any(const Facts& facts) {
  return std::ranges::any_of(facts.mentions, &Mention::listed);
}

ReadPage read(RawPage raw, const ReadingRules& rules) {
  ReadPage out;
  auto response = response_of(raw, rules.longest);
  if (!response) {
    out.verdict = PageVerdict::unread;
    out.reason = response.error().message;
    return out;
  }
  if (refusal_of(*response) || other_type_of(*response)) return out;
  if (rules.scan != nullptr && !may_name_any(*response, *rules.scan)) {
    out.verdict = PageVerdict::unnamed;
    return out;
  }
  if (raw.url.empty()) raw.url = saved_from(response->body);
  if (raw.url.empty())
    raw.url = extract_article(response->body, {{}, response->content_type}).canonical_url;
  const auto url = parse_url(raw.url);
  if (!url || is_home_page(*url)) return out;
  out.page = extract_page(response->body, context_of(*response, *url), {}, rules.finder);
  if (out.page.article.text.empty()) return out;
  if (rules.scan != nullptr && !names_any(out.page.facts)) {
    out.verdict = PageVerdict::unnamed;
    return out;
  }
  out.verdict = PageVerdict::article;
  out.response = std::move(*response);
  return out;
}

}  // namespace

ReadPage read_page(RawPage raw, const ReadingRules& rules) {
  try {
    return read(std::move(raw), rules);
  } catch (const std::exception& error) {  // no memory, say: it costs this page, not the import
    return {.verdict = PageVerdict::unread, .reason = error.what()};
  }
}

}  // namespace stakeout
