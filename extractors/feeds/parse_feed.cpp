#include "extractors/feeds/parse_feed.h"

#include <algorithm>
#include <utility>

#include <pugixml.hpp>

#include "extractors/feeds/addresses.h"
#include "extractors/feeds/bounds.h"
#include "extractors/feeds/feed_links.h"
#include "extractors/feeds/feed_root.h"
#include "extractors/feeds/json_feed.h"
#include "extractors/feeds/markup.h"
#include "extractors/feeds/sitemap.h"
#include "extractors/feeds/warnings.h"
#include "extractors/feeds/xml_feed.h"
#include "extractors/feeds/xml_source.h"
#include "extractors/text/ascii.h"
#include "extractors/text/charset.h"

namespace stakeout {
namespace {

// Says what came instead of a feed.
tl::unexpected<Error> not_a_feed(std::string_view text, const FeedContext& context) {
  if (ascii_trimmed(text).empty()) return fail("an empty document where a feed was expected");
  const bool is_html =
      find_ignoring_case(text.substr(0, 4'096), "<html") != std::string_view::npos ||
      find_ignoring_case(text.substr(0, 4'096), "<!doctype html") != std::string_view::npos;
  if (!is_html) return fail("no feed in this document");
  std::string message = "an HTML page where a feed was expected";
  const auto links = find_feed_links(text, context.url);
  if (!links.empty()) message += "; it points to the feed " + links.front();
  return fail(std::move(message));
}

// Addresses that are still relative are taken as relative to the feed's page, when it is known.
void resolve_against_page(Feed& feed) {
  const Base page = inner_base(feed.link, std::nullopt);
  const auto resolve = [&page](std::string& address) {
    std::string absolute = absolute_address(address, page);
    if (absolute.size() <= longest_address) address = std::move(absolute);
  };
  for (Entry& entry : feed.entries) {
    resolve(entry.link);
    for (Enclosure& enclosure : entry.enclosures) resolve(enclosure.url);
  }
}

// The text up to so many tags, which is more than most_entries have: their tree takes many times as
// much memory as the text of tiny ones.
std::string_view bounded_markup(std::string_view utf8, Warnings& warnings) {
  constexpr std::size_t most_tags = 500'000;
  std::size_t tags = 0;
  for (std::size_t at = 0; (at = utf8.find('<', at)) != std::string_view::npos; ++at) {
    if (++tags <= most_tags) continue;
    warnings.add_at(utf8, at, "only the first " + std::to_string(most_tags) + " tags are read");
    return utf8.substr(0, at);
  }
  return utf8;
}

Result<Feed> parse_xml_feed(std::string utf8, const FeedContext& context, const Base& base,
                            Warnings& warnings) {
  const std::string text = cleaned_xml(bounded_markup(utf8, warnings), warnings);
  utf8 = {};  // a long document is not to be held twice while it is read
  pugi::xml_document document;
  const XmlSource source = parse_xml(text, document, warnings);
  const pugi::xml_node root = find_feed_root(document);
  if (!root) return not_a_feed(text, context);
  if (root.parent() != document) source.warn(root, "the feed begins inside other markup", warnings);
  const XmlFeedContext xml{base, source, warnings};
  const std::string name = local_name(root.name());
  if (name == "sitemapindex") return fail(sitemap_index_advice(root, xml));
  Feed feed = name == "urlset" ? read_sitemap(root, xml) : read_xml_feed(root, xml);
  feed.cut_short = source.is_cut_short();
  return feed;
}

}  // namespace

Result<Feed> parse_feed(std::string_view bytes, const FeedContext& context) {
  DecodedText text = decode_text(bytes, context.content_type, Markup::xml);
  Warnings warnings;
  // Where the encoding begins to matter.
  const auto beyond_ascii =
      std::ranges::find_if(text.utf8, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const bool is_ascii = beyond_ascii == text.utf8.end();
  const auto place = is_ascii ? 0 : static_cast<std::size_t>(beyond_ascii - text.utf8.begin());
  for (const std::string& warning : text.warnings) warnings.add_at(text.utf8, place, warning);
  const auto url = parse_url(context.url);
  const bool is_base = url && url->text().size() <= longest_address;
  const Base base = is_base ? Base{*url} : std::nullopt;
  auto feed = looks_like_json(text.utf8)
                  ? read_json_feed(text.utf8, base, warnings)
                  : parse_xml_feed(std::move(text.utf8), context, base, warnings);
  if (!feed) return feed;
  bound_description(*feed, warnings);
  resolve_against_page(*feed);
  feed->warnings = warnings.take();
  return feed;
}

}  // namespace stakeout
