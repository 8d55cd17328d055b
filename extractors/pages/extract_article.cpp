#include "extractors/pages/extract_article.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "extractors/pages/byline.h"
#include "extractors/pages/html_scan.h"
#include "extractors/pages/json_ld.h"
#include "extractors/pages/main_text.h"
#include "extractors/pages/no_text.h"
#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_dates.h"
#include "extractors/pages/page_facts.h"
#include "extractors/pages/page_state.h"
#include "extractors/pages/page_statements.h"
#include "extractors/pages/page_tree.h"
#include "extractors/pages/stated_text.h"
#include "extractors/pages/title.h"
#include "extractors/text/charset.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// Who is no person: the site, its publisher, and the authors that are organisations.
std::vector<std::string> houses(const PageFacts& page) {
  std::vector<std::string> names{page.site, page.data.publisher};
  for (const NamedAuthor& author : page.data.authors) {
    if (author.is_organization) names.push_back(author.name);
  }
  return names;
}

// What the page says of its article to others.
std::vector<std::string> summaries(const PageStatements& stated) {
  std::vector<std::string> lines;
  for (const std::string_view name : {"description", "og:description", "twitter:description"}) {
    for (const std::string& line : stated.all(name)) lines.push_back(line);
  }
  return lines;
}

// Holds what the page says to lengths that make sense; the byline has them by itself.
void bound(Article& article) {
  constexpr std::size_t longest_address = 4'096;  // bytes; browsers and servers take about as much
  constexpr std::size_t longest_language = 100;
  article.title = shortened(article.title, longest_title);
  article.site = shortened(article.site, longest_title);
  if (article.canonical_url.size() > longest_address) article.canonical_url = {};
  if (article.language.size() > longest_language) article.language = {};
  if (article.text.size() <= longest_article) return;
  article.text = std::string{first_bytes(article.text, longest_article)};
  article.warnings.push_back("the text is too long: cut to " + std::to_string(longest_article) +
                             " bytes");
}

// What stands on a wall or an error page is not its article's.
void set_state(Article& article, PageJudgement judgement) {
  if (judgement.state == PageState::fine) return;
  article.state = judgement.state;
  article.warnings.push_back(judgement.reason);
  article.state_reason = std::move(judgement.reason);
  if (has_no_article(article.state)) article.text.clear();
}

}  // namespace

Article extract_article(std::string_view bytes, const PageContext& context) {
  std::optional<std::string> other_file = known_file(bytes);
  DecodedText decoded;
  if (!other_file) decoded = decode_text(bytes, context.content_type, Markup::html);
  if (is_binary(decoded)) {
    other_file = "binary data, not a page";
    decoded = {};
  }
  const ScannedHtml scanned = scan_html(decoded.utf8);
  const PageTree tree{scanned};
  const PageStatements stated{tree};
  const std::string canonical = find_canonical_url(tree, stated, context.url);
  const std::string& address = canonical.empty() ? context.url : canonical;
  const StructuredData data = read_json_ld(scanned.json_ld, address);
  const MainPart main_part = find_main_part(tree, context.url.empty() ? address : context.url);

  Article article;
  article.url = context.url;
  article.warnings = std::move(decoded.warnings);
  article.warnings.insert(article.warnings.end(), scanned.warnings.begin(), scanned.warnings.end());
  article.site = find_site(stated, data);
  article.canonical_url = canonical;
  article.robots = find_robots(stated, context.robots_tags);

  PageFacts page{tree,    main_part.outline, stated,          data,           main_part.container,
                 address, article.site,      context.fetched, scanned.scripts};
  page.title = article.title = find_title(page);
  page.around = find_surroundings(page);
  const std::vector<std::string> authors = find_authors(page);
  article.byline = joined(authors);
  PageDates dates = find_dates(page);
  article.published = std::move(dates.published);
  article.modified = std::move(dates.modified);
  article.text = article_text(tree, main_part.outline, page.container,
                              {title_lines(page), authors, houses(page), summaries(stated)});
  if (data.body.size() > article.text.size()) {
    std::string stated_text = paragraphs_of(data.body);
    if (is_whole_of(stated_text, article.text, article.title))
      article.text = std::move(stated_text);
  }
  if (other_file) {
    set_state(article, {PageState::no_page, std::move(*other_file)});
  } else if (!context.is_part) {
    set_state(article, judge_page(page, article.title, article.text));
  }
  article.language = find_language(tree, stated, data, article.text);
  bound(article);
  return article;
}

}  // namespace stakeout
