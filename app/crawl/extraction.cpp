#include "app/crawl/extraction.h"

#include "extractors/facts/facts.h"

namespace stakeout {
namespace {

// The day of publication that relative dates are resolved against: "2024-09-27T13:05:00Z" or as
// much of a date as there is.
std::optional<PartialDate> day_of(const std::string& published) {
  const auto date = parse_partial_date(std::string_view{published}.substr(0, 10));
  return date ? std::optional{*date} : std::nullopt;
}

ExtractedPage with_facts(Article article, const EntryHint& hint, const MentionFinder& finder) {
  if (article.title.empty()) article.title = hint.title;
  if (article.published.empty() && hint.published) article.published = to_rfc3339(*hint.published);
  ExtractedPage page;
  {
    const Prose prose{article.text};
    page.facts = extract_facts(prose, {finder, day_of(article.published)});
    page.fingerprint =
        make_fingerprint({article.url, article.title, article.published, article.site, {}}, prose);
    page.blocks = cut_blocks(prose, page.fingerprint);
  }
  page.article = std::move(article);
  return page;
}

}  // namespace

ExtractedPage extract_page(std::string_view bytes, const PageContext& context,
                           const EntryHint& hint, const MentionFinder& finder) {
  return with_facts(extract_article(bytes, context), hint, finder);
}

ExtractedPage extract_entry(const std::string& url, const EntryHint& hint,
                            const MentionFinder& finder) {
  const std::string page =
      "<!DOCTYPE html><body><article>" + hint.content_html + "</article></body>";
  PageContext context{url, "text/html; charset=utf-8"};
  context.is_part = true;
  Article article = extract_article(page, context);
  // Of the entry itself its feed knows better than its words do.
  article.canonical_url.clear();
  article.title.clear();
  article.published.clear();
  article.modified.clear();
  return with_facts(std::move(article), hint, finder);
}

Facts extract_stored(const std::string& text, const std::string& published,
                     const MentionFinder& finder) {
  return extract_facts(text, {finder, day_of(published)});
}

}  // namespace stakeout
