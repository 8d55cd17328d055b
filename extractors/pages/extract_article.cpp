#include "extractors/pages/extract_article.h"

#include "extractors/pages/html_scan.h"
#include "extractors/pages/main_text.h"
#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"
#include "extractors/text/charset.h"

namespace stakeout {

Article extract_article(std::string_view bytes, const PageContext& context) {
  DecodedText decoded = decode_text(bytes, context.content_type, Markup::html);
  ScannedHtml scanned = scan_html(decoded.utf8);
  const PageTree tree{scanned.html};
  const PageOutline outline = outline_page(tree);
  Article article;
  article.url = context.url;
  article.warnings = std::move(decoded.warnings);
  article.warnings.insert(article.warnings.end(), scanned.warnings.begin(), scanned.warnings.end());
  KnownLines known;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == Tag::h1) known.titles.push_back(tree.visible_text(i));
  }
  article.text = article_text(tree, outline, find_container(tree, outline), known);
  return article;
}

}  // namespace stakeout
