#include "app/crawl/parse.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "app/crawl/page_archive.h"
#include "crawler/response_head.h"
#include "extractors/feeds/feed_links.h"
#include "extractors/feeds/parse_feed.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

constexpr int ok = 200;
constexpr int transformed = 203;  // on the way, say by a proxy; none the worse for us
constexpr int delta = 226;        // RFC 3229: a part of a feed
constexpr int not_modified = 304;

// What comes without saying what it is may be a page.
bool is_page_type(const std::string& content_type) {
  return content_type.empty() || content_type.find("html") != std::string::npos ||
         content_type.find("text/plain") != std::string::npos;
}

ParsedFeed parse_feed_body(const Fetched& fetched) {
  const FetchResponse& response = fetched.response;
  auto feed = parse_feed(response.body, {fetched.final_url.text(), response.content_type});
  if (feed) return {std::move(feed), {}};
  auto links = find_feed_links(response.body, fetched.final_url.text());
  return {std::move(feed), links.empty() ? std::string{} : std::move(links.front())};
}

std::variant<std::monostate, ParsedFeed, ExtractedPage, NoArticle> parse_page(
    const Url& asked, const Fetched& fetched, const EntryHint& hint, const MentionFinder& finder) {
  const FetchResponse& response = fetched.response;
  if (response.status == not_modified) return std::monostate{};
  if (auto none = refusal_of(response)) return std::move(*none);
  if (is_home_page(fetched.final_url) && !is_home_page(asked)) {
    return NoArticle{"leads to the home page of " + fetched.final_url.host(),
                     NoArticle::Next::leads_home};
  }
  if (auto none = other_type_of(response)) return std::move(*none);
  return extract_page(response.body, context_of(response, fetched.final_url), hint, finder);
}

}  // namespace

bool is_home_page(const Url& url) {
  constexpr std::size_t longest_language = 2;
  const std::string path = ascii_lower(url.path_and_query());
  const std::string_view name = std::string_view{path}.substr(1);
  const std::string_view word = name.substr(0, name.find_last_not_of('/') + 1);
  return (word.size() <= longest_language && !word.starts_with('?')) || word == "home" ||
         word == "homepage" || word == "index.html" || word == "index.php";
}

std::optional<NoArticle> refusal_of(const FetchResponse& response) {
  using enum NoArticle::Next;
  const std::string status = "HTTP status " + std::to_string(response.status);
  switch (response.status) {
    case ok:
    case transformed:
      return std::nullopt;
    case 404:
    case 410:
      return NoArticle{status, gone};
    case 401:
    case 402:
    case 403:
    case 451:
      return NoArticle{status, stand_in};
    default:
      return NoArticle{status, retry};
  }
}

std::optional<NoArticle> other_type_of(const FetchResponse& response) {
  if (is_page_type(response.content_type)) return std::nullopt;
  return NoArticle{response.content_type + " is no article page", NoArticle::Next::stand_in};
}

PageContext context_of(const FetchResponse& response, const Url& url) {
  return {url.text(), response.content_type, find_headers(response.head, "x-robots-tag"),
          response.fetched_at};
}

void EntryHints::put(std::int64_t article_id, EntryHint hint) {
  const std::lock_guard lock{mutex_};
  hints_.insert_or_assign(article_id, std::move(hint));
}

EntryHint EntryHints::take(std::int64_t article_id) {
  const std::lock_guard lock{mutex_};
  auto node = hints_.extract(article_id);
  return node.empty() ? EntryHint{} : std::move(node.mapped());
}

Finished parse_result(CrawlResult result, EntryHints& hints, const MentionFinder& finder,
                      bool keep_bodies) {
  Finished finished;
  const bool is_page = result.job.kind == JobKind::page;
  const EntryHint hint = is_page ? hints.take(result.job.id) : EntryHint{};
  if (auto* fetched = std::get_if<Fetched>(&result.outcome)) {
    const int status = fetched->response.status;
    try {
      if (is_page) {
        finished.parsed = parse_page(result.job.url, *fetched, hint, finder);
      } else if (status == ok || status == transformed || status == delta) {
        finished.parsed = parse_feed_body(*fetched);
      }
    } catch (const std::exception& error) {  // no memory, say: it costs this job, not the crawl
      if (is_page) {
        finished.parsed = NoArticle{error.what(), NoArticle::Next::retry};
      } else {
        finished.parsed = ParsedFeed{fail(error.what()), {}};
      }
    }
    const auto* const page = std::get_if<ExtractedPage>(&finished.parsed);
    if (!keep_bodies || page == nullptr || !is_for_archive(page->article, page->facts))
      fetched->response.body = {};
  }
  finished.result = std::move(result);
  return finished;
}

}  // namespace stakeout
